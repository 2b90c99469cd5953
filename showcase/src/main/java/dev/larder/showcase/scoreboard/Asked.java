package dev.larder.showcase.scoreboard;

import java.util.Map;
import java.util.function.IntFunction;

/**
 * A kind of requests.
 *
 * @param word for programs
 * @param title for people, at most 16 characters
 * @param size how many different ones there are, at least 1; under load the first are asked for most
 * @param at one of them, 0 to {@code size} - 1; no two read the same entry
 * @param weight how often it is asked for under load, beside the others; 0 for never
 * @param goal least share of the time saved at the median when warm; 0 for none
 */
public record Asked(
    String word, String title, int size, IntFunction<Request> at, int weight, double goal) {

  /**
   * A request to be sent by GET.
   *
   * @param path below the context path, with query
   * @param headers such as a cookie
   */
  public record Request(String path, Map<String, String> headers) {
    /** One without headers. */
    public static Request of(String path) {
      return new Request(path, Map.of());
    }
  }
}
