package dev.larder.showcase.scoreboard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Some users at a time, each of whom asks again as soon as there is an answer. */
final class ClosedLoop {
  /** How many users. */
  static final int THREADS = 4;

  private ClosedLoop() {}

  /** What one user does once. */
  @FunctionalInterface
  interface Step {
    void take(SplittableRandom random);
  }

  /**
   * Runs until there were so many steps or the time is over.
   *
   * @param seed decides what each user draws
   * @param user makes the step of user 0 to {@link #THREADS} - 1
   * @return steps taken
   * @throws IllegalStateException if a step failed
   */
  static int run(long seed, int most, Duration limit, IntFunction<Step> user)
      throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      AtomicInteger begun = new AtomicInteger();
      AtomicInteger taken = new AtomicInteger();
      long beginning = System.nanoTime();
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        SplittableRandom random = new SplittableRandom(100L * seed + i);
        Step step = user.apply(i);
        running.add(threads.submit(() -> {
          while (begun.getAndIncrement() < most
              && System.nanoTime() - beginning < limit.toNanos()) {
            step.take(random);
            taken.incrementAndGet();
          }
        }));
      }
      for (Future<?> thread : running) {
        thread.get();
      }
      return taken.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the load failed: " + e.getCause(), e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}
