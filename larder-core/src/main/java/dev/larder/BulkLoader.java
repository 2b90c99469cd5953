package dev.larder;

import java.util.Map;
import java.util.Set;

/**
 * Reads many values from the source at once.
 *
 * @param <K> key type
 * @param <V> value type
 * @param <X> what it throws
 */
@FunctionalInterface
public interface BulkLoader<K, V, X extends Exception> {

  /**
   * The values for the keys. A key without an entry (or with a null value) in the result is one for
   * which the source has nothing; keys that were not asked for are ignored.
   *
   * @param keys what the cache lacks, never empty
   */
  Map<? extends K, ? extends V> loadAll(Set<K> keys) throws X;
}
