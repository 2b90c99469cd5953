package dev.larder.showcase.stories;

import dev.larder.showcase.host.ShowcaseSystem;

/** A site of stories: authors publish, readers comment and follow, and its dear queries are cached. */
@ShowcaseSystem(name = "stories")
public class StoriesApplication {}
