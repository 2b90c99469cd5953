package dev.larder.showcase.stories.read;

/**
 * A tag.
 *
 * @param id number
 * @param name a plain word
 */
public record TagName(int id, String name) {}
