package dev.larder.showcase.halfnote.web;

import dev.larder.showcase.halfnote.domain.Counts;
import dev.larder.showcase.halfnote.domain.Review;
import dev.larder.showcase.halfnote.source.Reads;
import java.util.List;
import java.util.Map;

/**
 * A review in a list, with its counts as they are now.
 *
 * @param review the review
 * @param counts likes and comments
 */
public record ReviewLine(Review review, Counts counts) {

  /** Reads the counts of some reviews, all together. */
  public static List<ReviewLine> of(Reads reads, List<Review> reviews) {
    Map<Long, Counts> counts = reads.counts(reviews.stream().map(Review::id).toList());
    return reviews.stream()
        .map(review -> new ReviewLine(review, counts.getOrDefault(review.id(), Counts.NONE)))
        .toList();
  }
}
