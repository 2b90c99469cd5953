package dev.larder.internal.advise;

import dev.larder.internal.l1.L1Entry;
import dev.larder.internal.node.Mark;
import dev.larder.internal.node.Node;
import org.jspecify.annotations.Nullable;

/**
 * A key of the sample. The sampler's lock guards it, save for what a hit within a slice touches: {@link
 * #runKind}, {@link #sliceEnd}, {@link #inSlice} and {@link #more} are read and added to without it, so
 * that a count may be lost where two threads hit the same key at the same moment, and never an order.
 */
final class Followed {

  static final int NEVER = Integer.MIN_VALUE;

  final Object key;
  final int spread;

  /** When it was first seen, ticks. */
  final int since;

  /** Number of its newest event; -1 for none. */
  long newest = -1;

  /** What its newest event is, if that is a run of reads; -1 if not. */
  byte runKind = -1;

  /** When its newest read was, and when the newest run began, ticks. */
  int lastAt;

  int runFrom;
  int sliceEnd;
  int inSlice;
  int more;

  /** Of the entry stored last: its stored bytes, -1 if not known; a print of its value, 0 if none. */
  int bytes = -1;

  int print;

  /** Of the entry that is being stored. */
  int nextBytes = -1;

  int nextPrint;

  /** When the last load and the last read were of which the events have made room; {@link #NEVER}. */
  int loadedBefore = NEVER;

  int readBefore = NEVER;

  private Mark @Nullable [] marks;
  private String slot = "";
  private long asOf;
  private long keyAsOf;

  Followed(Object key, int spread, int since) {
    this.key = key;
    this.spread = spread;
    this.since = since;
    this.lastAt = since;
  }

  /** Remembers what ends an entry, without the entry. */
  void holds(L1Entry<?, ?> entry) {
    marks = entry.marks();
    slot = entry.slot();
    asOf = entry.asOf();
    keyAsOf = entry.keyAsOf();
  }

  /** Whether the entry that was there last has been invalidated since. */
  boolean isEnded(Node node) {
    Mark[] held = marks;
    if (held == null) {
      return false;
    }
    for (Mark mark : held) {
      if (mark.sequence() > asOf) {
        return true;
      }
    }
    return !node.isKeyClean(slot, keyAsOf);
  }

  /** Forgets the entry: what comes after an invalidation is not compared with it. */
  void isGone() {
    print = 0;
    marks = null;
    slot = "";
  }
}
