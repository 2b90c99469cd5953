package dev.larder.showcase.stories.read;

import java.util.List;

/**
 * A published story.
 *
 * @param line as in a list
 * @param body the text
 * @param tags names of its tags, in their order
 */
public record StoryText(StoryLine line, String body, List<String> tags) {}
