package dev.larder.jdbc;

import dev.larder.TierUnavailableException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Turns blocking calls into stages.
 *
 * <p>Calls run on a bounded pool of daemon threads with a bounded queue; a full queue fails the stage
 * at once. A stage fails when the time-out has passed, whatever its thread does: it may be waiting
 * for a connection, which nobody can hurry. A call whose stage has failed before a thread came to it
 * is not made. Safe for use by many threads.
 */
final class Calls implements AutoCloseable {

  /** Threads of the pool if none is passed in. */
  static final int THREADS = 8;

  private static final int QUEUE = 1_000;

  private final Duration timeout;
  private final Executor executor;
  private final @Nullable ExecutorService own;
  private final ScheduledThreadPoolExecutor clock;
  private volatile boolean closed;

  /** Runs calls on the executor, which stays the caller's, or on an own pool. */
  Calls(Duration timeout, @Nullable Executor executor) {
    this.timeout = timeout;
    if (executor == null) {
      ThreadPoolExecutor pool = new ThreadPoolExecutor(
          THREADS,
          THREADS,
          30,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(QUEUE),
          threads("larder-jdbc"));
      pool.allowCoreThreadTimeOut(true);
      own = pool;
      this.executor = pool;
    } else {
      own = null;
      this.executor = executor;
    }
    clock = new ScheduledThreadPoolExecutor(1, threads("larder-jdbc-clock"));
    clock.setRemoveOnCancelPolicy(true);
    clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(true);
  }

  /** Daemon threads with a numbered name. */
  static ThreadFactory threads(String name) {
    AtomicInteger count = new AtomicInteger();
    return run -> {
      Thread thread = new Thread(run, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Makes a call on the pool. */
  <T> CompletableFuture<T> submit(Callable<T> call) {
    CompletableFuture<T> answer = expiring(timeout);
    try {
      execute(() -> complete(answer, call));
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(refused(e));
    }
    return answer;
  }

  /**
   * Runs a task on the pool.
   *
   * @throws RejectedExecutionException if the queue is full or the pool has ended
   */
  void execute(Runnable task) {
    if (closed) {
      throw new RejectedExecutionException("closed");
    }
    executor.execute(task);
  }

  /** The failure of a call that got no thread. */
  TierUnavailableException refused(RejectedExecutionException e) {
    return closed
        ? new TierUnavailableException(Database.NAME + ": the store is closed")
        : new TierUnavailableException(Database.NAME + ": too many calls are waiting", e);
  }

  /** A stage that fails when a time has passed. */
  <T> CompletableFuture<T> expiring(Duration within) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    if (closed) {
      answer.completeExceptionally(refused(new RejectedExecutionException("closed")));
      return answer;
    }
    long millis = Math.max(1, within.toMillis());
    ScheduledFuture<?> end;
    try {
      end = clock.schedule(
          () -> answer.completeExceptionally(
              new TierUnavailableException(Database.NAME + ": no answer within " + millis + " ms")),
          millis,
          TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(refused(e));
      return answer;
    }
    CompletableFuture<T> unused = answer.whenComplete((value, failure) -> end.cancel(false));
    return answer;
  }

  /** Completes a stage by a call, unless it is complete already. */
  static <T> void complete(CompletableFuture<T> answer, Callable<T> call) {
    if (answer.isDone()) {
      return;
    }
    try {
      answer.complete(call.call());
    } catch (Throwable e) {
      answer.completeExceptionally(e);
    }
  }

  /** Refuses further calls, and waits up to the time-out for those that run. */
  @Override
  public void close() {
    closed = true;
    if (own != null) {
      own.shutdown();
      awaitEnd(own, timeout);
    }
    // Stages that wait for a call that hangs still run out.
    clock.shutdown();
  }

  static void awaitEnd(ExecutorService executor, Duration atMost) {
    try {
      executor.awaitTermination(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
