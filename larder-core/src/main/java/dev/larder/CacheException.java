package dev.larder;

import org.jspecify.annotations.Nullable;

/**
 * Base of what Larder itself throws. Exceptions of loaders are never wrapped in it: they reach the
 * caller as they are.
 */
public abstract class CacheException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With a message. */
  protected CacheException(String message) {
    super(message);
  }

  /** With a message and the cause. */
  protected CacheException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
