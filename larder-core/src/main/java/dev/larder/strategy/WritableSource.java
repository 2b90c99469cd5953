package dev.larder.strategy;

/**
 * A source that a strategy also writes.
 *
 * @param <K> key type
 * @param <V> value type
 */
public interface WritableSource<K, V> extends Source<K, V> {

  /**
   * Writes the value and commits. What it throws reaches the caller, and the key is invalidated, since
   * nobody knows then what is there.
   *
   * @return what the source has now, which is what gets cached
   */
  V store(K key, V value);
}
