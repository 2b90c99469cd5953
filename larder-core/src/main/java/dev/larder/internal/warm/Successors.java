package dev.larder.internal.warm;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one actor asks for right after something else. Bounded: 10,000 actors, 10,000 keys, four successors
 * of each. Not safe for many threads.
 */
final class Successors<K> {

  private static final int MOST = 10_000;
  private static final int KEPT = 4;

  /** A successor is believed from so many times on that its key was seen. */
  private static final int LEAST_SEEN = 3;

  private final Cache<Object, K> last = Caffeine.newBuilder()
      .maximumSize(MOST)
      .expireAfterWrite(Duration.ofMinutes(10))
      .executor(Runnable::run)
      .build();
  private final Cache<K, Next<K>> next =
      Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

  private static final class Next<K> {
    private final @Nullable Object[] keys = new Object[KEPT];
    private final int[] counts = new int[KEPT];
    private int seen;

    void note(K key) {
      seen++;
      int least = 0;
      for (int i = 0; i < KEPT; i++) {
        if (key.equals(keys[i])) {
          counts[i]++;
          return;
        }
        if (counts[i] < counts[least]) {
          least = i;
        }
      }
      keys[least] = key;
      counts[least]++;
    }

    /** The one that followed in at least half of the times; null if none did. */
    @SuppressWarnings("unchecked")
    @Nullable K likely() {
      for (int i = 0; i < KEPT; i++) {
        if (seen >= LEAST_SEEN && counts[i] * 2 >= seen) {
          return (K) keys[i];
        }
      }
      return null;
    }
  }

  /** Notes that an actor asked for a key, and says what is likely to come next; null if nothing is. */
  @Nullable K after(Object actor, K key) {
    K before = last.getIfPresent(actor);
    last.put(actor, key);
    if (before != null && !before.equals(key)) {
      next.get(before, none -> new Next<>()).note(key);
    }
    Next<K> known = next.getIfPresent(key);
    return known == null ? null : known.likely();
  }
}
