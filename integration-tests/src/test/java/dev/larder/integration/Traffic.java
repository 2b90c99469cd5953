package dev.larder.integration;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Threads that do one thing again and again until they are stopped. What one of them throws stops it
 * and is kept: the test wants none. Each pauses between rounds, so that a small machine has room for
 * the servers.
 */
final class Traffic implements AutoCloseable {

  /** What a thread repeats. */
  interface Round {
    void run(long round) throws Exception;
  }

  private final List<Thread> threads = new ArrayList<>();
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final AtomicLong rounds = new AtomicLong();
  private volatile boolean isOver;

  /** Starts a thread. */
  Traffic add(Round round) {
    Thread thread = new Thread(() -> {
      try {
        for (long i = 0; !isOver; i++) {
          round.run(i);
          rounds.incrementAndGet();
          java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
      } catch (Throwable failure) {
        failures.add(failure);
      }
    });
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
    return this;
  }

  /** Rounds that were done by all threads. */
  long rounds() {
    return rounds.get();
  }

  /** What was thrown. */
  List<Throwable> failures() {
    return List.copyOf(failures);
  }

  /** Waits until so many more rounds were done, or one failed. */
  void go(long more) {
    long until = rounds.get() + more;
    Site.eventually().until(() -> rounds.get() >= until || !failures.isEmpty());
  }

  @Override
  public void close() throws InterruptedException {
    isOver = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
