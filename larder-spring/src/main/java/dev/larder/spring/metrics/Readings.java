package dev.larder.spring.metrics;

import dev.larder.manage.NodeView;
import dev.larder.stats.CacheStats;
import dev.larder.stats.TierStats;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a node says of itself, taken anew when the last is older than half a second: the dozens of
 * meters of one scrape share one reading. Safe for use by many threads.
 */
final class Readings {

  private static final long KEPT_NANOS = 500_000_000;

  private final Supplier<NodeView> source;
  private final Consumer<Reading> onNew;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Reading last;

  /**
   * @param onNew is handed every new reading, on the thread of whoever asked
   */
  Readings(Supplier<NodeView> source, Consumer<Reading> onNew) {
    this.source = source;
    this.onNew = onNew;
  }

  /** One reading. */
  record Reading(
      NodeView node, Map<String, CacheStats> caches, Map<String, TierStats> tiers, long atNanos) {

    static Reading of(NodeView node) {
      Map<String, CacheStats> caches = new HashMap<>();
      node.caches().forEach(cache -> caches.put(cache.stats().cache(), cache.stats()));
      Map<String, TierStats> tiers = new HashMap<>();
      node.tiers().forEach(tier -> tiers.put(tier.store(), tier));
      return new Reading(node, caches, tiers, System.nanoTime());
    }

    private boolean isOld() {
      return System.nanoTime() - atNanos > KEPT_NANOS;
    }
  }

  Reading now() {
    Reading known = last;
    if (known != null && (!known.isOld() || lock.isHeldByCurrentThread())) {
      return known;
    }
    lock.lock();
    try {
      Reading reading = last;
      if (reading == null || reading.isOld()) {
        reading = Reading.of(source.get());
        last = reading;
        onNew.accept(reading);
      }
      return reading;
    } finally {
      lock.unlock();
    }
  }
}
