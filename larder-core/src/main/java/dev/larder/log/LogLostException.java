package dev.larder.log;

import dev.larder.CacheException;

/**
 * The log has no record to append behind: it was never opened, or the store lost it. Nothing was
 * written. The engine answers by opening an epoch.
 */
public final class LogLostException extends CacheException {

  private static final long serialVersionUID = 1L;

  /** Names the log. */
  public LogLostException(String log) {
    super("log '" + log + "' is empty or gone");
  }
}
