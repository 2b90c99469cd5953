package dev.larder.showcase.halfnote.domain;

import java.util.List;

/**
 * What Halfnote's users think of an album.
 *
 * @param albumId the album's number
 * @param total how many reviews
 * @param average mean rating, 0 when there is no review
 * @param histogram ten counts, of rating 1 to rating 10
 * @param newest the newest {@value #NEWEST} reviews at most
 */
public record AlbumReviews(
    long albumId, long total, double average, List<Long> histogram, List<Review> newest) {
  /** The most reviews shown. */
  public static final int NEWEST = 20;

  public AlbumReviews {
    histogram = List.copyOf(histogram);
    newest = List.copyOf(newest);
  }
}
