package dev.larder.jdbc;

import dev.larder.log.LogRecord;
import dev.larder.log.Position;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The follower's wait, on one thread and one connection of its own.
 *
 * <p>An announcement only wakes: what stands behind the position is always read from the table. So a
 * lost announcement costs time and nothing else: at most {@link #READ_AGAIN_MILLIS} or the rest of the
 * wait. The connection is kept between calls, listening, and dropped when it fails.
 */
final class Listener implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(Listener.class);

  /** How often the table is read in a long wait although nothing was announced. */
  static final long READ_AGAIN_MILLIS = 1_000;

  /** Longest that a closed store's thread stays in a wait. */
  private static final long SLICE_MILLIS = 200;

  private final Database database;
  private final LogTable table;
  private final Calls calls;
  private final Duration timeout;
  private final long readAgainMillis;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ThreadPoolExecutor thread;

  /** Of the thread alone. */
  private @Nullable Listening listening;

  /** A listener that reads the table this often although nothing was announced. */
  Listener(Database database, LogTable table, Calls calls, Duration timeout, long readAgainMillis) {
    this.database = database;
    this.table = table;
    this.calls = calls;
    this.timeout = timeout;
    this.readAgainMillis = readAgainMillis;
    thread = new ThreadPoolExecutor(
        1, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), Calls.threads("larder-jdbc-await"));
    thread.allowCoreThreadTimeOut(true);
  }

  private record Listening(Session session, Wake wake) {}

  CompletionStage<List<LogRecord>> await(Position after, int limit, Duration wait) {
    long waitMillis = wait.isNegative() || wait.isZero() ? 0 : Lives.millis(wait);
    CompletableFuture<List<LogRecord>> answer =
        calls.expiring(timeout.plus(Duration.ofMillis(waitMillis)));
    try {
      thread.execute(() -> Calls.complete(answer, () -> awaitNow(after, limit, waitMillis)));
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(calls.refused(e));
    }
    return answer;
  }

  private List<LogRecord> awaitNow(Position after, int limit, long waitMillis)
      throws InterruptedException {
    long begun = System.nanoTime();
    try {
      Listening now = listening();
      while (true) {
        // In this order: what is announced during the read is still there for the wait.
        now.wake.forget();
        List<LogRecord> records = table.read(now.session, after, limit);
        long left = waitMillis - millisSince(begun);
        if (!records.isEmpty() || left <= 0 || isClosed()) {
          return records;
        }
        sleep(now.wake, Math.min(left, readAgainMillis));
      }
    } catch (SQLException e) {
      drop();
      throw database.translate(e);
    }
  }

  private void sleep(Wake wake, long millis) throws SQLException, InterruptedException {
    long begun = System.nanoTime();
    for (long left = millis; left > 0 && !isClosed(); left = millis - millisSince(begun)) {
      if (wake.await(Math.min(left, SLICE_MILLIS))) {
        return;
      }
    }
  }

  private Listening listening() throws SQLException {
    Listening kept = listening;
    if (kept != null) {
      return kept;
    }
    Session session = database.open();
    try {
      Wake announced = hasDriver() ? PostgresWake.listen(session, table.channel()) : null;
      Listening now = new Listening(session, announced == null ? Wake.polling(closed) : announced);
      listening = now;
      return now;
    } catch (SQLException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private static boolean hasDriver() {
    try {
      Class.forName("org.postgresql.PGConnection", false, Listener.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private void drop() {
    Listening dropped = listening;
    listening = null;
    if (dropped != null) {
      try (Session session = dropped.session) {
        if (!session.connection().isClosed()) {
          dropped.wake.end();
        }
      } catch (SQLException e) {
        LOGGER.debug("a listening connection was closed: {}", e.getMessage());
      }
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }

  /** Ends a wait with what it has, and gives the connection back. */
  @Override
  public void close() {
    closed.countDown();
    if (!thread.isShutdown()) {
      thread.execute(this::drop);
      thread.shutdown();
    }
    Calls.awaitEnd(thread, timeout);
  }
}
