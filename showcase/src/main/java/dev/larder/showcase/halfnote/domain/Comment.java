package dev.larder.showcase.halfnote.domain;

import java.time.Instant;

/**
 * A remark under a review.
 *
 * @param id the comment's number
 * @param author who wrote it
 * @param text 1 to 500 characters
 * @param createdAt when
 */
public record Comment(long id, Person author, String text, Instant createdAt) {}
