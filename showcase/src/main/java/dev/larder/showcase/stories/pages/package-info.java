/** The pages of Stories: they read what the endpoints read, through the same queries. */
@NullMarked
package dev.larder.showcase.stories.pages;

import org.jspecify.annotations.NullMarked;
