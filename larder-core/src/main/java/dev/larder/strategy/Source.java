package dev.larder.strategy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a strategy reads when the cache has nothing. Reads on the caller's thread; what it throws
 * reaches the caller as it is, and nothing is stored.
 *
 * @param <K> key type
 * @param <V> value type
 */
@FunctionalInterface
public interface Source<K, V> {

  /** The value of a key, or null if there is none. */
  @Nullable V load(K key);

  /**
   * The values of many keys; those that are not in the result have none. One {@link #load} for each by
   * default: where the source can be asked once for all, say so here.
   */
  default Map<K, V> loadAll(Set<K> keys) {
    Map<K, V> values = new LinkedHashMap<>();
    for (K key : keys) {
      V value = load(key);
      if (value != null) {
        values.put(key, value);
      }
    }
    return values;
  }
}
