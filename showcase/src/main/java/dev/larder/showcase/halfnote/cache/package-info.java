/**
 * Halfnote's caches: small classes over {@link dev.larder.Cache}, one for each subject.
 *
 * <p>{@link dev.larder.showcase.halfnote.cache.CachedReads} answers what the source answers, out of
 * the caches. Each cache says by tags what an entry depends on ({@link
 * dev.larder.showcase.halfnote.cache.Tags}); {@link
 * dev.larder.showcase.halfnote.cache.InvalidationMatrix} says which tags an action ends. Neither
 * knows the other's classes: a new page needs tags, a new action needs a row.
 */
@NullMarked
package dev.larder.showcase.halfnote.cache;

import org.jspecify.annotations.NullMarked;
