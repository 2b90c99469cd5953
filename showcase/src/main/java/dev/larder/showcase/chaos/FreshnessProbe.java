package dev.larder.showcase.chaos;

import dev.larder.Acknowledgement;
import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.stats.CacheStats;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Two nodes on the demo's Redis, one of which writes a number twenty times a second. What it reads itself
 * may never be older than what it has invalidated; what the other reads may not be older than what was
 * acknowledged {@link #BOUND} ago. It works while somebody looks.
 */
final class FreshnessProbe implements AutoCloseable {

  /** How stale a cache's policy lets another node be. */
  static final Duration BOUND = Duration.ofSeconds(1);

  private static final Duration EVERY = Duration.ofMillis(50);
  private static final Duration LOOKED_AT = Duration.ofSeconds(10);

  private record Acknowledged(long number, long atNanos) {}

  private final Larder writer;
  private final Larder reader;
  private final Cache<String, Long> own;
  private final Cache<String, Long> others;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "chaos-probe");
        thread.setDaemon(true);
        return thread;
      });
  /** Its own: another probe on the same Redis has another source. */
  private final String key = "number:" + UUID.randomUUID();

  private final AtomicLong source = new AtomicLong();
  private final Deque<Acknowledged> acknowledged = new ArrayDeque<>();
  private final LongAdder asked = new LongAdder();
  private final LongAdder stale = new LongAdder();
  private final LongAdder deferred = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private long known;
  private volatile long lookedAt = System.nanoTime() - LOOKED_AT.toNanos();

  FreshnessProbe(String redis) {
    writer = Larder.builder().keyPrefix("chaos").redis(redis).build();
    reader = Larder.builder().keyPrefix("chaos").redis(redis).build();
    CachePolicy<String, Long> policy =
        CachePolicy.of(String.class, Long.class).maxStaleness(BOUND).build();
    own = writer.cache("probe", policy);
    others = reader.cache("probe", policy);
    var unused = timer.scheduleWithFixedDelay(
        this::roundIfSeen, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void roundIfSeen() {
    if (System.nanoTime() - lookedAt < LOOKED_AT.toNanos()) {
      try {
        round();
      } catch (RuntimeException failure) {
        // A read must never fail for Redis: it is shown.
        failed.increment();
      }
    }
  }

  /** One write and three reads. */
  void round() {
    long written = source.incrementAndGet();
    if (own.invalidate(key) instanceof Acknowledgement.Appended) {
      acknowledged.addLast(new Acknowledged(written, System.nanoTime()));
    } else {
      deferred.increment();
    }
    judge(read(own), written);
    // Once more, since memory answers no first read after an invalidation, and is judged too.
    judge(read(own), written);
    long settled = System.nanoTime() - BOUND.toNanos();
    while (!acknowledged.isEmpty() && acknowledged.getFirst().atNanos() - settled < 0) {
      known = acknowledged.removeFirst().number();
    }
    judge(read(others), known);
  }

  private long read(Cache<String, Long> cache) {
    return Objects.requireNonNull(cache.get(key, any -> source.get()));
  }

  void judge(long read, long least) {
    asked.increment();
    if (read < least) {
      stale.increment();
    }
  }

  /**
   * What was seen so far.
   *
   * @param asked answers that were judged
   * @param stale those that were older than they may be
   * @param failed rounds in which a read failed
   * @param deferred invalidations that waited for a log
   * @param l1 answers out of memory
   * @param l2 answers out of Redis
   * @param source answers of the source
   * @param isSkipped whether a node skips Redis now
   */
  record Seen(
      long asked,
      long stale,
      long failed,
      long deferred,
      long l1,
      long l2,
      long source,
      boolean isSkipped) {}

  /** Says what was seen, and goes on for ten seconds. */
  Seen look() {
    lookedAt = System.nanoTime();
    CacheStats one = own.stats();
    CacheStats other = others.stats();
    return new Seen(
        asked.sum(),
        stale.sum(),
        failed.sum(),
        deferred.sum(),
        one.l1Hits() + other.l1Hits(),
        one.l2Hits() + other.l2Hits(),
        one.misses() + other.misses(),
        writer.tiers().stream().anyMatch(tier -> tier.isDegraded())
            || reader.tiers().stream().anyMatch(tier -> tier.isDegraded()));
  }

  @Override
  public void close() {
    timer.shutdownNow();
    writer.close();
    reader.close();
  }
}
