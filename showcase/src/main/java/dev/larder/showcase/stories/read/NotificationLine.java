package dev.larder.showcase.stories.read;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A notification.
 *
 * @param id number
 * @param actorId who did it
 * @param actorName that user's name
 * @param storyId the story that was commented on; null if somebody followed
 * @param storyTitle its title; null if somebody followed
 * @param isRead whether it has been seen
 * @param createdAt when
 */
public record NotificationLine(
    long id,
    long actorId,
    String actorName,
    @Nullable Long storyId,
    @Nullable String storyTitle,
    boolean isRead,
    Instant createdAt) {}
