package dev.larder.showcase.halfnote.domain;

import java.util.List;

/**
 * One side of a user's follows: those who are followed, or the followers.
 *
 * @param total how many there are
 * @param newest the newest {@value #NEWEST} at most
 */
public record People(long total, List<Person> newest) {
  /** The most people shown. */
  public static final int NEWEST = 50;

  public People {
    newest = List.copyOf(newest);
  }
}
