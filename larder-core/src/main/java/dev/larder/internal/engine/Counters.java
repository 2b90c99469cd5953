package dev.larder.internal.engine;

import dev.larder.CacheTier;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts of one cache. Each waiter on a load counts a miss, only the one who loads counts a load. */
final class Counters {

  final LongAdder l1Hits = new LongAdder();
  final LongAdder l2Hits = new LongAdder();
  final LongAdder databaseHits = new LongAdder();
  final LongAdder staleHits = new LongAdder();
  final LongAdder misses = new LongAdder();
  final LongAdder waits = new LongAdder();
  final LongAdder loads = new LongAdder();
  final LongAdder loadFailures = new LongAdder();
  final LongAdder loadNanos = new LongAdder();
  final LongAdder fills = new LongAdder();
  final LongAdder fillsRefused = new LongAdder();
  final LongAdder unreadable = new LongAdder();
  final LongAdder tooLarge = new LongAdder();
  final LongAdder invalidations = new LongAdder();
  final LongAdder passes = new LongAdder();

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
}
