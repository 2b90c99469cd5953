package dev.larder.web;

import dev.larder.stats.RouteStats;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Estimates how many different things it was shown, in 128 bytes: linear counting, which sets one of 1,024
 * bits for each and tells from those that are left (Whang and others, 1990). Safe for many threads.
 */
final class Variants {

  private static final int BITS = 1_024;

  private final AtomicLongArray words = new AtomicLongArray(BITS / Long.SIZE);

  void add(Object thing) {
    int bit = mixed(thing.hashCode()) & (BITS - 1);
    int word = bit / Long.SIZE;
    long mask = 1L << bit;
    if ((words.get(word) & mask) == 0) {
      words.accumulateAndGet(word, mask, (one, other) -> one | other);
    }
  }

  /** The finalizer of MurmurHash3: hash codes of lists of like texts differ in few bits. */
  private static int mixed(int hash) {
    int h = hash;
    h = (h ^ (h >>> 16)) * 0x85ebca6b;
    h = (h ^ (h >>> 13)) * 0xc2b2ae35;
    return h ^ (h >>> 16);
  }

  int estimate() {
    int set = 0;
    for (int i = 0; i < words.length(); i++) {
      set += Long.bitCount(words.get(i));
    }
    int free = Math.max(1, BITS - set);
    return (int)
        Math.min(RouteStats.MOST_VARIANTS, Math.round(BITS * Math.log((double) BITS / free)));
  }
}
