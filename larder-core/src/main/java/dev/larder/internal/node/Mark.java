package dev.larder.internal.node;

import dev.larder.log.Target;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What this node knows of one target: when a record last covered it.
 *
 * <p>Two scales stand side by side. {@link #sequence} is the node's own numbering, by which L1
 * judges; it costs one volatile read. The positions, one for each log, judge entries read from that
 * log's tier. A record that is known from one log and not yet seen in the other is <em>pending</em>
 * there: until it has a position, every entry of that tier under this target is refused, since
 * nothing tells which side of the record it was loaded on.
 *
 * <p>A position may be a bound only: nothing is known of older records, so an entry below it is
 * neither valid nor invalid and the store's marker has to be asked.
 *
 * <p>Writers hold the map bin or lock that owns the mark; readers need nothing.
 */
public final class Mark {

  /** Answer of {@link #judge}. */
  public enum Verdict {
    /** No covering record stands after the entry's asOf. */
    VALID,
    /** One does, or may. */
    INVALID,
    /** The entry is older than what this node has read; the store's marker decides. */
    UNKNOWN
  }

  private static final long PENDING = Long.MAX_VALUE;
  private static final long POISONED = Long.MAX_VALUE;

  private final Target target;
  private volatile long sequence;
  private final AtomicLongArray judged;
  private final long[] last;
  private final int[] pending;
  private volatile int bounds;

  /**
   * A mark of which nothing is known below the given floors.
   *
   * @param target what it is the mark of
   * @param sequence local sequence below which nothing is known
   * @param floors for each log, the position below which nothing is known
   */
  Mark(Target target, long sequence, long[] floors) {
    this.target = target;
    this.sequence = sequence;
    this.judged = new AtomicLongArray(floors.clone());
    this.last = floors.clone();
    this.pending = new int[floors.length];
    this.bounds = (1 << floors.length) - 1;
  }

  /** What it is the mark of. */
  public Target target() {
    return target;
  }

  /** Local sequence of the last covering record; an entry with a lower asOf is invalid. */
  public long sequence() {
    return sequence;
  }

  /** Judges an entry of a log's tier by its position in the current epoch. */
  public Verdict judge(int log, long asOf) {
    boolean bound = isBound(log);
    long position = judged.get(log);
    if (asOf >= position) {
      return Verdict.VALID;
    }
    return bound && position != PENDING ? Verdict.UNKNOWN : Verdict.INVALID;
  }

  /** The last position known in a log, for eviction to raise the floor to. */
  long position(int log) {
    return last[log];
  }

  /** Whether the position in a log is a bound, so that nothing was heard of this target there. */
  boolean isBound(int log) {
    return (bounds & (1 << log)) != 0;
  }

  /** The log has now been read from {@code floor} on; a bound that said "unread" gives way. */
  void lowerBound(int log, long unread, long floor) {
    if (isBound(log) && last[log] == unread) {
      last[log] = floor;
      judged.set(log, pending[log] > 0 ? PENDING : floor);
    }
  }

  /** Whether this mark hears of nothing any more. */
  boolean isPoisoned() {
    return sequence == POISONED;
  }

  boolean isPending(int log) {
    return pending[log] > 0;
  }

  /**
   * A record seen for the first time, in the given log or (with -1) in none.
   *
   * @param single whether no other log will have it
   */
  void record(long newSequence, int log, long position, boolean single) {
    for (int i = 0; i < last.length; i++) {
      if (i == log) {
        place(i, position);
      } else if (!single) {
        pending[i]++;
        judged.set(i, PENDING);
      }
    }
    sequence = Math.max(sequence, newSequence);
  }

  /** A record known from before, which the logs that are not in the set are still to have. */
  void await(long newSequence, int logs) {
    for (int i = 0; i < last.length; i++) {
      if ((logs & (1 << i)) == 0) {
        pending[i]++;
        judged.set(i, PENDING);
      }
    }
    sequence = Math.max(sequence, newSequence);
  }

  /** A record already known that now has a position in a log where it was pending. */
  void settle(int log, long position) {
    if (pending[log] > 0) {
      pending[log]--;
    }
    place(log, position);
  }

  /** A known record is in a log, behind what is kept of it: it is pending there no longer. */
  void forgive(int log) {
    if (pending[log] > 0 && --pending[log] == 0) {
      judged.set(log, last[log]);
    }
  }

  /** A record met once more, at a later place of the same log. */
  void place(int log, long position) {
    if (isBound(log)) {
      last[log] = position;
      bounds &= ~(1 << log);
    } else {
      last[log] = Math.max(last[log], position);
    }
    judged.set(log, pending[log] > 0 ? PENDING : last[log]);
  }

  /** The store's marker was asked; it takes the place of a bound. */
  void learn(int log, long position) {
    if (isBound(log) && pending[log] == 0) {
      last[log] = position;
      judged.set(log, position);
      bounds &= ~(1 << log);
    }
  }

  /** This mark will hear of nothing any more; entries that hold it are invalid from now on. */
  void poison() {
    sequence = POISONED;
    for (int i = 0; i < last.length; i++) {
      judged.set(i, PENDING);
    }
    bounds = 0;
  }
}
