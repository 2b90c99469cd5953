package dev.larder.internal.engine;

import dev.larder.CacheTier;
import dev.larder.LookupListener;
import dev.larder.internal.advise.Totals;
import dev.larder.stats.Distribution.Measure;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts of one cache. Each waiter on a load counts a miss, only the one who loads counts a load. */
final class Counters implements Totals {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.cache");

  private final String cache;
  private final @Nullable LookupListener listener;

  final LongAdder l1Hits = new LongAdder();
  final LongAdder l2Hits = new LongAdder();
  final LongAdder databaseHits = new LongAdder();
  final LongAdder staleHits = new LongAdder();
  final LongAdder misses = new LongAdder();
  final LongAdder waits = new LongAdder();
  final LongAdder loads = new LongAdder();
  final LongAdder loadFailures = new LongAdder();
  final LongAdder loadNanos = new LongAdder();
  final LongAdder keysLoaded = new LongAdder();
  final LongAdder l1Timed = new LongAdder();
  final LongAdder l1Nanos = new LongAdder();
  final LongAdder tierTimed = new LongAdder();
  final LongAdder tierNanos = new LongAdder();
  final LongAdder missNanos = new LongAdder();
  final LongAdder bulkHits = new LongAdder();
  final LongAdder bulkSpared = new LongAdder();
  final LongAdder hitLoads = new LongAdder();
  final LongAdder hitLoadNanos = new LongAdder();
  final LongAdder fills = new LongAdder();
  final LongAdder fillsRefused = new LongAdder();
  final LongAdder unreadable = new LongAdder();
  final LongAdder tooLarge = new LongAdder();
  final LongAdder invalidations = new LongAdder();
  final LongAdder passes = new LongAdder();
  final Histograms histograms = new Histograms();

  /**
   * Begins.
   *
   * @param cache name of the cache
   * @param listener told of times; null for none
   */
  Counters(String cache, @Nullable LookupListener listener) {
    this.cache = cache;
    this.listener = listener;
  }

  /** Counts a lookup by who answered it; null means that nobody did. */
  void lookup(@Nullable CacheTier tier, boolean isStale) {
    if (tier == CacheTier.L1) {
      l1Hits.increment();
    } else if (tier == CacheTier.L2) {
      l2Hits.increment();
    } else if (tier == CacheTier.DATABASE) {
      databaseHits.increment();
    } else {
      misses.increment();
      return;
    }
    if (isStale) {
      staleHits.increment();
    }
  }

  @Override
  public long lookups() {
    return hits() + misses.sum();
  }

  @Override
  public long hits() {
    return l1Hits.sum() + l2Hits.sum() + databaseHits.sum();
  }

  @Override
  public long l1Hits() {
    return l1Hits.sum();
  }

  /** A load of so many keys has ended. */
  void load(boolean isLoaded, int keys, long nanos) {
    (isLoaded ? loads : loadFailures).increment();
    keysLoaded.add(keys);
    loadNanos.add(nanos);
    histograms.record(Measure.LOAD, nanos);
    if (listener != null) {
      try {
        listener.onLoad(cache, keys, nanos, isLoaded);
      } catch (RuntimeException failure) {
        logger.warn("cache {}: the listener of loads failed", cache, failure);
      }
    }
  }

  /** The time of a hit in L1, of the few that are timed. */
  void nearHitTook(long nanos) {
    l1Timed.increment();
    l1Nanos.add(nanos);
    histograms.record(Measure.L1_HIT, nanos);
  }

  /** What a hit of the sample spared its caller: the load of its value, if it is known how long that took. */
  void hitSpared(long nanos) {
    if (nanos > 0) {
      hitLoads.increment();
      hitLoadNanos.add(nanos);
    }
  }

  /** Hits of a lookup of many keys, which together spare that share of one load of them all. */
  void bulkHits(int hits, int keys) {
    bulkHits.add(hits);
    bulkSpared.add(1_000L * hits / keys);
  }

  /**
   * The time of one look below L1 for one or more keys, without loads.
   *
   * @param hits keys that a tier answered
   * @param keys keys that were looked for
   */
  void lookBelowTook(int hits, int keys, long nanos) {
    long ofHits = nanos * Math.min(hits, keys) / keys;
    tierTimed.add(hits);
    tierNanos.add(ofHits);
    missNanos.add(nanos - ofHits);
    if (hits > 0) {
      histograms.record(Measure.TIER_HIT, nanos / keys, hits);
    }
    if (listener != null) {
      try {
        listener.onLookBelow(cache, keys, nanos);
      } catch (RuntimeException failure) {
        logger.warn("cache {}: the listener of looks failed", cache, failure);
      }
    }
  }
}
