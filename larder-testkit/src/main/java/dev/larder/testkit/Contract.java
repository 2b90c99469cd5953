package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.log.Change;
import dev.larder.log.InvalidationLog;
import dev.larder.log.LogRecord;
import dev.larder.log.Position;
import dev.larder.log.Tail;
import dev.larder.log.Target;
import dev.larder.tier.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What all contract tests share: the store under test, its time, and how to wait for it. */
abstract class Contract {

  /** A life that no test outlives. */
  static final Duration LONG = Duration.ofHours(1);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<Store> opened = new ArrayList<>();
  private final String prefix = "ct" + UUID.randomUUID().toString().replace("-", "");
  private StoreFixture fixture;
  private Store store;

  /** For subclasses; JUnit makes one instance a test. */
  @SuppressWarnings("NullAway.Init")
  Contract() {}

  /** The store under test. Called once a test. */
  protected abstract StoreFixture fixture();

  @BeforeEach
  final void openStore() {
    fixture = fixture();
    store = anotherNode();
  }

  @AfterEach
  final void closeStores() {
    opened.forEach(Store::close);
  }

  final Store store() {
    return store;
  }

  final InvalidationLog log() {
    return store.log();
  }

  /** A store for the same slots and log. */
  final Store anotherNode() {
    return open(prefix);
  }

  /** A store for other slots and another log in the same server. */
  final Store stranger() {
    return open(prefix + "x");
  }

  private Store open(String keyPrefix) {
    Store another = fixture.open(keyPrefix);
    opened.add(another);
    return another;
  }

  /** A slot key of the given ending. */
  final String key(String ending) {
    return prefix + ':' + fixture.cache(ending) + ":v1:" + ending;
  }

  final String keyPrefix() {
    return prefix;
  }

  final Duration shortLife() {
    return fixture.shortLife();
  }

  /** Texts that a store might garble. */
  final Stream<String> hostileTexts() {
    return Stream.of(
            " ",
            " leading and trailing ",
            "line\nfeed",
            "\r\n",
            "\n",
            "back\\slash",
            "\\n",
            "\\",
            "\"double\"",
            "'single'",
            "';--",
            "{hash}tag",
            "a:b::c",
            "%_*?[a-z]^",
            "$1 :name ? ${x}",
            "tab\t",
            "nul\u0000nul",
            "\u0001\u007f",
            "zażółć ✓",
            "\ud83e\udd6b",
            "\u2028\u0085",
            "e\u0301",
            "x".repeat(500))
        .filter(text -> fixture.storesNul() || text.indexOf('\0') < 0);
  }

  /** A nonce that is not 0. */
  static long nonce() {
    long nonce;
    do {
      nonce = ThreadLocalRandom.current().nextLong();
    } while (nonce == 0);
    return nonce;
  }

  static Change change(Target... targets) {
    return new Change(nonce(), List.of(targets), "node-1", "test", 1_750_000_000_000L);
  }

  /** Opens the log's first epoch. Its opening record's position. */
  final Position opened() {
    Tail tail = get(log().openEpoch(null, 0, 7, nonce()));
    assertThat(tail.position()).isEqualTo(new Position(log().name(), 7, 0));
    return position(tail);
  }

  static Position position(Tail tail) {
    Position position = tail.position();
    if (position == null) {
      throw new AssertionError("the log has no tail");
    }
    return position;
  }

  final LogRecord append(Target... targets) {
    return get(log().append(change(targets), LONG));
  }

  /** The outcome of a stage; a failure is thrown as it is. */
  static <T> T get(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new AssertionError("the stage failed", e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("no answer in " + PATIENCE, e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** What a map has for a key; it must have something. */
  static <K, V> V at(Map<K, V> map, K key) {
    V value = map.get(key);
    if (value == null) {
      throw new AssertionError("nothing for " + key + " among " + map.keySet());
    }
    return value;
  }

  static boolean isDone(CompletionStage<?> stage) {
    return stage.toCompletableFuture().isDone();
  }

  /** Lets a life pass, and waits until the condition holds. */
  final void eventually(Duration life, BooleanSupplier condition) {
    fixture.pass(life);
    patiently().until(condition::getAsBoolean);
  }

  /** Waits until the store's clock has moved on by at least the given time. */
  final void elapse(Duration time) {
    long from = get(log().tail()).storeMillis();
    fixture.pass(time);
    patiently().until(() -> get(log().tail()).storeMillis() - from >= time.toMillis());
  }

  private static ConditionFactory patiently() {
    return Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10));
  }

  /** Runs a call on many threads at one moment. What each got. */
  static <T> List<T> race(int threads, IntFunction<CompletionStage<T>> call) {
    return inParallel(threads, i -> () -> get(call.apply(i)));
  }

  /** One thread's part in one round of a race. */
  interface Racer<T> {
    CompletionStage<T> run(int round, int racer);
  }

  /**
   * Runs a race many times over; the threads spin into each round together, so that also races of a
   * few nanoseconds are met. What each got, by round.
   */
  static <T> List<List<T>> races(int rounds, int threads, Racer<T> racer) {
    AtomicInteger arrivals = new AtomicInteger();
    List<List<T>> byThread = inParallel(threads, i -> () -> {
      try {
        List<T> mine = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
          arrivals.incrementAndGet();
          for (int spins = 0; arrivals.get() < (round + 1) * threads; spins++) {
            if (spins < 1_000) {
              Thread.onSpinWait();
            } else {
              // The others have no processor: spinning on would keep them from one.
              LockSupport.parkNanos(1_000);
            }
          }
          mine.add(get(racer.run(round, i)));
        }
        return mine;
      } catch (RuntimeException | AssertionError failure) {
        // Nobody may wait for this thread any more.
        arrivals.set(Integer.MAX_VALUE / 2);
        throw failure;
      }
    });
    List<List<T>> byRound = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      int number = round;
      byRound.add(byThread.stream().map(results -> results.get(number)).toList());
    }
    return byRound;
  }

  /** Runs tasks on a thread each, begun at one moment. What each gave. */
  static <T> List<T> inParallel(int threads, IntFunction<Callable<T>> task) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CountDownLatch ready = new CountDownLatch(threads);
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        Callable<T> mine = task.apply(i);
        running.add(pool.submit(() -> {
          ready.countDown();
          ready.await();
          return mine.call();
        }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> run : running) {
        results.add(run.get(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
      }
      return results;
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("a thread of the race failed", e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    } finally {
      pool.shutdownNow();
    }
  }
}
