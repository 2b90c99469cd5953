package dev.larder.log;

import org.jspecify.annotations.Nullable;

/**
 * The last record of a log, or that there is none.
 *
 * @param position its position, or null when the log is empty or gone
 * @param nonce its nonce, 0 when there is no record
 * @param storeMillis the store's own clock, milliseconds since 1970; entries' times are told by it,
 *     so that nodes with skewed clocks agree
 */
public record Tail(@Nullable Position position, long nonce, long storeMillis) {

  /** Whether there is a record. */
  public boolean isPresent() {
    return position != null;
  }
}
