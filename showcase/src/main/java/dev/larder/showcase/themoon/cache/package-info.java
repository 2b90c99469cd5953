/**
 * All caching of TheMoon: each cache with its strategy, key, ttl and tags, and in {@link
 * dev.larder.showcase.themoon.cache.Endings} which write ends what.
 */
@NullMarked
package dev.larder.showcase.themoon.cache;

import org.jspecify.annotations.NullMarked;
