package dev.larder;

import org.jspecify.annotations.Nullable;

/**
 * Hears of every answered lookup, on the thread that asked (for asynchronous calls, on the one that
 * completed them), and of how long looking below L1 and loading took. Must be quick and must not throw.
 *
 * <p>A hit in L1 has no time of its own: it would cost more to take than the hit does.
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

  /**
   * A look below L1 has just ended: it asked the tiers, and may have waited for another's load. Loads of
   * its own are not in it.
   *
   * @param cache name of the cache
   * @param keys how many keys it was for
   * @param nanos how long it took
   */
  default void onLookBelow(String cache, int keys, long nanos) {}

  /**
   * A load has just ended, on the thread that it was called on or ended on.
   *
   * @param cache name of the cache
   * @param keys how many keys it was for
   * @param nanos how long it took, with whatever its loader asked of other caches
   * @param isLoaded whether it succeeded
   */
  default void onLoad(String cache, int keys, long nanos, boolean isLoaded) {}

  /**
   * A load is about to be given to another thread while this one waits for it: one with a time-out. A
   * listener that keeps an account by thread takes it along.
   *
   * @return the task, or one that runs it
   */
  default Runnable carrying(Runnable task) {
    return task;
  }
}
