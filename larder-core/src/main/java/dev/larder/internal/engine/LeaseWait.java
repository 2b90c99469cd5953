package dev.larder.internal.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Waiting for another process's lease: looks again after 1, 2, 4 and then every 8 to 10 ms, each
 * shortened at random so that waiters do not come at once. A holder that died is noticed when its
 * placeholder runs out; the wait ends then at the latest.
 */
final class LeaseWait {

  private static final long FIRST_MICROS = 1_000;
  private static final long LONGEST_MICROS = 10_000;

  private final ScheduledExecutorService scheduler;

  LeaseWait(ScheduledExecutorService scheduler) {
    this.scheduler = scheduler;
  }

  Patience begin(Duration lease) {
    return new Patience(lease.toNanos() + lease.toNanos() / 10);
  }

  /** One lookup's wait. Used by one stage at a time. */
  final class Patience {
    private final long limitNanos;
    private boolean hasBegun;
    private long beganAt;
    private long pauseMicros = FIRST_MICROS;

    private Patience(long limitNanos) {
      this.limitNanos = limitNanos;
    }

    /** Whether the holder had its time, and more. The first call starts the clock. */
    boolean isOver(long now) {
      if (!hasBegun) {
        hasBegun = true;
        beganAt = now;
      }
      return now - beganAt > limitNanos;
    }

    /** Whether no pause was made yet. */
    boolean isFirst() {
      return pauseMicros == FIRST_MICROS;
    }

    /** A pause. */
    CompletionStage<Void> pause() {
      long micros =
          pauseMicros - ThreadLocalRandom.current().nextLong(Math.max(1, pauseMicros / 4));
      pauseMicros = Math.min(LONGEST_MICROS, pauseMicros * 2);
      CompletableFuture<Void> over = new CompletableFuture<>();
      var unused = scheduler.schedule(() -> over.complete(null), micros, TimeUnit.MICROSECONDS);
      return over;
    }
  }
}
