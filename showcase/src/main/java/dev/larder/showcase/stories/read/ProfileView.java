package dev.larder.showcase.stories.read;

import java.time.Instant;

/**
 * What everybody may know of a user.
 *
 * @param userId number
 * @param username unique name
 * @param displayName the name that is shown
 * @param bio a line or two, or empty
 * @param location or empty
 * @param joinedAt since when
 */
public record ProfileView(
    long userId,
    String username,
    String displayName,
    String bio,
    String location,
    Instant joinedAt) {}
