/** Immutable views of what caches and tiers have done. Read {@link dev.larder.stats.CacheStats}. */
@NullMarked
package dev.larder.stats;

import org.jspecify.annotations.NullMarked;
