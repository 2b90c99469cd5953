package dev.larder.showcase.halfnote.domain;

import java.time.Instant;
import java.util.List;

/**
 * A user's page as everybody sees it.
 *
 * @param person id, names and avatar
 * @param bio free text, at most 500 characters, may be empty
 * @param location free text, at most 80 characters, may be empty
 * @param genres favourites, at most {@value Genres#MOST_FAVOURITES}
 * @param joinedAt when the user came
 * @param totals how much there is of the user
 */
public record Profile(
    Person person,
    String bio,
    String location,
    List<String> genres,
    Instant joinedAt,
    Totals totals) {

  public Profile {
    genres = List.copyOf(genres);
  }

  /**
   * How much there is of a user. Private lists are not counted: the figure is the same for all.
   *
   * @param reviews reviews written
   * @param lists public lists
   * @param followers people who follow the user
   * @param following people the user follows
   */
  public record Totals(long reviews, long lists, long followers, long following) {}
}
