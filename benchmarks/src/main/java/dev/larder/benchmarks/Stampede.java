package dev.larder.benchmarks;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.testkit.EmbeddedRedis;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * 200 threads in each of three processes ask for one cold key at once; the loader takes 100 ms. How
 * many loads?
 */
public final class Stampede {

  private static final int PROCESSES = 3;
  private static final int THREADS = 200;
  private static final long LOAD_MILLIS = 100;

  private Stampede() {}

  static void run(List<String> words) throws IOException, InterruptedException {
    int rounds = words.isEmpty() ? 10 : Integer.parseInt(words.get(0));
    try (EmbeddedRedis redis = EmbeddedRedis.start()) {
      List<Process> processes = new ArrayList<>();
      List<BufferedReader> answers = new ArrayList<>();
      for (int i = 0; i < PROCESSES; i++) {
        Process process = Child.start(Stampede.class, redis.uri());
        processes.add(process);
        answers.add(new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
      }
      for (BufferedReader answer : answers) {
        answer.readLine();
      }
      int worst = 0;
      for (int round = 0; round < rounds; round++) {
        for (Process process : processes) {
          process.getOutputStream().write((round + "\n").getBytes(StandardCharsets.UTF_8));
          process.getOutputStream().flush();
        }
        int loads = 0;
        for (BufferedReader answer : answers) {
          loads += Integer.parseInt(answer.readLine());
        }
        worst = Math.max(worst, loads);
      }
      for (Process process : processes) {
        process.getOutputStream().close();
        process.waitFor();
      }
      Bench.row(
          "loads of one cold key, " + PROCESSES + " x " + THREADS + " callers",
          worst + " at worst in " + rounds + " rounds",
          "exactly 1");
    }
  }

  /** One of the processes: a key for each line of standard input, loads counted on standard output. */
  public static void main(String[] args) throws IOException, InterruptedException {
    try (Larder larder = Larder.builder().keyPrefix("stampede").redis(args[0]).build()) {
      Cache<String, String> cache =
          larder.cache("cold", CachePolicy.of(String.class, String.class).build());
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      System.out.println("ready");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String key = "round-" + line;
        AtomicInteger loads = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          Thread thread = new Thread(() -> {
            try {
              start.await();
              cache.get(key, k -> {
                loads.incrementAndGet();
                pause();
                return "value";
              });
            } catch (InterruptedException stopped) {
              Thread.currentThread().interrupt();
            }
          });
          thread.start();
          threads.add(thread);
        }
        start.countDown();
        for (Thread thread : threads) {
          thread.join();
        }
        System.out.println(loads.get());
      }
    }
  }

  /** A source that takes its time: the pause is what is loaded, and nothing waits for a condition. */
  private static void pause() throws InterruptedException {
    Thread.sleep(LOAD_MILLIS);
  }
}
