/**
 * Reading Halfnote's tables, in two forms that answer the same.
 *
 * <p>{@link dev.larder.showcase.halfnote.source.NaiveReads} is what an object mapper with lazy
 * loading does: one statement for the list, then a few for every line of it. {@link
 * dev.larder.showcase.halfnote.source.OptimisedReads} is what a careful hand writes: 1 to 5
 * statements whatever the length. A cache comes after the second, never instead of it. Both are
 * {@link dev.larder.showcase.halfnote.source.Reads}.
 */
@NullMarked
package dev.larder.showcase.halfnote.source;

import org.jspecify.annotations.NullMarked;
