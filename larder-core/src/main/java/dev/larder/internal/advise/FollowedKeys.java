package dev.larder.internal.advise;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a sample: those whose hash is below a threshold, which is halved when there are too many.
 * The sampler's lock guards what changes them.
 */
final class FollowedKeys {

  static final int MOST = 1_024;

  private static final int EVERYTHING = Integer.MAX_VALUE;

  private final Events events;
  private final Map<Object, Followed> followed = new ConcurrentHashMap<>();
  private volatile int threshold = EVERYTHING;

  /** @param events of the keys: one that has none left and does nothing may be forgotten */
  FollowedKeys(Events events) {
    this.events = events;
  }

  /** All bits of a key's hash code in all bits of the result: the last step of MurmurHash3. */
  static int spread(Object key) {
    int hash = key.hashCode();
    int mixed = (hash ^ (hash >>> 16)) * 0x85EBCA6B;
    mixed = (mixed ^ (mixed >>> 13)) * 0xC2B2AE35;
    return mixed ^ (mixed >>> 16);
  }

  /** Whether a key with this {@link #spread} is to be followed. */
  boolean isFollowed(int spread) {
    return spread >>> 1 <= threshold;
  }

  /** The key, if it has been seen and is followed; null if not. */
  @Nullable Followed known(Object key) {
    return threshold < 0 ? null : followed.get(key);
  }

  int count() {
    return followed.size();
  }

  /** Share of all keys that are followed, 0 to 1. */
  double share() {
    return (threshold + 1.0) / (EVERYTHING + 1.0);
  }

  void forEach(Consumer<Followed> action) {
    followed.values().forEach(action);
  }

  /** The key in the sample; null if it no longer is to be followed. */
  @Nullable Followed follow(Object key, int spread, int tick) {
    Followed known = followed.get(key);
    if (known != null || !isFollowed(spread)) {
      return known;
    }
    if (followed.size() >= MOST) {
      makeRoom();
      if (!isFollowed(spread)) {
        return null;
      }
    }
    Followed first = new Followed(key, spread, tick);
    followed.put(key, first);
    return first;
  }

  private void makeRoom() {
    sweep();
    while (followed.size() > MOST - MOST / 8) {
      if (threshold == 0) {
        // Hash codes that are all the same: there is no sample of such keys.
        followed.clear();
        threshold = -1;
        return;
      }
      thin();
    }
  }

  /** Keys that did nothing in the time that is remembered are forgotten. */
  void sweep() {
    int start = events.count() == 0 ? 0 : events.at(events.oldest());
    followed.values().removeIf(each -> !events.isKept(each.newest) && each.lastAt - start < 0);
  }

  /** Follows half as many. */
  void thin() {
    threshold >>>= 1;
    followed.values().removeIf(each -> !isFollowed(each.spread));
  }

  /** Whether four times as many would still be few. */
  boolean mayWiden() {
    return threshold < EVERYTHING && followed.size() < MOST / 8;
  }

  /** Follows four times as many from now on. */
  void widen() {
    threshold = (int) Math.min(EVERYTHING, (threshold + 1L) * 4 - 1);
  }

  void clear() {
    followed.clear();
  }
}
