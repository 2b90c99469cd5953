package dev.larder.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An executor and scheduler that runs its tasks when a test says so, on the test's thread, in the
 * order of their times and, at one time, of their coming.
 *
 * <p>Tasks may be handed in from any thread, also from a running task. A task that throws keeps the
 * exception in its future, as in other executors. Shutting it down drops what has not begun.
 */
public final class ManualScheduler extends AbstractExecutorService
    implements ScheduledExecutorService {

  private final FakeTime time;
  private final ReentrantLock lock = new ReentrantLock();
  private final PriorityQueue<Task<?>> tasks = new PriorityQueue<>(
      Comparator.<Task<?>>comparingLong(t -> t.atNanos).thenComparingLong(t -> t.turn));
  private long turns;
  private boolean shutdown;

  /** A scheduler whose delays are told by the given time. */
  public ManualScheduler(FakeTime time) {
    this.time = time;
  }

  /**
   * Runs tasks that are due until there are none, those that they hand in included. How many ran.
   */
  public int runDue() {
    int ran = 0;
    while (runNextDue()) {
      ran++;
    }
    return ran;
  }

  /** Runs the first task that is due. False if none is. */
  public boolean runNextDue() {
    Task<?> task;
    lock.lock();
    try {
      task = tasks.peek();
      if (task == null || task.atNanos > now()) {
        return false;
      }
      tasks.remove();
    } finally {
      lock.unlock();
    }
    task.run();
    return true;
  }

  /** Moves time on, stopping at each task's time to run it. How many ran. */
  public int advance(Duration by) {
    long end = now() + by.toNanos();
    int ran = runDue();
    while (true) {
      long next = nextAt();
      if (next > end) {
        break;
      }
      time.advance(Duration.ofNanos(Math.max(0, next - now())));
      ran += runDue();
    }
    time.advance(Duration.ofNanos(Math.max(0, end - now())));
    return ran + runDue();
  }

  /** How many tasks have not begun. */
  public int pending() {
    lock.lock();
    try {
      return tasks.size();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void execute(Runnable command) {
    enqueue(new Task<@Nullable Object>(command, 0, 0));
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return this.<@Nullable Object>add(new Task<>(command, unit.toNanos(delay), 0));
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    return add(new Task<>(callable, unit.toNanos(delay)));
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    return this.<@Nullable Object>add(
        new Task<>(command, unit.toNanos(initialDelay), unit.toNanos(period)));
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    // No time passes while a task runs, so the two kinds of period are the same.
    return scheduleAtFixedRate(command, initialDelay, delay, unit);
  }

  @Override
  public void shutdown() {
    shutdownNow();
  }

  @Override
  public List<Runnable> shutdownNow() {
    lock.lock();
    try {
      shutdown = true;
      List<Runnable> dropped = new ArrayList<>(tasks);
      tasks.clear();
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isShutdown() {
    lock.lock();
    try {
      return shutdown;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isTerminated() {
    return isShutdown();
  }

  /** Does not wait: tasks run only on the caller's own thread. */
  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return isShutdown();
  }

  private <V extends @Nullable Object> Task<V> add(Task<V> task) {
    enqueue(task);
    return task;
  }

  private void enqueue(Task<?> task) {
    lock.lock();
    try {
      if (shutdown) {
        throw new RejectedExecutionException("the scheduler was shut down");
      }
      task.turn = turns++;
      tasks.add(task);
    } finally {
      lock.unlock();
    }
  }

  private long now() {
    return time.elapsed().toNanos();
  }

  private long nextAt() {
    lock.lock();
    try {
      Task<?> next = tasks.peek();
      return next == null ? Long.MAX_VALUE : next.atNanos;
    } finally {
      lock.unlock();
    }
  }

  private final class Task<V extends @Nullable Object> extends FutureTask<V>
      implements RunnableScheduledFuture<V> {

    private final long periodNanos;
    private long atNanos;
    private long turn;

    Task(Callable<V> callable, long delayNanos) {
      super(callable);
      periodNanos = 0;
      atNanos = after(delayNanos);
    }

    Task(Runnable command, long delayNanos, long periodNanos) {
      super(command, null);
      this.periodNanos = periodNanos;
      atNanos = after(delayNanos);
    }

    private static long saturated(long sum) {
      return sum < 0 ? Long.MAX_VALUE : sum;
    }

    private long after(long delayNanos) {
      return saturated(now() + Math.max(0, delayNanos));
    }

    @Override
    public boolean isPeriodic() {
      return periodNanos > 0;
    }

    @Override
    public void run() {
      if (!isPeriodic()) {
        super.run();
      } else if (runAndReset() && !isShutdown()) {
        atNanos = saturated(atNanos + periodNanos);
        enqueue(this);
      }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      boolean cancelled = super.cancel(mayInterruptIfRunning);
      lock.lock();
      try {
        tasks.remove(this);
      } finally {
        lock.unlock();
      }
      return cancelled;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(atNanos - now(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }

    // Each task is itself alone: the queue finds it by identity.
    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }
}
