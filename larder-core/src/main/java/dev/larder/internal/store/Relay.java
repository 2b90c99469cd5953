package dev.larder.internal.store;

import dev.larder.log.LogRecord;
import dev.larder.log.OriginLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings records of the origin log to the other store's log, slots first.
 *
 * <p>The node that makes a change forwards it at once; the relay of any node takes what was left
 * behind because the store did not answer, the node died, or another program wrote the record. Two
 * relays at the same record are harmless: nodes know it by its nonce.
 */
public final class Relay implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.log");
  private static final int BATCH = 500;
  private static final long MIN_AGE_MILLIS = 200;

  private final OriginLog origin;
  private final GuardedStore from;
  private final GuardedStore to;
  private final Duration markerLife;
  private final AtomicBoolean isRunning = new AtomicBoolean();
  private @Nullable ScheduledFuture<?> schedule;

  /** Between the origin's log and the store that is to have its records too. */
  public Relay(OriginLog origin, GuardedStore from, GuardedStore to, Duration markerLife) {
    this.origin = origin;
    this.from = from;
    this.to = to;
    this.markerLife = markerLife;
  }

  /** Looks for records left behind, again and again. */
  public void start(ScheduledExecutorService scheduler, Duration every) {
    long millis = Math.max(1, every.toMillis());
    schedule = scheduler.scheduleWithFixedDelay(
        this::run, ThreadLocalRandom.current().nextLong(millis) + 1, millis, TimeUnit.MILLISECONDS);
  }

  /** Starts one round unless one is under way. */
  public void run() {
    if (to.follower().isFailing() || !isRunning.compareAndSet(false, true)) {
      return;
    }
    round().whenComplete((done, failure) -> {
      if (failure != null) {
        logger.debug("relay: {}", failure.toString());
      }
      isRunning.set(false);
    });
  }

  /** One round: the stage completes with how many records were forwarded. */
  CompletionStage<Integer> round() {
    return from.call(() -> origin.unforwarded(MIN_AGE_MILLIS, BATCH)).thenCompose(records -> {
      List<Long> done = new ArrayList<>();
      CompletionStage<Boolean> chain = CompletableFuture.completedFuture(true);
      for (LogRecord record : records) {
        chain = chain.thenCompose(ok -> ok ? forward(record, done) : stop());
      }
      return chain.thenCompose(ok -> done.isEmpty()
          ? CompletableFuture.completedFuture(0)
          : from.call(() -> origin.markForwarded(done)).thenApply(marked -> done.size()));
    });
  }

  private static CompletionStage<Boolean> stop() {
    return CompletableFuture.completedFuture(false);
  }

  private CompletionStage<Boolean> forward(LogRecord record, List<Long> done) {
    if (record.opensEpoch()) {
      done.add(record.nonce());
      return CompletableFuture.completedFuture(true);
    }
    return to.call(() -> to.store().invalidate(record.change(), markerLife))
        .handle((appended, failure) -> {
          if (failure == null) {
            done.add(record.nonce());
          }
          return failure == null;
        });
  }

  @Override
  public void close() {
    ScheduledFuture<?> scheduled = schedule;
    if (scheduled != null) {
      scheduled.cancel(false);
    }
  }
}
