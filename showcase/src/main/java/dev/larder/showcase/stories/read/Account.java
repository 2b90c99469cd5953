package dev.larder.showcase.stories.read;

/**
 * A user, by his number.
 *
 * @param id number
 * @param username unique, in lower case
 */
public record Account(long id, String username) {}
