package dev.larder.showcase.stories.read;

import java.util.List;

/**
 * A story as its author edits it.
 *
 * @param id number
 * @param title title
 * @param body the text
 * @param tags numbers of its tags
 * @param isPublished whether everybody reads it
 */
public record Draft(long id, String title, String body, List<Integer> tags, boolean isPublished) {}
