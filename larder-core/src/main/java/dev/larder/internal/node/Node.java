package dev.larder.internal.node;

import dev.larder.internal.node.MetChanges.Met;
import dev.larder.log.Change;
import dev.larder.log.LogRecord;
import dev.larder.log.Position;
import dev.larder.log.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
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

    /** A log was lost, and everything forgotten: L1 entries older than {@code sequence} have to go. */
    void onForget(String log, long sequence);

    /** A change was applied for the first time, under this local number. */
    default void onChange(Change change, @Nullable Position position, long sequence) {}

    /** A change that was applied already was met in another log too. */
    default void onOtherLog(Change change, Position position) {}
  }

  private final List<String> logs;
  private final int maxTags;
  private final int ringSize;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final MetChanges met;

  /** For each log, in their order. */
  private final LogProgress[] progress;

  private final Places places;

  private volatile Knowledge knowledge;
  private volatile long sequence = 1;
  private volatile boolean mustSettle = true;

  /**
   * @param logs names of the logs, the L2's first; at most two, and none for a node on its own
   * @param maxTags rows in the table of tags
   * @param ringSize keys in the ring
   */
  public Node(List<String> logs, int maxTags, int ringSize) {
    this.logs = List.copyOf(logs);
    this.maxTags = maxTags;
    this.ringSize = ringSize;
    this.met = new MetChanges(logs.size());
    this.progress = new LogProgress[logs.size()];
    Arrays.setAll(progress, log -> new LogProgress());
    this.places = new Places(this.logs, progress, met);
    long[] floors = new long[logs.size()];
    Arrays.fill(floors, Knowledge.UNREAD);
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
    return locked(() -> {
      long[] epochs = new long[progress.length];
      long[] sequences = new long[progress.length];
      for (int i = 0; i < progress.length; i++) {
        epochs[i] = progress[i].epoch();
        sequences[i] = progress[i].reached();
      }
      return new Moment(sequence, epochs, sequences);
    });
  }

  /** Epoch of a log as known here; 0 before it was read. */
  public long epoch(int log) {
    return locked(() -> progress[log].epoch());
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

  /** Where the last record of a target stands, in the log that knows it; null if in none. */
  public @Nullable Position lastOf(Mark mark) {
    return locked(() -> places.lastOf(mark));
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
    locked(() -> {
      progress[log].begin(epoch, floor);
      knowledge.read(log, floor);
    });
  }

  /** Applies a record that the follower read. */
  void applyFollowed(int log, LogRecord record) {
    locked(() -> {
      Met met = apply(log, record.change(), record.position());
      progress[log].follow(record.position().sequence(), met.number);
    });
  }

  /**
   * Whether a record may stand where it does: false if another was acknowledged to this node at that
   * place, so that the log has lost it.
   */
  boolean agrees(int log, LogRecord record) {
    return locked(() -> progress[log].agrees(record));
  }

  /**
   * Whether a record that was just acknowledged to this node took a place that another had: its
   * position is at or behind what the follower has applied, and it is not what was applied there.
   */
  public boolean isOutOfPlace(int log, LogRecord record) {
    return locked(
        () -> progress[log].isFollowed(record.position()) && !met.contains(record.nonce()));
  }

  /** The last record that was acknowledged to this node in a log's current epoch; 0 if followed. */
  LogProgress.Acknowledged acknowledged(int log) {
    return locked(() -> progress[log].lastAcknowledged());
  }

  /** Applies a record of our own, acknowledged by a log, before its follower gets there. */
  public void applyOwn(int log, LogRecord record) {
    locked(() -> {
      // Before the log was read, or across an epoch that the follower has not reached, the place
      // means nothing here: the change is applied as one without a place.
      if (record.position().epoch() == progress[log].epoch()) {
        apply(log, record.change(), record.position());
        progress[log].acknowledge(record);
      } else if (!met.contains(record.nonce())) {
        first(-1, record.change(), null);
      }
    });
  }

  /** Applies a change that no log has yet, and that will be tried again: it is pending in all. */
  public void applyDeferred(Change change) {
    locked(() -> {
      if (!met.contains(change.nonce())) {
        first(-1, change, null).isDeferred = true;
      }
    });
  }

  /**
   * The local number of an applied change of one key, or -1 if another record of the key stands
   * between {@code asOf} and it, or if that is not known any more.
   */
  public long numberIfNext(long nonce, long asOf) {
    return locked(() -> {
      Met known = met.find(nonce);
      return known != null && known.before <= asOf ? known.number : -1;
    });
  }

  /** The local number of a change that was applied here; -1 if it was not, or long ago. */
  public long numberOf(long nonce) {
    return locked(() -> {
      Met known = met.find(nonce);
      return known == null ? -1 : known.number;
    });
  }

  /** See {@link Places#numberBehind}. */
  public long numberBehind(Position place) {
    return locked(() -> places.numberBehind(place, sequence));
  }

  private Met apply(int log, Change change, Position position) {
    Met known = met.find(change.nonce());
    if (known == null) {
      known = first(log, change, position);
    } else {
      met.again(known, log, position.sequence(), knowledge);
      for (Listener listener : listeners) {
        listener.onOtherLog(change, position);
      }
    }
    progress[log].reach(position.sequence());
    return known;
  }

  private Met first(int log, Change change, @Nullable Position position) {
    long next = sequence + 1;
    Target only = change.targets().size() == 1 ? change.targets().get(0) : Target.ALL;
    long before = only.kind() == Target.Kind.KEY ? knowledge.lastOfKey(only.id()) : Long.MAX_VALUE;
    boolean single = change.isInOneLogOnly() && log >= 0;
    Met added = met.add(change, next, before, log < 0 ? 0 : single ? met.inAll() : 1 << log);
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
      listener.onChange(change, position, next);
    }
    met.trim(knowledge::renew);
    return added;
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
    return locked(() -> {
      mustSettle = false;
      return met.inOneOnly(atStart);
    });
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
    locked(() -> met.settle(inAllLogs, knowledge));
  }

  /**
   * A log is broken or lost and goes on in a new epoch: everything known is forgotten together.
   *
   * <p>Only what has no place in some log yet is carried over.
   */
  void forget(int log, long epoch) {
    locked(() -> {
      long next = sequence + 1;
      long[] floors = new long[logs.size()];
      for (int i = 0; i < floors.length; i++) {
        boolean known = knowledge.isRead(i);
        floors[i] = i == log ? 0 : known ? progress[i].reached() : Knowledge.UNREAD;
      }
      Knowledge fresh = new Knowledge(logs.size(), next, floors, maxTags, ringSize);
      for (int i = 0; i < floors.length; i++) {
        if (i != log && knowledge.mustRenew(i)) {
          fresh.renew(i);
        }
      }
      mustSettle = true;
      met.carryOver(fresh, next);
      progress[log].renew(epoch);
      knowledge = fresh;
      for (Listener listener : listeners) {
        listener.onForget(logs.get(log), next);
      }
      sequence = next;
    });
  }

  /** Records learnt from a store's marker. */
  public void learn(int log, Target target, long position) {
    locked(() -> knowledge.edit(target, mark -> mark.learn(log, position)));
  }

  /** Whether this node has applied a position, or a later epoch made it moot. */
  public boolean hasReached(Position position) {
    int log = logs.indexOf(position.log());
    if (log < 0) {
      return logs.isEmpty() && position.sequence() <= sequence;
    }
    return locked(() -> progress[log].hasReached(position));
  }

  /**
   * Whether the followers have applied every record up to a moment, and not only records of this
   * node's own that lie beyond others.
   */
  public boolean hasFollowed(Moment moment) {
    return locked(() -> {
      for (int i = 0; i < progress.length; i++) {
        if (!progress[i].hasFollowed(moment.epoch(i), moment.position(i))) {
          return false;
        }
      }
      return true;
    });
  }

  private <T extends @Nullable Object> T locked(Supplier<T> step) {
    lock.lock();
    try {
      return step.get();
    } finally {
      lock.unlock();
    }
  }

  private void locked(Runnable step) {
    lock.lock();
    try {
      step.run();
    } finally {
      lock.unlock();
    }
  }
}
