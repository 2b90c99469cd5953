package dev.larder;

import org.jspecify.annotations.Nullable;

/**
 * Hears of every answered lookup, on the thread that asked (for asynchronous calls, on the one that
 * completed them). Must be quick and must not throw.
 */
@FunctionalInterface
public interface LookupListener {

  /**
   * A lookup was answered.
   *
   * @param cache name of the cache
   * @param key the key asked for
   * @param tier the tier that answered, or null when the value was loaded
   * @param isStale whether a stale value was served
   */
  void onLookup(String cache, Object key, @Nullable CacheTier tier, boolean isStale);
}
