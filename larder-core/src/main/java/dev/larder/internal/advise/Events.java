package dev.larder.internal.advise;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The newest events of a sample, in a ring that grows as it is needed. Numbers of events go on for ever;
 * every {@link #STEP} events it is noted what the cache had counted by then. Not safe for many threads.
 */
final class Events {

  /** Lookups that L1, or a tier below it, answered: a run of them from one time until another. */
  static final byte L1 = 0;

  static final byte BELOW = 1;

  /** Lookups that nobody answered. */
  static final byte MISS = 2;

  /** As {@link #MISS}, where the entry that was there last had been invalidated. */
  static final byte ENDED = 3;

  /** A load brought a value that is stored; its own ttl stands where a run has its end, 0 for the policy's. */
  static final byte LOADED = 4;

  /** A value was written through. */
  static final byte WRITTEN = 5;

  /** A tier below L1 had an entry; its age stands where a run has its end. */
  static final byte FOUND = 6;

  static final int KIND = 0x07;

  /** The value has no tag. */
  static final int UNTAGGED = 0x08;

  /** The value differs from the one that it replaces after its time. */
  static final int CHANGED = 0x10;

  /** It does not. */
  static final int SAME = 0x20;

  /** It is remembered that there is no value. */
  static final int ABSENT = 0x40;

  static final int STEP = 256;

  private final int most;
  private @Nullable Followed[] who;
  private byte[] what;
  private int[] at;
  private int[] until;
  private int[] amount;
  private final long[][] counted;
  private long next;

  /** @param most most events, a multiple of {@link #STEP} times a power of two */
  Events(int most, int first) {
    this.most = most;
    this.who = new Followed[first];
    this.what = new byte[first];
    this.at = new int[first];
    this.until = new int[first];
    this.amount = new int[first];
    this.counted = new long[most / STEP + 1][0];
  }

  /** How many there have been. */
  long count() {
    return next;
  }

  /** Number of the oldest that is kept. */
  long oldest() {
    return Math.max(0, next - who.length);
  }

  /** Whether older ones have made room. */
  boolean hasTurned() {
    return next > who.length;
  }

  boolean isKept(long number) {
    return number >= oldest() && number < next;
  }

  private int place(long number) {
    return (int) (number % who.length);
  }

  /** Adds an event. */
  void add(Followed key, int kind, int from, int end, int size, Totals totals) {
    if (next == who.length && who.length < most) {
      // Not turned yet, so places and numbers agree.
      int room = Math.min(most, who.length * 2);
      who = Arrays.copyOf(who, room);
      what = Arrays.copyOf(what, room);
      at = Arrays.copyOf(at, room);
      until = Arrays.copyOf(until, room);
      amount = Arrays.copyOf(amount, room);
    }
    if (next % STEP == 0) {
      counted[(int) (next / STEP % counted.length)] = counts(totals);
    }
    int place = place(next);
    if (who[place] != null) {
      leave(who[place], place);
    }
    who[place] = key;
    what[place] = (byte) kind;
    at[place] = from;
    until[place] = end;
    amount[place] = size;
    key.newest = next;
    next++;
  }

  /** An event makes room: its key remembers what it was. */
  private void leave(Followed key, int place) {
    int kind = what[place] & KIND;
    if (kind <= ENDED) {
      key.readBefore = Math.max(at[place], until[place]);
    }
    if (kind == ENDED) {
      key.loadedBefore = Followed.NEVER;
    } else if (kind == LOADED || kind == WRITTEN) {
      key.loadedBefore = at[place];
    } else if (kind == FOUND) {
      key.loadedBefore = at[place] - until[place];
    }
  }

  /** Adds reads to a run. */
  void extend(long number, int end, int reads) {
    int place = place(number);
    until[place] = Math.max(until[place], end);
    amount[place] = (int) Math.min(Integer.MAX_VALUE, (long) amount[place] + reads);
  }

  /** The first event of which the lookups are known; those before it make room. */
  long firstCounted() {
    long first = (oldest() + STEP - 1) / STEP * STEP;
    for (long number = oldest(); number < first; number++) {
      Followed key = who[place(number)];
      if (key != null) {
        leave(key, place(number));
        who[place(number)] = null;
      }
    }
    return first;
  }

  /** What had been counted at an event of {@link #firstCounted}: lookups, hits, hits of L1. */
  long[] countedAt(long number) {
    return counted[(int) (number / STEP % counted.length)];
  }

  static long[] counts(Totals totals) {
    return new long[] {totals.lookups(), totals.hits(), totals.l1Hits()};
  }

  @Nullable Followed who(long number) {
    return who[place(number)];
  }

  byte what(long number) {
    return what[place(number)];
  }

  int at(long number) {
    return at[place(number)];
  }

  int until(long number) {
    return until[place(number)];
  }

  int amount(long number) {
    return amount[place(number)];
  }

  void clear() {
    Arrays.fill(who, null);
    next = 0;
  }
}
