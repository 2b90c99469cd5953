package dev.larder;

import org.jspecify.annotations.Nullable;

/** A tier did not answer, or is being skipped because it failed. */
public final class TierUnavailableException extends CacheException {

  private static final long serialVersionUID = 1L;

  /** With a message. */
  public TierUnavailableException(String message) {
    super(message);
  }

  /** With a message and the cause. */
  public TierUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
