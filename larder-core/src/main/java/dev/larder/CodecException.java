package dev.larder;

import org.jspecify.annotations.Nullable;

/** A value has no stored form, or bytes are not a value of the declared type. */
public final class CodecException extends CacheException {

  private static final long serialVersionUID = 1L;

  /** With a message. */
  public CodecException(String message) {
    super(message);
  }

  /** With a message and the cause. */
  public CodecException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
