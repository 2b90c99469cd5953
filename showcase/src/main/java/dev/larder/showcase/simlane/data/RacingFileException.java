package dev.larder.showcase.simlane.data;

import org.jspecify.annotations.Nullable;

/** A racing file that can't be imported; the message says where and why. */
public final class RacingFileException extends Exception {
  private static final long serialVersionUID = 1;

  RacingFileException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
