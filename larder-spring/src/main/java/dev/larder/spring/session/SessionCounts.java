package dev.larder.spring.session;

import dev.larder.TierUnavailableException;
import dev.larder.stats.SessionStats;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this node did with sessions. Neither ids nor digests are in it. Safe for many threads. */
final class SessionCounts {

  private static final Logger logger = LoggerFactory.getLogger(SessionCounts.class);
  private static final long LIVING_NANOS = TimeUnit.SECONDS.toNanos(5);

  final LongAdder created = new LongAdder();
  final LongAdder deleted = new LongAdder();
  final LongAdder expired = new LongAdder();
  final LongAdder idChanges = new LongAdder();
  final LongAdder refused = new LongAdder();
  private final LongAdder reads = new LongAdder();
  private final LongAdder absent = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder outages = new LongAdder();
  private volatile boolean isSkipping;
  private volatile long living = SessionStats.UNKNOWN;
  private volatile long livingAt = System.nanoTime() - 2 * LIVING_NANOS;

  /** A read of the store, and whether there was such a session. */
  void read(boolean isThere) {
    reads.increment();
    if (!isThere) {
      absent.increment();
    }
  }

  /** Runs what asks the store, and counts if it does not answer. */
  <T extends @Nullable Object> T asking(Supplier<T> task) {
    try {
      return task.get();
    } catch (TierUnavailableException failure) {
      failures.increment();
      throw failure;
    }
  }

  /** Notices when the cache before the store begins to be skipped, if it is looked at often enough. */
  void watch(boolean isSkippingNow) {
    if (isSkippingNow && !isSkipping) {
      outages.increment();
    }
    isSkipping = isSkippingNow;
  }

  SessionStats stats(SessionStore store, long now, LongSupplier waiting) {
    long nobodys = absent.sum();
    long found = reads.sum() - nobodys;
    long inStore = store.foundInStore();
    long fromStore = inStore < 0 ? found : Math.min(inStore, found);
    return new SessionStats(
        store.description(),
        living(store, now),
        created.sum(),
        deleted.sum(),
        expired.sum(),
        idChanges.sum(),
        refused.sum(),
        found - fromStore,
        fromStore,
        nobodys,
        failures.sum(),
        outages.sum(),
        isSkipping,
        waiting.getAsLong());
  }

  /** Asked of the store at most once in five seconds, however many look. */
  private synchronized long living(SessionStore store, long now) {
    if (System.nanoTime() - livingAt > LIVING_NANOS) {
      try {
        living = store.living(now);
      } catch (TierUnavailableException down) {
        logger.debug("living sessions are not counted: {}", down.getMessage());
        living = SessionStats.UNKNOWN;
      }
      livingAt = System.nanoTime();
    }
    return living;
  }
}
