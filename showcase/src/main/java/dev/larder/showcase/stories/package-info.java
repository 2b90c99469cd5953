/**
 * Stories: a site of authors and readers whose database queries are cached by annotations.
 *
 * <p>Read {@link dev.larder.showcase.stories.cache} first: the queries with their times and tags, and the
 * one class that says what each write ends. {@link dev.larder.showcase.stories.entity} has what a save
 * ends by itself; {@link dev.larder.showcase.stories.write} writes; pages and endpoints are plain.
 */
@NullMarked
package dev.larder.showcase.stories;

import org.jspecify.annotations.NullMarked;
