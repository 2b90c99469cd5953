package dev.larder;

import org.jspecify.annotations.Nullable;

/**
 * Writes a value to the source and says what it then holds. Must have committed when it returns.
 *
 * @param <V> value type
 * @param <X> what it throws
 */
@FunctionalInterface
public interface SourceWriter<V, X extends Exception> {

  /** Writes, commits, and returns the value that the source now has, or null if none. */
  @Nullable V write() throws X;
}
