package dev.larder.boottests.query;

/** A line of a list of stories. */
record StoryLine(Long id, String title) {}
