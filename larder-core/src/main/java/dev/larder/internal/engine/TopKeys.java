package dev.larder.internal.engine;

import dev.larder.stats.CacheStats.HotKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The keys asked for most, in bounded memory: a space-saving summary (Metwally, Agrawal and El Abbadi,
 * 2005) of one lookup in 256. A key that takes another's place inherits its count, so counts are
 * upper estimates, and all together those of the sample; what a key has beyond what it inherited was
 * surely seen of it. A lookup that finds the summary busy is left out. Noting allocates nothing.
 *
 * <p>People are told only of keys that were surely seen {@value HotKey#LEAST_SEEN} times ({@link #top}):
 * one that was read once or twice never is, and of those read 64 times, which are seen a quarter of a time
 * on average, chance alone brings one in 38 to two times, one in 460 to three and one in 7,500 to four. A
 * key seen four times was read at least 280 times, as far as 39 of 40 such samples go. A warm-up is given
 * every key ({@link #likely}): a wrong guess costs it one look.
 */
final class TopKeys {

  private static final int CAPACITY = 128;
  /** Spreads the clock's bits: its low ones alone stand still where it ticks coarsely. */
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  private final ReentrantLock lock = new ReentrantLock();
  private final @Nullable Object[] keys = new Object[CAPACITY];
  private final long[] counts = new long[CAPACITY];
  /** What of each count is that of the key before. */
  private final long[] inherited = new long[CAPACITY];

  private int used;

  /**
   * Whether a lookup is in the sample.
   *
   * @param now the time that the lookup read anyway
   */
  static boolean isSampled(long now) {
    return (now * GOLDEN_RATIO) >>> 56 == 0;
  }

  /** As {@link #isSampled}, of one lookup in 16. */
  static boolean isSampledOften(long now) {
    return (now * GOLDEN_RATIO) >>> 60 == 0;
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
    inherited[place] = counts[place];
    counts[place]++;
  }

  /**
   * Those that stand out, most asked for first. Each has the share of all lookups that it surely has of the
   * sample: how many that are is known, and a sample of a few is often far off.
   *
   * @param lookups of all keys
   * @param name of a key; null leaves it out
   */
  List<HotKey> top(int limit, long lookups, Function<Object, @Nullable String> name) {
    return ranked(
        limit, lookups, name, HotKey.LEAST_SEEN, place -> counts[place] - inherited[place]);
  }

  /** As {@link #top}, but every key of the summary, with the most that it may have been asked for. */
  List<HotKey> likely(int limit, long lookups, Function<Object, @Nullable String> name) {
    return ranked(limit, lookups, name, 1, place -> counts[place]);
  }

  private List<HotKey> ranked(
      int limit,
      long lookups,
      Function<Object, @Nullable String> name,
      int least,
      IntToLongFunction seen) {
    List<HotKey> found = new ArrayList<>();
    lock.lock();
    try {
      long sampled = 0;
      for (int i = 0; i < used; i++) {
        sampled += counts[i];
      }
      for (int i = 0; i < used; i++) {
        long count = seen.applyAsLong(i);
        Object key = keys[i];
        String text = key == null || count < least ? null : name.apply(key);
        if (text != null) {
          found.add(new HotKey(text, Math.round((double) lookups * count / sampled)));
        }
      }
    } finally {
      lock.unlock();
    }
    found.sort(Comparator.comparingLong(HotKey::requests).reversed());
    return found.size() > limit ? List.copyOf(found.subList(0, limit)) : found;
  }
}
