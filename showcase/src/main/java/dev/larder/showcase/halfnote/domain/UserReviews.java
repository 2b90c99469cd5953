package dev.larder.showcase.halfnote.domain;

import java.util.List;

/**
 * The newest reviews of one user, pinned ones first.
 *
 * @param author the user's number
 * @param reviews at most {@value #MOST}
 */
public record UserReviews(long author, List<Review> reviews) {
  /** The most reviews shown. */
  public static final int MOST = 30;

  public UserReviews {
    reviews = List.copyOf(reviews);
  }
}
