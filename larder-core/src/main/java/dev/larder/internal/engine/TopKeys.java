package dev.larder.internal.engine;

import dev.larder.stats.CacheStats.HotKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The keys asked for most, in bounded memory: a space-saving summary (Metwally, Agrawal and El Abbadi,
 * 2005) of one lookup in 256. A key that takes another's place inherits its count, so counts are
 * upper estimates. A lookup that finds the summary busy is left out.
 */
final class TopKeys {

  private static final int CAPACITY = 128;
  private static final int SAMPLE = 256;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Object, long[]> counts = new HashMap<>();

  /** Notes a lookup. */
  void note(Object key) {
    if ((ThreadLocalRandom.current().nextInt() & (SAMPLE - 1)) != 0 || !lock.tryLock()) {
      return;
    }
    try {
      long[] count = counts.get(key);
      if (count != null) {
        count[0]++;
      } else if (counts.size() < CAPACITY) {
        counts.put(key, new long[] {1});
      } else {
        Map.Entry<Object, long[]> least = java.util.Collections.min(
            counts.entrySet(), Comparator.comparingLong(entry -> entry.getValue()[0]));
        counts.remove(least.getKey());
        counts.put(key, new long[] {least.getValue()[0] + 1});
      }
    } finally {
      lock.unlock();
    }
  }

  /** The most asked for, most first. */
  List<HotKey> top(int limit, Function<Object, String> name) {
    List<HotKey> keys = new ArrayList<>();
    lock.lock();
    try {
      counts.forEach((key, count) -> keys.add(new HotKey(name.apply(key), count[0] * SAMPLE)));
    } finally {
      lock.unlock();
    }
    keys.sort(Comparator.comparingLong(HotKey::requests).reversed());
    return keys.size() > limit ? List.copyOf(keys.subList(0, limit)) : keys;
  }
}
