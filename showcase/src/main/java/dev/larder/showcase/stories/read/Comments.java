package dev.larder.showcase.stories.read;

import java.util.List;

/**
 * The comments of a story.
 *
 * @param total how many there are
 * @param newest the newest 50, the newest first
 */
public record Comments(long total, List<CommentLine> newest) {}
