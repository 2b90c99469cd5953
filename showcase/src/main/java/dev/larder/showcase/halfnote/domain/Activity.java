package dev.larder.showcase.halfnote.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of a feed.
 *
 * @param id the activity's number
 * @param type what was done
 * @param actor who did it
 * @param target to whom: the author of the liked or commented review, the followed user; null for a
 *     new review and for what people do to their own reviews
 * @param review the review written, liked or commented; null for a follow
 * @param comment the comment's text; null for all but comments
 * @param createdAt when
 */
public record Activity(
    long id,
    Type type,
    Person actor,
    @Nullable Person target,
    @Nullable Review review,
    @Nullable String comment,
    Instant createdAt) {

  /** What can be done. */
  public enum Type {
    REVIEW,
    LIKE,
    COMMENT,
    FOLLOW
  }
}
