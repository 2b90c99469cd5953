package dev.larder.internal.engine;

import dev.larder.stats.CacheStats.HotKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The keys asked for most, in bounded memory: a space-saving summary (Metwally, Agrawal and El Abbadi,
 * 2005) of one lookup in 256. A key that takes another's place inherits its count, so counts are
 * upper estimates, and all together those of the sample. A lookup that finds the summary busy is left out.
 * Noting allocates nothing.
 */
final class TopKeys {

  private static final int CAPACITY = 128;
  /** Spreads the clock's bits: its low ones alone stand still where it ticks coarsely. */
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  private final ReentrantLock lock = new ReentrantLock();
  private final @Nullable Object[] keys = new Object[CAPACITY];
  private final long[] counts = new long[CAPACITY];
  private int used;

  /**
   * Whether a lookup is in the sample.
   *
   * @param now the time that the lookup read anyway
   */
  static boolean isSampled(long now) {
    return (now * GOLDEN_RATIO) >>> 56 == 0;
  }

  /** Notes a lookup of the sample. */
  void note(Object key) {
    if (lock.tryLock()) {
      try {
        count(key);
      } finally {
        lock.unlock();
      }
    }
  }

  private void count(Object key) {
    int least = 0;
    for (int i = 0; i < used; i++) {
      if (key.equals(keys[i])) {
        counts[i]++;
        return;
      }
      if (counts[i] < counts[least]) {
        least = i;
      }
    }
    int place = used < CAPACITY ? used++ : least;
    keys[place] = key;
    counts[place]++;
  }

  /**
   * The most asked for, most first. Each has the share of all lookups that it has of the sample: how many
   * that are is known, and a sample of a few is often far off.
   *
   * @param lookups of all keys
   * @param name of a key; null leaves it out
   */
  List<HotKey> top(int limit, long lookups, Function<Object, @Nullable String> name) {
    List<HotKey> top = new ArrayList<>();
    lock.lock();
    try {
      long sampled = 0;
      for (int i = 0; i < used; i++) {
        sampled += counts[i];
      }
      for (int i = 0; i < used; i++) {
        Object key = keys[i];
        String text = key == null ? null : name.apply(key);
        if (text != null) {
          top.add(new HotKey(text, Math.round((double) lookups * counts[i] / sampled)));
        }
      }
    } finally {
      lock.unlock();
    }
    top.sort(Comparator.comparingLong(HotKey::requests).reversed());
    return top.size() > limit ? List.copyOf(top.subList(0, limit)) : top;
  }
}
