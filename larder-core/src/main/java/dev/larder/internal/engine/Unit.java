package dev.larder.internal.engine;

import dev.larder.Acknowledgement;
import dev.larder.UnitOfWork;
import dev.larder.internal.load.LoadState;
import dev.larder.internal.node.Mark;
import dev.larder.internal.node.Moment;
import dev.larder.key.SlotKey;
import dev.larder.log.Change;
import dev.larder.log.Outbox;
import dev.larder.log.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What a transaction has gathered. */
final class Unit implements UnitOfWork {

  private final NodeContext runtime;
  private final Moment began;

  /** What commit will invalidate. */
  private final Set<Target> targets = new LinkedHashSet<>();

  private final Set<String> causes = new LinkedHashSet<>();

  /** What reads go round: as {@link #targets}, but a savepoint takes nothing away. */
  private final Set<Target> touched = new HashSet<>();

  private final Map<String, Put> puts = new LinkedHashMap<>();
  private @Nullable List<Change> written;
  private @Nullable Outbox outbox;
  private boolean isBlind;
  private boolean isEnded;
  private @Nullable Unit below;

  /** The load that it began in: those inside of it are the unit's own. */
  private final @Nullable LoadState around = LoadState.current();

  /** A value that waits for the commit. */
  interface Put {

    /** The value. */
    @Nullable Object value();

    /** Stores it and lets every node know. */
    CompletionStage<Acknowledgement> commit();

    /** Gives up. */
    void release();
  }

  private record Savepoint(Set<Target> targets, Map<String, Put> puts) {}

  Unit(NodeContext runtime) {
    this.runtime = runtime;
    this.began = runtime.node().now();
  }

  @Nullable Unit below() {
    return below;
  }

  void setBelow(@Nullable Unit below) {
    this.below = below;
  }

  /** What its loads are as of. */
  Moment began() {
    return began;
  }

  // ---- gathering

  Acknowledgement add(Collection<Target> more, String cause) {
    checkOpen();
    targets.addAll(more);
    touched.addAll(more);
    causes.add(cause);
    LoadState.refuse(around);
    return new Acknowledgement.Pending();
  }

  Acknowledgement add(SlotKey slot, Put put) {
    checkOpen();
    touched.add(Target.key(slot.slot()));
    LoadState.refuse(around);
    Put older = puts.put(slot.slot(), put);
    if (older != null) {
      older.release();
    }
    return new Acknowledgement.Pending();
  }

  private void checkOpen() {
    if (written != null) {
      throw new IllegalStateException(
          "the unit of work was written to the outbox already; it can take no more");
    }
  }

  // ---- reading

  @Override
  public boolean isTouched() {
    return isBlind || !touched.isEmpty();
  }

  /** A value put in this unit, or null. One that was invalidated afterwards is not given. */
  @Nullable Put put(SlotKey slot) {
    return isBlind || targets.contains(Target.key(slot.slot())) ? null : puts.get(slot.slot());
  }

  /** Whether nothing under this key may be read from the caches, whatever its tags. */
  boolean covers(SlotKey slot, Target cache) {
    return isBlind
        || touched.contains(Target.ALL)
        || touched.contains(cache)
        || touched.contains(Target.key(slot.slot()))
        || slot.prefixes().stream().anyMatch(prefix -> touched.contains(Target.prefix(prefix)));
  }

  /** Whether an entry with these marks may not be read. */
  boolean covers(Mark[] marks) {
    for (Mark mark : marks) {
      if (touched.contains(mark.target())) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void touch() {
    isBlind = true;
    LoadState.refuse(around);
  }

  // ---- the end

  private List<Change> changes(Set<Target> all) {
    List<Target> list = new ArrayList<>(all);
    List<Change> changes = new ArrayList<>();
    for (int from = 0; from < list.size(); from += Change.MAX_TARGETS) {
      changes.add(new Change(
          Change.newNonce(false),
          list.subList(from, Math.min(list.size(), from + Change.MAX_TARGETS)),
          runtime.nodeId(),
          String.join(", ", causes),
          runtime.time().millis()));
    }
    return changes;
  }

  @Override
  public void write(Outbox to, Connection connection) throws SQLException {
    checkOpen();
    Set<Target> all = everything();
    if (all.isEmpty()) {
      return;
    }
    causes.add("outbox");
    List<Change> changes = changes(all);
    for (Change change : changes) {
      to.write(connection, change);
    }
    written = changes;
    outbox = to;
  }

  @Override
  public Optional<Acknowledgement> commit() {
    if (!end()) {
      return Optional.empty();
    }
    Acknowledgement done = null;
    Outbox from = outbox;
    if (written != null && from != null) {
      // The outbox has the keys of what was put too, and whoever relays them empties their slots: a
      // value stored now would not stay.
      puts.values().forEach(Put::release);
      for (Change change : written) {
        done = worse(done, Futures.join(runtime.invalidator().committed(change, from)));
      }
      return Optional.ofNullable(done);
    }
    for (Change change : changes(targets)) {
      done = worse(done, Futures.join(runtime.invalidator().invalidate(change)));
    }
    for (Map.Entry<String, Put> put : puts.entrySet()) {
      if (targets.contains(Target.key(put.getKey()))) {
        put.getValue().release();
      } else {
        done = worse(done, Futures.join(put.getValue().commit()));
      }
    }
    return Optional.ofNullable(done);
  }

  /** One part that waits makes the whole wait. */
  private static Acknowledgement worse(@Nullable Acknowledgement first, Acknowledgement second) {
    return first instanceof Acknowledgement.Deferred
            && !(second instanceof Acknowledgement.Deferred)
        ? first
        : second;
  }

  @Override
  public Optional<Acknowledgement> endUnknown() {
    if (!end()) {
      return Optional.empty();
    }
    Set<Target> all = everything();
    puts.values().forEach(Put::release);
    Acknowledgement done = null;
    for (Change change : changes(all)) {
      done = worse(done, Futures.join(runtime.invalidator().invalidate(change)));
    }
    return Optional.ofNullable(done);
  }

  private Set<Target> everything() {
    Set<Target> all = new LinkedHashSet<>(targets);
    puts.keySet().forEach(slot -> all.add(Target.key(slot)));
    return all;
  }

  @Override
  public void rollback() {
    if (end()) {
      puts.values().forEach(Put::release);
    }
  }

  private boolean end() {
    runtime.units().unbind(this);
    boolean isFirst = !isEnded;
    isEnded = true;
    return isFirst;
  }

  @Override
  public void suspend() {
    runtime.units().unbind(this);
  }

  @Override
  public void resume() {
    if (!isEnded) {
      runtime.units().bind(this);
    }
  }

  @Override
  public Object savepoint() {
    return new Savepoint(new LinkedHashSet<>(targets), new LinkedHashMap<>(puts));
  }

  @Override
  public void rollbackTo(Object savepoint) {
    if (!(savepoint instanceof Savepoint point)) {
      throw new IllegalArgumentException("savepoint: not one of a unit of work");
    }
    targets.retainAll(point.targets());
    puts.forEach((slot, put) -> {
      if (!put.equals(point.puts().get(slot))) {
        put.release();
      }
    });
    puts.entrySet().removeIf(put -> !put.getValue().equals(point.puts().get(put.getKey())));
  }
}
