package dev.larder.internal.engine;

import dev.larder.CachePolicy;
import dev.larder.StaleTimes;
import dev.larder.TimeSource;
import dev.larder.internal.l1.L1Entry;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How long entries of one cache live, by its policy. Safe for many threads. */
final class Lives<K, V> {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.cache");

  private final String name;
  private final CachePolicy<K, V> policy;
  private final TimeSource time;

  Lives(String name, CachePolicy<K, V> policy, TimeSource time) {
    this.name = name;
    this.policy = policy;
    this.time = time;
  }

  /** What may be done with a value past its ttl; nothing where the policy's function fails. */
  StaleTimes pastTtl(K key, @Nullable V value) {
    try {
      return policy.staleTimesOf(key, value);
    } catch (RuntimeException failure) {
      logger.error("cache {}: the policy's stale times failed; they are taken as 0", name, failure);
      return StaleTimes.NONE;
    }
  }

  /**
   * The life in L1 of an entry with so much left, milliseconds.
   *
   * @param ttl what it was made with; with 0 it never was fresh, and is never served
   * @param loadNanos how long its load took; 0 if that is not known
   */
  L1Entry.Life inL1(StaleTimes stale, long freshLeft, long lifeLeft, long ttl, long loadNanos) {
    long now = time.nanos();
    long l1Ttl = policy.l1Ttl().isZero() ? Long.MAX_VALUE : policy.l1Ttl().toMillis();
    long until = Math.min(lifeLeft, l1Ttl);
    // Clocks differ: what was never fresh must not seem so to a node that is behind.
    long fresh = Math.min(ttl <= 0 ? Math.min(freshLeft, 0) : freshLeft, until);
    long served = ttl <= 0 ? fresh : Math.min(freshLeft + stale.staleFor().toMillis(), until);
    long standIn = ttl <= 0
        ? fresh
        : Math.max(served, Math.min(freshLeft + stale.staleIfError().toMillis(), until));
    long refresh = policy.earlyRefresh() == 0
        ? fresh
        : Math.min(fresh, freshLeft - (long) (ttl * (1 - policy.earlyRefresh())));
    return new L1Entry.Life(
        now,
        now - TimeUnit.MILLISECONDS.toNanos(Math.max(0, ttl - freshLeft)),
        now + TimeUnit.MILLISECONDS.toNanos(refresh),
        now + TimeUnit.MILLISECONDS.toNanos(fresh),
        now + TimeUnit.MILLISECONDS.toNanos(served),
        now + TimeUnit.MILLISECONDS.toNanos(standIn),
        now + TimeUnit.MILLISECONDS.toNanos(until),
        policy.idleTime().toNanos(),
        loadNanos);
  }
}
