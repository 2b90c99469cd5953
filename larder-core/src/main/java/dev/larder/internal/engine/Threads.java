package dev.larder.internal.engine;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A larder's own threads, where its builder was given none. All of them are daemons. */
final class Threads {

  private static final int LEAST_LOADERS = 4;
  private static final int MOST_WAITING_LOADS = 10_000;

  private Threads() {}

  /** For heartbeats, long polls and pauses; nothing that blocks. */
  static ScheduledExecutorService timers() {
    ScheduledThreadPoolExecutor timers =
        new ScheduledThreadPoolExecutor(2, daemons("larder-timer"));
    timers.setRemoveOnCancelPolicy(true);
    return timers;
  }

  /** For loads in the background; refuses what is more than {@value #MOST_WAITING_LOADS} waiting. */
  static ExecutorService loaders() {
    int threads = Math.max(LEAST_LOADERS, Runtime.getRuntime().availableProcessors() * 2);
    ThreadPoolExecutor pool = new ThreadPoolExecutor(
        threads,
        threads,
        30,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(MOST_WAITING_LOADS),
        daemons("larder-load"));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static ThreadFactory daemons(String name) {
    AtomicInteger count = new AtomicInteger();
    ThreadFactory factory = Executors.defaultThreadFactory();
    return task -> {
      Thread thread = factory.newThread(task);
      thread.setDaemon(true);
      thread.setName(name + "-" + count.incrementAndGet());
      return thread;
    };
  }
}
