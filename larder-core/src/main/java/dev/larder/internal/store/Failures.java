package dev.larder.internal.store;

import dev.larder.TimeSource;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what went wrong with the calls of one store, by kind, and logs some of it. Safe for many threads.
 */
final class Failures {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.tier");

  /** A store that fails fails often: one line in so long says what, and how often since the last. */
  private static final Duration TOLD_EVERY = Duration.ofMinutes(1);

  private static final long NEVER = Long.MIN_VALUE;

  private final String store;
  private final TimeSource time;
  private final LongAdder failed = new LongAdder();
  private final LongAdder timeouts = new LongAdder();
  private final LongAdder skipped = new LongAdder();
  private final LongAdder untold = new LongAdder();
  private final AtomicLong toldAt = new AtomicLong(NEVER);
  private volatile long lastAt = NEVER;

  Failures(String store, TimeSource time) {
    this.store = store;
    this.time = time;
  }

  /** A call that was not tried. */
  void skip() {
    skipped.increment();
    lastAt = time.nanos();
  }

  /** A call that the store did not answer, or answered with this. */
  void add(Throwable cause) {
    (cause instanceof TimeoutException ? timeouts : failed).increment();
    long now = time.nanos();
    lastAt = now;
    untold.increment();
    long told = toldAt.get();
    if ((told == NEVER || now - told >= TOLD_EVERY.toNanos()) && toldAt.compareAndSet(told, now)) {
      logger.warn(
          "{}: {} calls failed lately, this one by {}",
          store,
          untold.sumThenReset(),
          cause.toString());
    }
  }

  long all() {
    return failed.sum() + timeouts.sum() + skipped.sum();
  }

  long timeouts() {
    return timeouts.sum();
  }

  long skipped() {
    return skipped.sum();
  }

  /** Time since the last of any kind; null if there was none. */
  @Nullable Duration lastAgo() {
    long at = lastAt;
    return at == NEVER ? null : Duration.ofNanos(Math.max(0, time.nanos() - at));
  }
}
