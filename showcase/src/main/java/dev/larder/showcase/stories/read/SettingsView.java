package dev.larder.showcase.stories.read;

/**
 * What a user alone sees of himself.
 *
 * @param notifyComments whether comments make notifications
 * @param notifyFollows whether new followers make notifications
 * @param trendingLimit how many trending stories the front page shows
 */
public record SettingsView(boolean notifyComments, boolean notifyFollows, int trendingLimit) {}
