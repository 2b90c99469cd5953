package dev.larder.showcase.data;

import java.util.Arrays;

/**
 * A set of pairs of numbers, in one array of longs: millions of boxed pairs would not fit a small
 * heap. Pairs can only be added. Not safe for use by many threads.
 */
public final class PairSet {
  private static final long FREE = -1;

  private long[] slots;
  private int size;

  public PairSet(int expected) {
    slots = free(Math.max(16, Integer.highestOneBit(Math.max(1, expected)) * 4));
  }

  /** Adds a pair of numbers of at least 0; false if it was there. */
  public boolean add(int first, int second) {
    if (size * 2 > slots.length) {
      long[] old = slots;
      slots = free(old.length * 2);
      for (long pair : old) {
        if (pair != FREE) {
          slots[place(pair)] = pair;
        }
      }
    }
    long pair = (long) first << 32 | second;
    int place = place(pair);
    if (slots[place] == pair) {
      return false;
    }
    slots[place] = pair;
    size++;
    return true;
  }

  /** Where the pair is, or the free slot it would take. */
  private int place(long pair) {
    long mixed = pair * 0x9E3779B97F4A7C15L;
    int mask = slots.length - 1;
    int place = (int) (mixed >>> 32) & mask;
    while (slots[place] != FREE && slots[place] != pair) {
      place = place + 1 & mask;
    }
    return place;
  }

  private static long[] free(int length) {
    long[] slots = new long[length];
    Arrays.fill(slots, FREE);
    return slots;
  }
}
