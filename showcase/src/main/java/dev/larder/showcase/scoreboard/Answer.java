package dev.larder.showcase.scoreboard;

import java.net.http.HttpHeaders;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One answer and what it cost.
 *
 * @param status of HTTP
 * @param body JSON text
 * @param millis sent to received whole
 * @param statements SQL statements, counted at the driver by the showcase
 * @param cache which caches answered, as in {@code feed=L1; review-counts=L1 x18, load x2}; empty
 *     for none
 * @param headers all of them
 */
public record Answer(
    int status, String body, double millis, int statements, String cache, HttpHeaders headers) {
  private static final Pattern SOME =
      Pattern.compile("([A-Za-z0-9]+)(?: \\(stale\\))?(?: x(\\d+))?");

  /** The body. */
  public JsonNode json() {
    return JsonMapper.shared().readTree(body);
  }

  /** Whether a cache had to load, or none was asked. */
  boolean isCold() {
    return cache.isEmpty() || misses() > 0;
  }

  /** How many keys were answered by a tier. */
  int hits() {
    return count(false);
  }

  /** How many keys had to be loaded. */
  int misses() {
    return count(true);
  }

  private int count(boolean loads) {
    return Arrays.stream(cache.split(";"))
        .filter(it -> it.indexOf('=') > 0)
        .flatMap(it -> Arrays.stream(it.substring(it.indexOf('=') + 1).split(",")))
        .mapToInt(it -> {
          Matcher some = SOME.matcher(it.strip());
          if (!some.matches() || some.group(1).equals("load") != loads) {
            return 0;
          }
          return some.group(2) == null ? 1 : Integer.parseInt(some.group(2));
        })
        .sum();
  }
}
