package dev.larder.jdbc;

import dev.larder.log.LogLostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon of a store: relays what applications have committed to the outbox, whoever wrote it, and
 * does the {@link Upkeep} from time to time. One thread, one session at a time. Failures are logged,
 * once for each outage, and tried again.
 */
final class Relay implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(Relay.class);
  private static final long UPKEEP_MILLIS = 10_000;

  private final Database database;
  private final LogTable table;
  private final Upkeep upkeep;
  private final Duration timeout;
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, Calls.threads("larder-jdbc-relay"));

  /** Of the thread alone. */
  private boolean failing;

  Relay(Database database, LogTable table, Upkeep upkeep, Duration timeout) {
    this.database = database;
    this.table = table;
    this.upkeep = upkeep;
    this.timeout = timeout;
  }

  /** Starts; relays this often. */
  void start(Duration every) {
    long millis = Math.max(1, every.toMillis());
    Future<?> unused = thread.scheduleWithFixedDelay(
        () -> attempt("relay", this::relay), 0, millis, TimeUnit.MILLISECONDS);
    // Apart from other processes, which started at the same time perhaps.
    long first = ThreadLocalRandom.current().nextLong(UPKEEP_MILLIS / 2, UPKEEP_MILLIS);
    Future<?> unusedToo = thread.scheduleWithFixedDelay(
        () -> attempt("upkeep", upkeep), first, UPKEEP_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void relay() {
    database.<Boolean>call(session -> {
      if (table.isWaiting(session)) {
        while (!table.advance(session, List.of()).done()) {
          if (thread.isShutdown()) {
            return false;
          }
        }
      }
      return true;
    });
  }

  private void attempt(String what, Runnable task) {
    try {
      task.run();
      if (failing) {
        LOGGER.info("{}: works again", what);
      }
      failing = false;
    } catch (LogLostException e) {
      // The engine opens an epoch; until then the rows wait.
      LOGGER.debug("{}: {}", what, e.getMessage());
    } catch (RuntimeException e) {
      if (thread.isShutdown()) {
        // Interrupted by the end of the store.
        return;
      }
      if (failing) {
        LOGGER.debug("{} still fails: {}", what, e.getMessage());
      } else {
        LOGGER.warn("{} fails and is tried again: {}", what, e.getMessage());
      }
      failing = true;
    }
  }

  /** Ends after the round that is under way. */
  @Override
  public void close() {
    thread.shutdownNow();
    Calls.awaitEnd(thread, timeout);
  }
}
