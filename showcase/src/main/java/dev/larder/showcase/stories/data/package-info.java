/** The invented authors, stories and readers, loaded once at the scale asked for. */
@NullMarked
package dev.larder.showcase.stories.data;

import org.jspecify.annotations.NullMarked;
