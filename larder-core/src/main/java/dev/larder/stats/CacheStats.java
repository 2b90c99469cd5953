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
 * @param waits lookups that waited for another's load, in this process or, by its lease, in another
 * @param loads loads that succeeded
 * @param loadFailures loads that failed
 * @param loadNanos time that loads took together, nanoseconds
 * @param fills entries stored below L1
 * @param fillsRefused values that were loaded but not stored, because something covering them was
 *     invalidated meanwhile
 * @param unreadable stored bytes that were not an entry of the key: foreign, damaged, of another shape
 * @param tooLarge values not stored because they exceed the limit
 * @param invalidations invalidations asked for through this cache
 * @param passes lookups of keys that were switched off; neither hits nor misses
 * @param l1Size entries in L1, an estimate
 * @param l1Maximum most entries in L1, or most weight where the policy has a weigher
 * @param l1Evictions entries that L1 dropped for room, before their time
 * @param times what lookups took
 * @param topKeys the keys asked for most that stand out in a sample of one lookup in 256; empty where none
 *     does, whatever was asked for
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
    long l1Maximum,
    long l1Evictions,
    LookupTimes times,
    List<HotKey> topKeys) {

  private static final long LEAST_SPARED = 8;

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

  /** This and what the same cache has done in another process, together; without the keys asked for most. */
  public CacheStats and(CacheStats other) {
    return new CacheStats(
        cache,
        l1Hits + other.l1Hits,
        l2Hits + other.l2Hits,
        databaseHits + other.databaseHits,
        staleHits + other.staleHits,
        misses + other.misses,
        waits + other.waits,
        loads + other.loads,
        loadFailures + other.loadFailures,
        loadNanos + other.loadNanos,
        fills + other.fills,
        fillsRefused + other.fillsRefused,
        unreadable + other.unreadable,
        tooLarge + other.tooLarge,
        invalidations + other.invalidations,
        passes + other.passes,
        l1Size + other.l1Size,
        l1Maximum + other.l1Maximum,
        l1Evictions + other.l1Evictions,
        times.and(other.times),
        List.of());
  }

  /** Mean time of a successful or failed load. */
  public Duration meanLoadTime() {
    long count = loads + loadFailures;
    return count == 0 ? Duration.ZERO : Duration.ofNanos(loadNanos / count);
  }

  /**
   * Loads that hits spared the source. A lookup of many keys would have been one load: it spares the share
   * of its keys that were hits.
   */
  public double sparedLoads() {
    return Math.max(0, hits() - times.bulkHits()) + times.bulkSpared() / 1_000.0;
  }

  /**
   * Nanoseconds that those loads would have taken: of single keys by how long the values took to load that
   * the hits of the sample found, where that is a sample of {@value #LEAST_SPARED} or more, else by the mean
   * for a key; of many keys by the mean load. 0 before the first load.
   */
  public double sparedNanos() {
    double perHit = times.hitLoads() >= LEAST_SPARED
        ? (double) times.hitLoadNanos() / times.hitLoads()
        : times.keysLoaded() == 0 ? 0 : (double) loadNanos / times.keysLoaded();
    return perHit * Math.max(0, hits() - times.bulkHits())
        + meanLoadTime().toNanos() * (times.bulkSpared() / 1_000.0);
  }

  /**
   * What lookups took, without the loads that they led to. Hits in L1 are timed by a sample of one in
   * 256, and only those of {@link dev.larder.Cache}'s own {@code get}; nanoseconds.
   *
   * @param l1Timed hits in L1 that were timed
   * @param l1Nanos time of those together
   * @param tierTimed hits below L1 that were timed
   * @param tierNanos time of those together
   * @param missNanos time of lookups that no tier answered: looking, waiting for another's load, taking
   *     the lease, storing
   * @param keysLoaded keys that loads were asked for, so more than the loads where these are bulk loads
   * @param bulkHits hits of lookups of many keys
   * @param bulkSpared loads that those spared, in thousandths: a lookup of many keys would have been one
   *     load, of which it spares the share of its keys that were hits
   * @param hitLoads hits in L1, of a sample of one in 16, of whose values it is known how long they took to
   *     load
   * @param hitLoadNanos time that those values took to load
   */
  public record LookupTimes(
      long l1Timed,
      long l1Nanos,
      long tierTimed,
      long tierNanos,
      long missNanos,
      long keysLoaded,
      long bulkHits,
      long bulkSpared,
      long hitLoads,
      long hitLoadNanos) {

    LookupTimes and(LookupTimes other) {
      return new LookupTimes(
          l1Timed + other.l1Timed,
          l1Nanos + other.l1Nanos,
          tierTimed + other.tierTimed,
          tierNanos + other.tierNanos,
          missNanos + other.missNanos,
          keysLoaded + other.keysLoaded,
          bulkHits + other.bulkHits,
          bulkSpared + other.bulkSpared,
          hitLoads + other.hitLoads,
          hitLoadNanos + other.hitLoadNanos);
    }
  }

  /**
   * A key that is asked for often.
   *
   * @param key the slot key
   * @param requests lookups, estimated from those of one in {@value #SAMPLE} that were surely its own; after
   *     a few of those it may be off by half and more
   */
  public record HotKey(String key, long requests) {

    /** Of so many lookups one is looked at. */
    public static final int SAMPLE = 256;

    /** How many lookups of the sample must have been of a key on a node for it to be told. */
    public static final int LEAST_SEEN = 4;
  }
}
