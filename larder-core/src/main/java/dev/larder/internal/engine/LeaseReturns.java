package dev.larder.internal.engine;

import dev.larder.TimeSource;
import dev.larder.internal.store.GuardedStore;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives back leases that nobody will fill: whoever asks for the key waits until its lease is given back or
 * has run out. A store that is skipped or gives no answer is asked again for as long as the lease may
 * stand there. Not waited for. Safe for many threads.
 */
final class LeaseReturns {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.cache");

  private static final long FIRST_PAUSE_MILLIS = 20;
  private static final long LONGEST_PAUSE_MILLIS = 500;

  private final Duration lease;
  private final TimeSource time;
  private final ScheduledExecutorService scheduler;

  LeaseReturns(Duration lease, TimeSource time, ScheduledExecutorService scheduler) {
    this.lease = lease;
    this.time = time;
    this.scheduler = scheduler;
  }

  /** Empties a slot if it still holds what this nonce names. */
  void giveBack(GuardedStore store, String slot, long nonce) {
    giveBack(store, slot, nonce, time.nanos() + lease.toNanos(), FIRST_PAUSE_MILLIS);
  }

  private void giveBack(
      GuardedStore store, String slot, long nonce, long runsOutNanos, long pauseMillis) {
    var unused = store
        .call(() -> store.tier().release(slot, nonce))
        .whenComplete((done, failure) -> {
          if (failure != null && time.nanos() - runsOutNanos < 0) {
            giveBackLater(store, slot, nonce, runsOutNanos, pauseMillis);
          }
        });
  }

  private void giveBackLater(
      GuardedStore store, String slot, long nonce, long runsOutNanos, long pauseMillis) {
    long next = Math.min(LONGEST_PAUSE_MILLIS, 2 * pauseMillis);
    try {
      var unused = scheduler.schedule(
          () -> giveBack(store, slot, nonce, runsOutNanos, next),
          pauseMillis,
          TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      logger.debug("the larder is closed; a lease runs out by itself", closed);
    }
  }
}
