package dev.larder.internal.node;

import dev.larder.log.Change;
import dev.larder.log.LogRecord;
import dev.larder.log.Position;
import dev.larder.log.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * This node's view of one or two invalidation logs.
 *
 * <p><b>Local sequence.</b> Each record is numbered when it is first met, from whichever log. L1
 * judges by these numbers alone, so positions of different stores are never compared. The order of
 * applying is: ring and marks, then removal from L1, then {@link #sequence} is published. A load
 * that begins in between takes the lower number and is judged too old, which is safe.
 *
 * <p><b>Nonces.</b> A change is written to both logs under one nonce. The second meeting gives it a
 * position in the second log and no new number.
 *
 * <p><b>Forgetting.</b> When a log proves broken, L1, ring and table of tags go together: {@link
 * #forget}. Loads under way carry a number from before and are stored nowhere.
 *
 * <p>Safe for many threads. Records are applied under one lock that never spans I/O or a loader.
 */
public final class Node {

  /** What must hear of applied records; called under the node's lock, must not block. */
  public interface Listener {
    /** A key was invalidated: its L1 entry, if older than {@code sequence}, has to go. */
    void onKey(String slot, long sequence);

    /** Everything was forgotten: L1 entries older than {@code sequence} have to go. */
    void onForget(long sequence);

    /** A change was applied for the first time. */
    default void onChange(Change change, @Nullable Position position) {}
  }

  private static final int MAX_SEEN = 200_000;
  private static final int MAX_ACKNOWLEDGED = 10_000;

  private final List<String> logs;
  private final int maxTags;
  private final int ringSize;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final LinkedHashMap<Long, Seen> seen = new LinkedHashMap<>();
  private final Reached[] reached;
  private final long[] followed;

  /** Nonces of own records that the follower has not come to yet, by sequence, for each log. */
  private final List<NavigableMap<Long, Long>> acknowledged = new ArrayList<>();

  private volatile Knowledge knowledge;
  private volatile long sequence = 1;
  private volatile boolean mustSettle = true;

  private static final class Seen {
    final Change change;
    final long sequence;

    /** Number of the last record of the same key before this one; for changes of one key. */
    final long before;

    /** Logs that it was met in, or lies behind what they keep; one bit each. */
    int logs;

    /** Whether no log has acknowledged it yet and this node will try again. */
    boolean isDeferred;

    Seen(Change change, long sequence, long before) {
      this.change = change;
      this.sequence = sequence;
      this.before = before;
    }
  }

  /**
   * How far a log is known.
   *
   * @param epoch current epoch, 0 before the log was read
   * @param sequence highest sequence of that epoch seen anywhere: by the follower or in an
   *     acknowledgement of our own
   */
  record Reached(long epoch, long sequence) {}

  /**
   * @param logs names of the logs, the L2's first; at most two, and none for a node on its own
   * @param maxTags rows in the table of tags
   * @param ringSize keys in the ring
   */
  public Node(List<String> logs, int maxTags, int ringSize) {
    this.logs = List.copyOf(logs);
    this.maxTags = maxTags;
    this.ringSize = ringSize;
    this.reached = new Reached[logs.size()];
    this.followed = new long[logs.size()];
    long[] floors = new long[logs.size()];
    for (int i = 0; i < floors.length; i++) {
      floors[i] = Knowledge.UNREAD;
      reached[i] = new Reached(0, 0);
      acknowledged.add(new TreeMap<>());
    }
    this.knowledge = new Knowledge(logs.size(), 1, floors, maxTags, ringSize);
  }

  /** Adds one that hears of applied records. */
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /** The number of the last record applied; what a load that begins now is as of. */
  public long sequence() {
    return sequence;
  }

  /** Names of the logs. */
  public List<String> logs() {
    return logs;
  }

  /** Where this node stands: local number and, for each log, the highest position seen anywhere. */
  public Moment now() {
    lock.lock();
    try {
      long[] epochs = new long[reached.length];
      long[] sequences = new long[reached.length];
      for (int i = 0; i < reached.length; i++) {
        epochs[i] = reached[i].epoch();
        sequences[i] = reached[i].sequence();
      }
      return new Moment(sequence, epochs, sequences);
    } finally {
      lock.unlock();
    }
  }

  /** Epoch of a log as known here; 0 before it was read. */
  public long epoch(int log) {
    lock.lock();
    try {
      return reached[log].epoch();
    } finally {
      lock.unlock();
    }
  }

  /** The marks of targets, for an entry that was loaded as of a local number. */
  public Mark[] marks(List<Target> targets) {
    Knowledge known = knowledge;
    Mark[] marks = new Mark[targets.size()];
    for (int i = 0; i < marks.length; i++) {
      marks[i] = known.mark(targets.get(i));
    }
    return marks;
  }

  /** The mark of a key if the ring has it. */
  public @Nullable Mark key(String slot) {
    return knowledge.key(slot);
  }

  /** Whether a value of a key as of a local number may be stored in L1. Call in L1's atomic step. */
  public boolean isKeyClean(String slot, long asOf) {
    Knowledge known = knowledge;
    return known.covers(asOf) && known.isKeyClean(slot, asOf);
  }

  /** Whether a record that was pending in this log has been forgotten. */
  public boolean mustRenew(int log) {
    return knowledge.mustRenew(log);
  }

  /** Whether the retained records of a log were read. */
  public boolean isRead(int log) {
    return knowledge.isRead(log);
  }

  /** Starts a log: the follower is about to apply what the log retains, from {@code floor} on. */
  void begin(int log, long epoch, long floor) {
    lock.lock();
    try {
      reached[log] = new Reached(epoch, Math.max(0, floor - 1));
      followed[log] = Math.max(0, floor - 1);
      knowledge.read(log, floor);
    } finally {
      lock.unlock();
    }
  }

  /** Applies a record that the follower read. */
  void applyFollowed(int log, LogRecord record) {
    lock.lock();
    try {
      apply(log, record.change(), record.position());
      followed[log] = record.position().sequence();
      acknowledged.get(log).headMap(followed[log], true).clear();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether a record may stand where it does: false if another was acknowledged to this node at that
   * place, so that the log has lost it.
   */
  boolean agrees(int log, LogRecord record) {
    lock.lock();
    try {
      Long own = acknowledged.get(log).get(record.position().sequence());
      return own == null
          || own == record.nonce()
          || record.position().epoch() != reached[log].epoch();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether a record that was just acknowledged to this node took a place that another had: its
   * position is at or behind what the follower has applied, and it is not what was applied there.
   */
  public boolean isOutOfPlace(int log, LogRecord record) {
    lock.lock();
    try {
      return record.position().epoch() == reached[log].epoch()
          && record.position().sequence() <= followed[log]
          && !seen.containsKey(record.nonce());
    } finally {
      lock.unlock();
    }
  }

  /** The last record that was acknowledged to this node in a log's current epoch; 0 if followed. */
  Reached acknowledged(int log) {
    lock.lock();
    try {
      NavigableMap<Long, Long> own = acknowledged.get(log);
      return new Reached(reached[log].epoch(), own.isEmpty() ? 0 : own.lastKey());
    } finally {
      lock.unlock();
    }
  }

  /** Applies a record of our own, acknowledged by a log, before its follower gets there. */
  public void applyOwn(int log, LogRecord record) {
    lock.lock();
    try {
      // Before the log was read, or across an epoch that the follower has not reached, the place
      // means nothing here: the change is applied as one without a place.
      if (record.position().epoch() == reached[log].epoch()) {
        apply(log, record.change(), record.position());
        NavigableMap<Long, Long> own = acknowledged.get(log);
        if (record.position().sequence() > followed[log] && own.size() < MAX_ACKNOWLEDGED) {
          own.put(record.position().sequence(), record.nonce());
        }
      } else if (!seen.containsKey(record.nonce())) {
        first(-1, record.change(), null);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Applies a change that no log has yet, and that will be tried again: it is pending in all. */
  public void applyDeferred(Change change) {
    lock.lock();
    try {
      if (!seen.containsKey(change.nonce())) {
        first(-1, change, null);
        Objects.requireNonNull(seen.get(change.nonce())).isDeferred = true;
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * The local number of an applied change of one key, or -1 if another record of the key stands
   * between {@code asOf} and it, or if that is not known any more.
   */
  public long numberIfNext(long nonce, long asOf) {
    lock.lock();
    try {
      Seen known = seen.get(nonce);
      return known != null && known.before <= asOf ? known.sequence : -1;
    } finally {
      lock.unlock();
    }
  }

  private void apply(int log, Change change, Position position) {
    Reached at = reached[log];
    Seen known = seen.get(change.nonce());
    if (known == null) {
      first(log, change, position);
    } else {
      boolean isNew = (known.logs & (1 << log)) == 0;
      for (Target target : change.targets()) {
        knowledge.editIfKnown(target, mark -> {
          if (isNew) {
            mark.settle(log, position.sequence());
          } else {
            mark.place(log, position.sequence());
          }
        });
      }
      known.logs |= 1 << log;
      if (change.isInOneLogOnly()) {
        forgive(known);
      }
    }
    reached[log] = new Reached(at.epoch(), Math.max(at.sequence(), position.sequence()));
  }

  private void first(int log, Change change, @Nullable Position position) {
    long next = sequence + 1;
    Target only = change.targets().size() == 1 ? change.targets().get(0) : Target.ALL;
    long before = only.kind() == Target.Kind.KEY ? knowledge.lastOfKey(only.id()) : Long.MAX_VALUE;
    Seen entry = new Seen(change, next, before);
    boolean single = change.isInOneLogOnly() && log >= 0;
    entry.logs = log < 0 ? 0 : single ? allLogs() : 1 << log;
    seen.put(change.nonce(), entry);
    long place = position == null ? 0 : position.sequence();
    for (Target target : change.targets()) {
      knowledge.edit(target, mark -> mark.record(next, log, place, single));
      if (target.kind() == Target.Kind.KEY) {
        knowledge.enter(target.id(), next);
      }
    }
    for (Listener listener : listeners) {
      for (Target target : change.targets()) {
        if (target.kind() == Target.Kind.KEY) {
          listener.onKey(target.id(), next);
        }
      }
    }
    sequence = next;
    for (Listener listener : listeners) {
      listener.onChange(change, position);
    }
    trimSeen();
  }

  private int allLogs() {
    return (1 << logs.size()) - 1;
  }

  private void trimSeen() {
    var oldest = seen.entrySet().iterator();
    while (seen.size() > MAX_SEEN && oldest.hasNext()) {
      Map.Entry<Long, Seen> entry = oldest.next();
      for (int i = 0; i < logs.size(); i++) {
        if ((entry.getValue().logs & (1 << i)) == 0) {
          knowledge.renew(i);
        }
      }
      oldest.remove();
    }
  }

  /**
   * Whether records may be pending in the first log that its follower will never meet: after a start,
   * and after that log went on in a new epoch.
   */
  public boolean mustSettle() {
    return mustSettle;
  }

  /**
   * Nonces of the records that were met in the second log and are pending in the first.
   *
   * @param atStart whether to add those of the first log that are pending in the second: it may keep
   *     less of the past
   */
  public Set<Long> unsettled(boolean atStart) {
    lock.lock();
    try {
      mustSettle = false;
      Set<Long> nonces = new HashSet<>();
      seen.forEach((nonce, known) -> {
        boolean isBehind = atStart && known.logs == 1 && !known.isDeferred;
        if (known.logs == 2 || isBehind) {
          nonces.add(nonce);
        }
      });
      return nonces;
    } finally {
      lock.unlock();
    }
  }

  /** What {@link #unsettled} gave could not be looked up: it is to be tried again. */
  public void settleAgain() {
    mustSettle = true;
  }

  /**
   * The logs were read to their ends since these changes were known to be in both. Those that were
   * met in one only lie behind what the other keeps, or in an epoch of it that is gone: they are
   * pending there no longer.
   */
  public void settle(Set<Long> inAllLogs) {
    lock.lock();
    try {
      for (Long nonce : inAllLogs) {
        Seen known = seen.get(nonce);
        if (known != null) {
          forgive(known);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void forgive(Seen known) {
    for (int i = 0; i < logs.size(); i++) {
      int log = i;
      if ((known.logs & (1 << log)) == 0) {
        for (Target target : known.change.targets()) {
          knowledge.editIfKnown(target, mark -> mark.forgive(log));
        }
      }
    }
    known.logs = allLogs();
  }

  /**
   * A log is broken or lost and goes on in a new epoch: everything known is forgotten together.
   *
   * <p>Only what has no place in some log yet is carried over.
   */
  void forget(int log, long epoch) {
    lock.lock();
    try {
      long next = sequence + 1;
      long[] floors = new long[logs.size()];
      for (int i = 0; i < floors.length; i++) {
        boolean known = knowledge.isRead(i);
        floors[i] = i == log ? 0 : known ? reached[i].sequence() : Knowledge.UNREAD;
      }
      Knowledge fresh = new Knowledge(logs.size(), next, floors, maxTags, ringSize);
      for (int i = 0; i < floors.length; i++) {
        if (i != log && knowledge.mustRenew(i)) {
          fresh.renew(i);
        }
      }
      mustSettle = true;
      // A change that has no place in a log yet is still to come there, in the new epoch too: until
      // then that tier's entries under it may be of either side.
      seen.values().removeIf(known -> known.logs == allLogs());
      for (Seen known : seen.values()) {
        for (Target target : known.change.targets()) {
          fresh.edit(target, mark -> mark.await(next, known.logs));
          if (target.kind() == Target.Kind.KEY) {
            fresh.enter(target.id(), next);
          }
        }
      }
      reached[log] = new Reached(epoch, 0);
      followed[log] = 0;
      acknowledged.get(log).clear();
      knowledge = fresh;
      for (Listener listener : listeners) {
        listener.onForget(next);
      }
      sequence = next;
    } finally {
      lock.unlock();
    }
  }

  /** Records learnt from a store's marker. */
  public void learn(int log, Target target, long position) {
    lock.lock();
    try {
      knowledge.edit(target, mark -> mark.learn(log, position));
    } finally {
      lock.unlock();
    }
  }

  /** Whether this node has applied a position, or a later epoch made it moot. */
  public boolean hasReached(Position position) {
    int log = logs.indexOf(position.log());
    if (log < 0) {
      return logs.isEmpty() && position.sequence() <= sequence;
    }
    lock.lock();
    try {
      Reached at = reached[log];
      return at.epoch() > position.epoch()
          || (at.epoch() == position.epoch() && followed[log] >= position.sequence());
    } finally {
      lock.unlock();
    }
  }
}
