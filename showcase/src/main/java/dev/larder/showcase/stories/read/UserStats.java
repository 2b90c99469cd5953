package dev.larder.showcase.stories.read;

/**
 * What a user has come to.
 *
 * @param storyCount published stories
 * @param followerCount followers
 * @param totalViews views of the published stories together
 */
public record UserStats(long storyCount, long followerCount, long totalViews) {}
