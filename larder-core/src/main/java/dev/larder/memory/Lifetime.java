package dev.larder.memory;

import dev.larder.TierUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The clock and the end of one store. Safe for use by many threads. */
final class Lifetime {

  private final String store;
  private final LongSupplier clock;
  private final boolean ownsScheduler;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable ScheduledExecutorService scheduler;
  private volatile boolean ended;

  Lifetime(String store, LongSupplier clock, @Nullable ScheduledExecutorService scheduler) {
    this.store = store;
    this.clock = clock;
    this.scheduler = scheduler;
    ownsScheduler = scheduler == null;
  }

  /** Milliseconds since 1970. */
  long now() {
    return clock.getAsLong();
  }

  /**
   * When a life that begins now is over. A life under one millisecond counts as one, and one beyond
   * what a long can hold has no end.
   */
  long until(Duration life) {
    long now = now();
    long millis;
    try {
      millis = Math.max(1, life.toMillis());
    } catch (ArithmeticException endless) {
      return Long.MAX_VALUE;
    }
    return now > Long.MAX_VALUE - millis ? Long.MAX_VALUE : now + millis;
  }

  /** Runs a call, and gives its outcome as a stage. */
  <T> CompletionStage<T> answer(Supplier<T> call) {
    if (ended) {
      return CompletableFuture.failedFuture(closed());
    }
    try {
      return CompletableFuture.completedFuture(call.get());
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  TierUnavailableException closed() {
    return new TierUnavailableException("store '" + store + "' is closed");
  }

  /** Runs a task after a delay; null if the store is closed. */
  @Nullable Future<?> after(Duration delay, Runnable task) {
    lock.lock();
    try {
      if (ended) {
        return null;
      }
      if (scheduler == null) {
        scheduler = Executors.newSingleThreadScheduledExecutor(run -> {
          Thread thread = new Thread(run, "larder-" + store + "-waits");
          thread.setDaemon(true);
          return thread;
        });
      }
      long nanos = TimeUnit.NANOSECONDS.convert(delay);
      return scheduler.schedule(task, nanos, TimeUnit.NANOSECONDS);
    } finally {
      lock.unlock();
    }
  }

  void end() {
    lock.lock();
    try {
      ended = true;
      if (ownsScheduler && scheduler != null) {
        scheduler.shutdownNow();
      }
    } finally {
      lock.unlock();
    }
  }
}
