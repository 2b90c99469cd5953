package dev.larder;

import org.jspecify.annotations.Nullable;

/** A setting or a combination of settings is wrong; the message has every fault, with the value seen and the range allowed. */
public final class ConfigurationException extends CacheException {

  private static final long serialVersionUID = 1L;

  /** With a message. */
  public ConfigurationException(String message) {
    super(message);
  }

  /** With a message and the cause. */
  public ConfigurationException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
