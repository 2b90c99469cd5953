package dev.larder;

import org.jspecify.annotations.Nullable;

/**
 * Reads one value from the source.
 *
 * <p>Runs on the caller's thread, so its transaction, security and logging context hold; on an
 * executor where a time-out or a background refresh is wanted. Null means that the source has
 * nothing. What it throws reaches the callers of this load unwrapped, and nothing is stored.
 *
 * @param <K> key type
 * @param <V> value type
 * @param <X> what it throws
 */
@FunctionalInterface
public interface Loader<K, V, X extends Exception> {

  /** The value for the key, or null if the source has none. */
  @Nullable V load(K key) throws X;
}
