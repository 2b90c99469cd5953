package dev.larder.stats;

import java.time.Duration;
import java.util.List;

/**
 * What one cache has done in this process since it was made.
 *
 * @param cache name
 * @param l1Hits lookups that L1 answered, stale ones included
 * @param l2Hits lookups that L2 answered
 * @param databaseHits lookups that the database tier answered
 * @param staleHits those of the hits that were past their ttl
 * @param misses lookups that no tier answered; each waiter on one load counts one
 * @param waits lookups that waited for another's load
 * @param loads loads that succeeded
 * @param loadFailures loads that failed
 * @param loadNanos time that loads took together, nanoseconds
 * @param fills entries stored below L1
 * @param fillsRefused values that were loaded but not stored, because something covering them was
 *     invalidated meanwhile
 * @param unreadable stored bytes that were not an entry of the key: foreign, damaged, of an older shape
 * @param tooLarge values not stored because they exceed the limit
 * @param invalidations invalidations asked for through this cache
 * @param passes lookups of keys that were switched off; neither hits nor misses
 * @param l1Size entries in L1, an estimate
 * @param l1Evictions entries that L1 dropped for size or age
 * @param topKeys the keys asked for most, by a bounded sample
 */
public record CacheStats(
    String cache,
    long l1Hits,
    long l2Hits,
    long databaseHits,
    long staleHits,
    long misses,
    long waits,
    long loads,
    long loadFailures,
    long loadNanos,
    long fills,
    long fillsRefused,
    long unreadable,
    long tooLarge,
    long invalidations,
    long passes,
    long l1Size,
    long l1Evictions,
    List<HotKey> topKeys) {

  /** Lookups answered by a tier. */
  public long hits() {
    return l1Hits + l2Hits + databaseHits;
  }

  /** Lookups. */
  public long requests() {
    return hits() + misses;
  }

  /** Share of lookups that a tier answered, 0 to 1; 0 when there were none. */
  public double hitRate() {
    long requests = requests();
    return requests == 0 ? 0 : (double) hits() / requests;
  }

  /** Mean time of a successful or failed load. */
  public Duration meanLoadTime() {
    long count = loads + loadFailures;
    return count == 0 ? Duration.ZERO : Duration.ofNanos(loadNanos / count);
  }

  /**
   * A key that is asked for often.
   *
   * @param key the slot key
   * @param requests estimated lookups
   */
  public record HotKey(String key, long requests) {}
}
