package dev.larder.showcase.halfnote.domain;

/**
 * How many people liked a review and how many comments it has.
 *
 * @param likes 0 or more
 * @param comments 0 or more
 */
public record Counts(long likes, long comments) {
  /** Nothing yet. */
  public static final Counts NONE = new Counts(0, 0);
}
