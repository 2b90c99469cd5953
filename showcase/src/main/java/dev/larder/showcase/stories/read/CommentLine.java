package dev.larder.showcase.stories.read;

import java.time.Instant;

/**
 * A comment.
 *
 * @param id number
 * @param userId whose
 * @param userName the user's name
 * @param text the words
 * @param createdAt when
 */
public record CommentLine(long id, long userId, String userName, String text, Instant createdAt) {}
