package dev.larder.showcase.halfnote.domain;

/**
 * A user as shown beside what they did: in a feed, under a review, in a list of followers.
 *
 * @param id the user's number
 * @param username lower-case letters and digits, unique, never changed
 * @param displayName free text of 1 to 60 characters
 * @param avatar {@code shape-hue}, for example {@code ring-210}; see {@link Avatar}
 */
public record Person(long id, String username, String displayName, String avatar) {}
