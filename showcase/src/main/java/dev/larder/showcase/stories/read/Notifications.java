package dev.larder.showcase.stories.read;

import java.util.List;

/**
 * The notifications of one user.
 *
 * @param unread how many he has not seen
 * @param newest the newest 30, the newest first
 */
public record Notifications(long unread, List<NotificationLine> newest) {}
