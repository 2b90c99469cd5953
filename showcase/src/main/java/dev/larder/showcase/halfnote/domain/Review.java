package dev.larder.showcase.halfnote.domain;

import java.time.Instant;

/**
 * One user's opinion of one album. Likes and comments are counted apart, see {@link Counts}: they
 * change far more often than the review.
 *
 * @param id the review's number
 * @param author who wrote it
 * @param album what it is about
 * @param rating 1 to 10
 * @param text 1 to 2,000 characters
 * @param pinned whether the author shows it first on the profile
 * @param createdAt when it was written
 * @param edited whether rating or text were changed since
 */
public record Review(
    long id,
    Person author,
    Album album,
    int rating,
    String text,
    boolean pinned,
    Instant createdAt,
    boolean edited) {}
