package dev.larder;

import org.jspecify.annotations.Nullable;

/** The larder was closed. */
public final class LarderClosedException extends CacheException {

  private static final long serialVersionUID = 1L;

  /** With a message. */
  public LarderClosedException(String message) {
    super(message);
  }

  /** With a message and the cause. */
  public LarderClosedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
