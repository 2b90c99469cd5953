package dev.larder.jdbc;

import dev.larder.log.Change;
import dev.larder.log.LogRecord;
import dev.larder.log.Position;
import dev.larder.log.Tail;
import dev.larder.log.Target;
import dev.larder.tier.Tier.Fill;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** A database for each class, a key prefix for each test, and how to wait. */
abstract class PostgresTest {

  static final Duration LONG = Duration.ofHours(1);

  /** Longer than any test: only a record ends such a wait. */
  static final Duration ENDLESS = Duration.ofMinutes(5);

  static PostgresDatabase database;

  final String prefix = "it" + UUID.randomUUID().toString().replace("-", "");
  // Tasks of one test open stores at the same time.
  private final List<AutoCloseable> opened = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void createDatabase() {
    database = PostgresDatabase.create();
  }

  @AfterAll
  static void closeDatabase() {
    database.close();
  }

  @AfterEach
  void closeAll() throws Exception {
    for (int i = opened.size() - 1; i >= 0; i--) {
      opened.get(i).close();
    }
  }

  /** Closes something when the test ends. */
  final <T extends AutoCloseable> T closing(T opening) {
    opened.add(opening);
    return opening;
  }

  /** A store that relays only when it is told. */
  final JdbcStore quietStore() {
    return closing(database.builder(prefix).relayEvery(Duration.ZERO).build());
  }

  final JdbcStore store() {
    return closing(database.builder(prefix).build());
  }

  /** Opens the first epoch. */
  static Position open(JdbcStore store) {
    return position(get(store.log().openEpoch(null, 0, 7, nonce())));
  }

  static Position position(Tail tail) {
    Position position = tail.position();
    if (position == null) {
      throw new AssertionError("the log has no tail");
    }
    return position;
  }

  final String key(String ending) {
    return prefix + ":test:v1:" + ending;
  }

  static Change change(Target... targets) {
    return new Change(nonce(), List.of(targets), "node-1", "test", 1_750_000_000_000L);
  }

  static Fill fill(long nonce, String body) {
    return new Fill(nonce, body.getBytes(StandardCharsets.UTF_8), LONG);
  }

  static long nonce() {
    return ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
  }

  static List<Long> nonces(List<LogRecord> records) {
    return records.stream().map(LogRecord::nonce).toList();
  }

  /** The outcome of a stage; a failure is thrown as it is. */
  static <T> T get(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new AssertionError("the stage failed", e.getCause());
    } catch (Exception e) {
      throw new AssertionError("no answer", e);
    }
  }

  static ConditionFactory patiently() {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .ignoreExceptions();
  }

  /** Waits until so many connections of the database wait for a lock. */
  static void awaitBlocked(int connections) {
    awaitBlocked(database, connections);
  }

  static void awaitBlocked(PostgresDatabase in, int connections) {
    patiently().until(() -> blocked(in) >= connections);
  }

  private static long blocked(PostgresDatabase in) throws SQLException {
    return in.number("SELECT count(*) FROM pg_stat_activity"
        + " WHERE datname = current_database() AND wait_event_type = 'Lock'");
  }

  /** Runs tasks on a thread each, begun at one moment. What each gave. */
  static <T> List<T> inParallel(int threads, IntFunction<Callable<T>> task) throws Exception {
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
        results.add(run.get(60, TimeUnit.SECONDS));
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }
}
