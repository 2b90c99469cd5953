package dev.larder.jdbc;

import dev.larder.TierUnavailableException;
import dev.larder.jdbc.LogTable.Addition;
import dev.larder.jdbc.LogTable.Advance;
import dev.larder.log.Change;
import dev.larder.log.LogRecord;
import dev.larder.log.Position;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Brings the changes of one process into the log, one transaction after the other.
 *
 * <p>Changes that come in while a transaction runs go together into the next. So a process never
 * waits for the log's lock with more than one thread, and many invalidations at once cost a few
 * commits. Stages complete after the next transaction has been handed to the pool: what depends on
 * them holds nobody up. Safe for use by many threads.
 */
final class Appender {

  private static final int MOST_WAITING = 10_000;
  private static final int BATCH = 256;
  private static final int BATCH_TARGETS = 20_000;

  private final Database database;
  private final LogTable table;
  private final Calls calls;
  private final Duration timeout;

  private final Queue<Item> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private final AtomicBoolean busy = new AtomicBoolean();

  Appender(Database database, LogTable table, Calls calls, Duration timeout) {
    this.database = database;
    this.table = table;
    this.calls = calls;
    this.timeout = timeout;
  }

  /** A change to append, or a nonce whose record is wanted once the outbox has been relayed. */
  private record Item(
      @Nullable Addition addition, long nonce, CompletableFuture<Optional<LogRecord>> answer) {

    int targets() {
      return addition == null ? 0 : addition.change().targets().size();
    }
  }

  CompletableFuture<LogRecord> append(Change change, Duration markerLife) {
    return add(new Addition(change, markerLife), change.nonce())
        .thenApply(record -> record.orElseThrow(
            () -> new IllegalStateException("an appended change has no record")));
  }

  /** Relays the outbox, then looks for a record among the newest 10,000. */
  CompletableFuture<Optional<LogRecord>> relay(long nonce) {
    return add(null, nonce);
  }

  private CompletableFuture<Optional<LogRecord>> add(@Nullable Addition addition, long nonce) {
    Item item = new Item(addition, nonce, calls.expiring(timeout));
    if (size.incrementAndGet() > MOST_WAITING) {
      size.decrementAndGet();
      item.answer.completeExceptionally(new TierUnavailableException(
          Database.NAME + ": " + MOST_WAITING + " changes are waiting already"));
      return item.answer;
    }
    waiting.add(item);
    begin();
    return item.answer;
  }

  private void begin() {
    if (waiting.isEmpty() || !busy.compareAndSet(false, true)) {
      return;
    }
    try {
      calls.execute(this::run);
    } catch (RejectedExecutionException e) {
      busy.set(false);
      for (Item item = poll(); item != null; item = poll()) {
        item.answer.completeExceptionally(calls.refused(e));
      }
    }
  }

  private void run() {
    List<Item> batch = new ArrayList<>();
    List<Runnable> completions;
    try {
      int targets = 0;
      for (Item item = poll(); item != null; item = poll()) {
        // One that has run out was reported as failed; its caller may be at it again.
        if (!item.answer.isDone()) {
          batch.add(item);
          targets += item.targets();
        }
        if (batch.size() == BATCH || targets >= BATCH_TARGETS) {
          break;
        }
      }
      completions = batch.isEmpty() ? List.of() : advance(batch);
    } catch (Throwable e) {
      completions = failures(batch, e);
    } finally {
      busy.set(false);
    }
    begin();
    completions.forEach(Runnable::run);
  }

  private @Nullable Item poll() {
    Item item = waiting.poll();
    if (item != null) {
      size.decrementAndGet();
    }
    return item;
  }

  /** Does one transaction (more if much waits in the outbox), and says how to answer. */
  private List<Runnable> advance(List<Item> batch) {
    try (Session session = database.open()) {
      return advance(session, batch);
    } catch (SQLException e) {
      if (batch.size() > 1 && Database.isDataError(e)) {
        // One of them has characters that the database's encoding lacks, say; the others have not.
        List<Runnable> completions = new ArrayList<>();
        batch.forEach(item -> completions.addAll(advance(List.of(item))));
        return completions;
      }
      return failures(batch, database.translate(e));
    }
  }

  private List<Runnable> advance(Session session, List<Item> batch) throws SQLException {
    List<Addition> additions = new ArrayList<>();
    List<Long> wanted = new ArrayList<>();
    for (Item item : batch) {
      if (item.addition != null) {
        additions.add(item.addition);
      } else {
        wanted.add(item.nonce);
      }
    }
    Advance before = table.advance(session, additions);
    while (!before.done()) {
      if (batch.stream().allMatch(item -> item.answer.isDone())) {
        return List.of();
      }
      before = table.advance(session, additions);
    }
    Map<Long, LogRecord> found = wanted.isEmpty() ? Map.of() : table.find(session, wanted);

    List<Runnable> completions = new ArrayList<>();
    Position position = LogTable.position(before.epoch(), before.sequence());
    long previousNonce = before.nonce();
    for (Item item : batch) {
      Optional<LogRecord> record;
      if (item.addition != null) {
        Change change = item.addition.change();
        position = position.next();
        record = Optional.of(new LogRecord(position, previousNonce, change, false));
        previousNonce = change.nonce();
      } else {
        record = Optional.ofNullable(found.get(item.nonce));
      }
      completions.add(() -> item.answer.complete(record));
    }
    return completions;
  }

  private static List<Runnable> failures(List<Item> batch, Throwable failure) {
    List<Runnable> completions = new ArrayList<>();
    batch.forEach(item -> completions.add(() -> item.answer.completeExceptionally(failure)));
    return completions;
  }
}
