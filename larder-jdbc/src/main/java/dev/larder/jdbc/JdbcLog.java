package dev.larder.jdbc;

import dev.larder.log.Change;
import dev.larder.log.LogLostException;
import dev.larder.log.LogRecord;
import dev.larder.log.OriginLog;
import dev.larder.log.Position;
import dev.larder.log.Tail;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Records in a table.
 *
 * <p>Positions are given by one function of the server, under a lock of its own that lives as long as
 * its transaction: they follow the order of commits, and a reader that sees a position sees all
 * before it. Appending deletes the slots of the change's keys in the same transaction.
 */
final class JdbcLog implements OriginLog, AutoCloseable {

  private final Database database;
  private final LogTable table;
  private final Calls calls;
  private final Appender appender;
  private final Listener listener;

  /** Whether somebody forwards records; before the first sign of it nobody is known to. */
  private volatile boolean forwarding;

  JdbcLog(Database database, LogTable table, Calls calls, Duration timeout, boolean forwarding) {
    this.database = database;
    this.table = table;
    this.calls = calls;
    this.forwarding = forwarding;
    appender = new Appender(database, table, calls, timeout);
    listener = new Listener(database, table, calls, timeout, Listener.READ_AGAIN_MILLIS);
  }

  @Override
  public String name() {
    return Database.NAME;
  }

  @Override
  public CompletionStage<Tail> tail() {
    return call(table::tail);
  }

  @Override
  public CompletionStage<Tail> openEpoch(
      @Nullable Position seen, long seenNonce, long epoch, long nonce) {
    if (epoch < 1 || (seen != null && epoch <= seen.epoch())) {
      return CompletableFuture.failedFuture(new IllegalArgumentException("epoch: " + epoch
          + (seen == null ? " is not 1 or greater" : " is not greater than that of " + seen)));
    }
    return call(session -> table.openEpoch(session, seen, seenNonce, epoch, nonce));
  }

  /** {@inheritDoc} Changes of many threads share transactions. */
  @Override
  public CompletionStage<LogRecord> append(Change change, Duration markerLife) {
    return appender.append(change, markerLife);
  }

  @Override
  public CompletionStage<List<LogRecord>> read(@Nullable Position after, int limit) {
    return limit < 1 ? wrongLimit(limit) : call(session -> table.read(session, after, limit));
  }

  @Override
  public CompletionStage<List<LogRecord>> await(Position after, int limit, Duration wait) {
    return limit < 1 ? wrongLimit(limit) : listener.await(after, limit, wait);
  }

  @Override
  public CompletionStage<Map<String, Position>> markers(Collection<String> names) {
    List<String> asked = List.copyOf(names);
    return call(session -> table.markers(session, asked));
  }

  /** {@inheritDoc} Fails with {@link LogLostException} if there is no tail to create one at. */
  @Override
  public CompletionStage<Void> holdMarkers(Collection<String> names, Duration life) {
    List<String> wanted = List.copyOf(names);
    return this.<Integer>call(session -> {
          int held = table.holdMarkers(session, wanted, life);
          if (held == 0 && !wanted.isEmpty()) {
            throw new LogLostException(Database.NAME);
          }
          return held;
        })
        .thenAccept(held -> {});
  }

  @Override
  public CompletionStage<List<LogRecord>> unforwarded(long minAgeMillis, int limit) {
    forwarding = true;
    return limit < 1
        ? wrongLimit(limit)
        : call(session -> table.unforwarded(session, minAgeMillis, limit));
  }

  @Override
  public CompletionStage<Void> markForwarded(Collection<Long> nonces) {
    List<Long> marked = List.copyOf(nonces);
    forwarding = true;
    return call(session -> table.markForwarded(session, marked)).thenAccept(count -> {});
  }

  /** Relays what waits in the outbox, and looks for a record by its nonce. */
  CompletionStage<Optional<LogRecord>> relay(long nonce) {
    return appender.relay(nonce);
  }

  /** Whether records have to be kept until they are marked as forwarded. */
  boolean isForwarding() {
    return forwarding;
  }

  @Override
  public void close() {
    listener.close();
  }

  private <T> CompletionStage<T> call(Database.Work<T> work) {
    return calls.submit(() -> database.call(work));
  }

  private static CompletionStage<List<LogRecord>> wrongLimit(int limit) {
    return CompletableFuture.failedFuture(
        new IllegalArgumentException("limit: " + limit + " is not 1 or greater"));
  }
}
