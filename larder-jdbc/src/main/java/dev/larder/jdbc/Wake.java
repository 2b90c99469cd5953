package dev.larder.jdbc;

import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits on a session until a log may have grown. */
interface Wake {

  /** Longest wait of {@link #polling}. */
  long POLL_MILLIS = 50;

  /**
   * Waits at most so long, less at an announcement.
   *
   * @return whether it is worth reading the log now
   */
  boolean await(long millis) throws SQLException, InterruptedException;

  /** Forgets the announcements made so far; what they announced can be read by now. */
  default void forget() throws SQLException {}

  /** Undoes what was set on the session. */
  default void end() throws SQLException {}

  /** For drivers without announcements: short waits, ended by the latch. */
  static Wake polling(CountDownLatch closed) {
    return millis -> !closed.await(Math.min(millis, POLL_MILLIS), TimeUnit.MILLISECONDS);
  }
}
