package dev.larder;

import org.jspecify.annotations.Nullable;

/** A load took longer than the hard time-out and there was nothing older to serve. It goes on and is stored if nothing invalidates it. */
public final class LoadTimeoutException extends CacheException {

  private static final long serialVersionUID = 1L;

  /** With a message. */
  public LoadTimeoutException(String message) {
    super(message);
  }

  /** With a message and the cause. */
  public LoadTimeoutException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
