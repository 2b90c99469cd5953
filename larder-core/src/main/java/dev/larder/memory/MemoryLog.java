package dev.larder.memory;

import dev.larder.log.Change;
import dev.larder.log.InvalidationLog;
import dev.larder.log.LogLostException;
import dev.larder.log.LogRecord;
import dev.larder.log.Position;
import dev.larder.log.Tail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Records in a sorted map, markers in a hash map, both behind one lock.
 *
 * <p>Waiters complete outside the lock, on the thread that appended: their dependents may call the
 * log again, and may take locks of their own.
 */
class MemoryLog implements InvalidationLog {

  private static final Comparator<Position> ORDER =
      Comparator.comparingLong(Position::epoch).thenComparingLong(Position::sequence);

  /** Markers are swept for dead ones when they have doubled, but not below this. */
  private static final int LEAST_SWEPT = 1_024;

  private final String name;
  private final Lifetime lifetime;
  private final int retainedRecords;

  private final ReentrantLock lock = new ReentrantLock();
  private final NavigableMap<Position, LogRecord> records = new TreeMap<>(ORDER);
  private final Map<String, Marker> markers = new HashMap<>();
  private List<Waiter> waiters = new ArrayList<>();
  private int sweepAt = LEAST_SWEPT;

  MemoryLog(String name, Lifetime lifetime, int retainedRecords) {
    this.name = name;
    this.lifetime = lifetime;
    this.retainedRecords = retainedRecords;
  }

  private record Marker(Position position, long untilMillis) {}

  /** Somebody who waits for records behind a position. */
  private static final class Waiter {
    final Position after;
    final int limit;
    final CompletableFuture<List<LogRecord>> records = new CompletableFuture<>();

    /** Guarded by the lock. */
    boolean gaveUp;

    /** Ends the wait. Unset for a moment after the waiter is listed; it then runs in vain. */
    volatile @Nullable Future<?> timer;

    Waiter(Position after, int limit) {
      this.after = after;
      this.limit = limit;
    }

    void complete(List<LogRecord> found) {
      Future<?> running = timer;
      if (running != null) {
        running.cancel(false);
      }
      records.complete(found);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public CompletionStage<Tail> tail() {
    return locked(this::tailNow);
  }

  @Override
  public CompletionStage<Tail> openEpoch(
      @Nullable Position seen, long seenNonce, long epoch, long nonce) {
    CompletionStage<Tail> after = locked(() -> {
      if (seen != null && epoch <= seen.epoch()) {
        throw new IllegalArgumentException(
            "epoch: " + epoch + " is not greater than that of " + seen);
      }
      Tail tail = tailNow();
      boolean same = seen == null
          ? !tail.isPresent()
          : seen.equals(tail.position()) && seenNonce == tail.nonce();
      if (!same) {
        return tail;
      }
      Change opening = new Change(nonce, List.of(), name, "epoch", lifetime.now());
      add(new LogRecord(new Position(name, epoch, 0), 0, opening, false));
      return tailNow();
    });
    wakeWaiters();
    return after;
  }

  @Override
  public CompletionStage<LogRecord> append(Change change, Duration markerLife) {
    CompletionStage<LogRecord> appended = locked(() -> {
      Map.Entry<Position, LogRecord> last = records.lastEntry();
      if (last == null) {
        throw new LogLostException(name);
      }
      LogRecord record =
          new LogRecord(last.getKey().next(), last.getValue().nonce(), change, false);
      add(record);
      long until = lifetime.until(markerLife);
      for (String marker : change.markers()) {
        setMarker(marker, record.position(), until);
      }
      return record;
    });
    wakeWaiters();
    return appended;
  }

  @Override
  public CompletionStage<List<LogRecord>> read(@Nullable Position after, int limit) {
    return locked(() -> behind(after, limit));
  }

  @Override
  public CompletionStage<List<LogRecord>> await(Position after, int limit, Duration wait) {
    Waiter waiter = new Waiter(after, limit);
    CompletionStage<List<LogRecord>> found = locked(() -> {
          List<LogRecord> behind = behind(after, limit);
          if (behind.isEmpty() && !wait.isNegative() && !wait.isZero()) {
            waiters.add(waiter);
            return waiter.records;
          }
          return CompletableFuture.completedFuture(behind);
        })
        .thenCompose(records -> records);
    if (!waiter.records.isDone() && !found.toCompletableFuture().isDone()) {
      Future<?> timer = lifetime.after(wait, () -> giveUp(waiter));
      if (timer == null) {
        giveUp(waiter);
      } else {
        waiter.timer = timer;
      }
    }
    return found;
  }

  @Override
  public CompletionStage<Map<String, Position>> markers(Collection<String> names) {
    return locked(() -> {
      long now = lifetime.now();
      Map<String, Position> found = new HashMap<>();
      for (String marker : names) {
        Marker kept = markers.get(marker);
        if (kept != null && kept.untilMillis() > now) {
          found.put(marker, kept.position());
        }
      }
      return found;
    });
  }

  /** {@inheritDoc} Fails with {@link LogLostException} if there is no tail to create one at. */
  @Override
  public CompletionStage<Void> holdMarkers(Collection<String> names, Duration life) {
    return locked(() -> {
          if (records.isEmpty()) {
            throw new LogLostException(name);
          }
          long now = lifetime.now();
          for (String marker : names) {
            Marker kept = markers.get(marker);
            Position position =
                kept != null && kept.untilMillis() > now ? kept.position() : records.lastKey();
            setMarker(marker, position, lifetime.until(life));
          }
          return names;
        })
        .thenAccept(done -> {});
  }

  final void clear() {
    List<Waiter> ended;
    lock.lock();
    try {
      records.clear();
      markers.clear();
      cleared();
      ended = waiters;
      waiters = new ArrayList<>();
    } finally {
      lock.unlock();
    }
    ended.forEach(waiter -> waiter.complete(List.of()));
  }

  /** Runs a call under the lock, and gives its outcome as a stage. */
  final <T> CompletionStage<T> locked(Supplier<T> call) {
    return lifetime.answer(() -> {
      lock.lock();
      try {
        return call.get();
      } finally {
        lock.unlock();
      }
    });
  }

  /** Called under the lock for each record that comes in. */
  void added(LogRecord record) {}

  /** Called under the lock when all is forgotten. */
  void cleared() {}

  /** Replaces a record that is still kept. Called under the lock. */
  final void replace(LogRecord record) {
    records.computeIfPresent(record.position(), (position, old) -> record);
  }

  private void add(LogRecord record) {
    records.put(record.position(), record);
    added(record);
    if (records.size() > retainedRecords) {
      records.pollFirstEntry();
    }
  }

  private Tail tailNow() {
    Map.Entry<Position, LogRecord> last = records.lastEntry();
    return last == null
        ? new Tail(null, 0, lifetime.now())
        : new Tail(last.getKey(), last.getValue().nonce(), lifetime.now());
  }

  private List<LogRecord> behind(@Nullable Position after, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit: " + limit + " is not 1 or greater");
    }
    return (after == null ? records : records.tailMap(after, false))
        .values().stream().limit(limit).toList();
  }

  private void setMarker(String marker, Position position, long untilMillis) {
    Marker kept = markers.get(marker);
    // Never shortened: an entry filled under the longer life may still lean on it.
    long until = kept == null ? untilMillis : Math.max(untilMillis, kept.untilMillis());
    markers.put(marker, new Marker(position, until));
    if (markers.size() > sweepAt) {
      long now = lifetime.now();
      markers.values().removeIf(dead -> dead.untilMillis() <= now);
      sweepAt = Math.max(LEAST_SWEPT, markers.size() * 2);
    }
  }

  private void wakeWaiters() {
    List<Waiter> woken;
    lock.lock();
    try {
      if (waiters.isEmpty()) {
        return;
      }
      woken = waiters;
      waiters = new ArrayList<>();
    } finally {
      lock.unlock();
    }
    for (Waiter waiter : woken) {
      List<LogRecord> found;
      lock.lock();
      try {
        found = behind(waiter.after, waiter.limit);
        if (found.isEmpty() && !waiter.gaveUp) {
          waiters.add(waiter);
        }
      } finally {
        lock.unlock();
      }
      if (!found.isEmpty()) {
        waiter.complete(found);
      }
    }
  }

  private void giveUp(Waiter waiter) {
    lock.lock();
    try {
      waiter.gaveUp = true;
      waiters.remove(waiter);
    } finally {
      lock.unlock();
    }
    waiter.complete(List.of());
  }
}
