package dev.larder.log;

import dev.larder.CacheException;

/**
 * The log has no record to append behind: it was never opened, or the store lost it. Then nothing was
 * written. Or it gave out a position for the second time, which it does after losing its tail. The
 * engine answers by opening an epoch.
 */
public final class LogLostException extends CacheException {

  private static final long serialVersionUID = 1L;

  /** Names the log. */
  public LogLostException(String log) {
    super("log '" + log + "' is empty or gone");
  }

  /** Names the position that had been given out before. */
  public LogLostException(Position twice) {
    super("log '" + twice.log() + "' lost its tail: it gave out " + twice + " again");
  }
}
