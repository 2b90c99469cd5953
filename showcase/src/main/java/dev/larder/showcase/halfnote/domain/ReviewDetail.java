package dev.larder.showcase.halfnote.domain;

import java.util.List;

/**
 * A review with its newest comments, the same for every reader: whether a reader liked it is asked
 * apart.
 *
 * @param review the review
 * @param comments the newest {@value #MOST_COMMENTS} at most, oldest of them first
 */
public record ReviewDetail(Review review, List<Comment> comments) {
  /** The most comments shown. */
  public static final int MOST_COMMENTS = 50;

  public ReviewDetail {
    comments = List.copyOf(comments);
  }
}
