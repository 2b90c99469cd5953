package dev.larder.spring.cache;

import org.jspecify.annotations.Nullable;

/** Carries a value out of a load past the cache: {@code unless} has said that it is not stored. */
final class NotStored extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient @Nullable Object value;

  NotStored(@Nullable Object value) {
    super("not stored, by unless", null, false, false);
    this.value = value;
  }

  @Nullable Object value() {
    return value;
  }
}
