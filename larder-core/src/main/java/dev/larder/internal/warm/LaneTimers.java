package dev.larder.internal.warm;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Lanes of a run that wait for their time. A scheduler that is shut down drops its tasks, so whoever ends
 * the run lets these lanes go on early.
 */
final class LaneTimers {

  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Runnable> waiting = new HashSet<>();
  private final ScheduledExecutorService scheduler;
  private final Consumer<Runnable> step;

  /** @param step runs what a lane does next */
  LaneTimers(ScheduledExecutorService scheduler, Consumer<Runnable> step) {
    this.scheduler = scheduler;
    this.step = step;
  }

  /**
   * Runs it after a time, or when {@link #goOnEarly} is called.
   *
   * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down; it waits all
   *     the same
   */
  void after(long nanos, Runnable next) {
    lock.lock();
    try {
      waiting.add(next);
    } finally {
      lock.unlock();
    }
    var unused = scheduler.schedule(() -> goOn(next), nanos, TimeUnit.NANOSECONDS);
  }

  /** Lets all that wait go on. */
  void goOnEarly() {
    List<Runnable> early;
    lock.lock();
    try {
      early = List.copyOf(waiting);
    } finally {
      lock.unlock();
    }
    early.forEach(this::goOn);
  }

  private void goOn(Runnable next) {
    boolean isMine;
    lock.lock();
    try {
      isMine = waiting.remove(next);
    } finally {
      lock.unlock();
    }
    if (isMine) {
      step.accept(next);
    }
  }
}
