package dev.larder.console;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.sun.management.OperatingSystemMXBean;
import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * What the console costs, and how soon a page is there: a program, not a test, since it says figures.
 * {@code docs/benchmarks.md} has the command.
 */
public final class ConsoleCost {

  private static final int CACHES = 500;
  private static final int KEYS = 20;
  private static final int READS_PER_SECOND = 20_000;
  private static final int BURST = 40;
  private static final int ROUNDS = 5;
  private static final Duration PHASE = Duration.ofSeconds(10);
  private static final int PAINTS = 11;

  private final List<Cache<Integer, String>> caches = new ArrayList<>();
  private final LongAdder viewed = new LongAdder();
  private volatile boolean isOver;

  private ConsoleCost(Larder larder) {
    CachePolicy<Integer, String> policy =
        CachePolicy.of(Integer.class, String.class).ttl(Duration.ofHours(1)).build();
    for (int i = 0; i < CACHES; i++) {
      Cache<Integer, String> cache = larder.cache("cache-" + i, policy);
      for (int key = 0; key < KEYS; key++) {
        cache.get(key, String::valueOf);
      }
      caches.add(cache);
    }
  }

  /**
   * Prints the figures.
   *
   * @param words none
   */
  public static void main(String[] words) throws Exception {
    try (Larder larder = Larder.builder().build()) {
      ConsoleCost cost = new ConsoleCost(larder);
      Thread reader = new Thread(cost::read, "reader");
      reader.setDaemon(true);
      reader.start();
      long before = heap();
      ConsoleSettings settings = ConsoleSettings.builder().token(Client.TOKEN).build();
      try (Mounted console = Mounted.of(larder.management(), settings)) {
        say("%d caches, %d reads a second, %d processors", CACHES, READS_PER_SECOND, processors());
        say("first paint of the overview, ms: %s", paints(console, "overview"));
        say("first paint of the caches, ms: %s", paints(console, "caches"));
        cost.processor(console);
        say("heap beside the larder's own, Tomcat in it: %.1f MB", (heap() - before) / 1e6);
      } finally {
        cost.isOver = true;
      }
    }
  }

  private void read() {
    int next = 0;
    long gap = 1_000_000_000L * BURST / READS_PER_SECOND;
    for (long due = System.nanoTime(); !isOver; due += gap) {
      LockSupport.parkNanos(due - System.nanoTime());
      for (int i = 0; i < BURST; i++, next = (next + 1) % (CACHES * KEYS)) {
        caches.get(next % CACHES).get(next / CACHES, String::valueOf);
      }
    }
  }

  /** Time from the navigation to the first contentful paint, as Chromium tells it. */
  private static String paints(Mounted console, String page) {
    double[] millis = new double[PAINTS];
    try (Browsers browsers = Browsers.start()) {
      Page window = browsers.browser().newContext().newPage();
      window.navigate(console.address());
      window.getByLabel("Token").fill(Client.TOKEN);
      window
          .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in"))
          .click();
      window.locator("footer").waitFor();
      for (int i = 0; i < PAINTS; i++) {
        window.navigate("about:blank");
        window.navigate(console.address() + "#/" + page);
        window.locator("main h1, main h2").first().waitFor();
        Object time =
            window.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime");
        millis[i] = ((Number) time).doubleValue();
      }
    }
    return spread(millis);
  }

  /** Processor time of this process with somebody who looks and with nobody, in turns. */
  private void processor(Mounted console) throws Exception {
    double[] alone = new double[ROUNDS];
    double[] watched = new double[ROUNDS];
    Client client = new Client(console);
    share();
    for (int i = 0; i < ROUNDS; i++) {
      alone[i] = share();
      try (InputStream events = client.stream(
              "api/stream?overview=changes", Client.bearer(Client.TOKEN))
          .body()) {
        Thread viewer = new Thread(() -> drain(events), "viewer");
        viewer.setDaemon(true);
        viewer.start();
        watched[i] = share();
      }
    }
    say("processor with nobody looking, %% of one core: %s", spread(alone));
    say("processor with one viewer, %% of one core: %s", spread(watched));
    say("sent to the viewer, KB a second: %.1f", viewed.sum() / 1e3 / ROUNDS / PHASE.toSeconds());
  }

  private static double share() throws InterruptedException {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long start = System.nanoTime();
    long used = system.getProcessCpuTime();
    // The phase is the measure: nothing is waited for.
    new CountDownLatch(1).await(PHASE.toMillis(), TimeUnit.MILLISECONDS);
    return 100.0 * (system.getProcessCpuTime() - used) / (System.nanoTime() - start);
  }

  private void drain(InputStream events) {
    byte[] some = new byte[8_192];
    try {
      for (int length = events.read(some); length >= 0; length = events.read(some)) {
        viewed.add(length);
      }
    } catch (java.io.IOException closed) {
      // Closed by the other thread, as meant.
    }
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static String spread(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return String.format(
        Locale.ROOT,
        "median %.1f (%.1f to %.1f)",
        sorted[sorted.length / 2],
        sorted[0],
        sorted[sorted.length - 1]);
  }

  private static void say(String form, Object... values) {
    System.out.printf(Locale.ROOT, form + "%n", values);
  }
}
