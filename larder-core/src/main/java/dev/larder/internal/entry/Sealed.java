package dev.larder.internal.entry;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it is stored below L1.
 *
 * @param kind whether it holds a value, null as a value, or an absence
 * @param compression id of the compression of {@code payload}, 0 for none, {@link #ENCRYPTED}
 * @param rawLength length of the payload before compression
 * @param fingerprint shape of the value's type
 * @param epoch epoch of the store's log under which the entry was loaded
 * @param asOf position from which records on tags, prefixes and the cache count
 * @param keyAsOf position from which records on the key count; at least {@code asOf}
 * @param writtenMillis when it was stored, by the store's clock
 * @param freshMillis how long it is fresh from then
 * @param lifeMillis how long it may be served at all from then
 * @param tags tags
 * @param payload the codec's bytes, compressed or not
 */
public record Sealed(
    Kind kind,
    int compression,
    int rawLength,
    int fingerprint,
    long epoch,
    long asOf,
    long keyAsOf,
    long writtenMillis,
    long freshMillis,
    long lifeMillis,
    List<String> tags,
    ByteBuffer payload) {

  /** Stands for a compression where the payload is encrypted; its text begins with the compression. */
  public static final int ENCRYPTED = 7;

  /** What an entry says. */
  public enum Kind {
    /** The payload is a value. */
    VALUE(0),
    /** The value is null, and null is a value here. */
    NULL(1),
    /** The source has nothing. */
    ABSENCE(2);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /** The number that stands for it in stored entries. */
    int code() {
      return code;
    }

    /** The kind with a number; null if there is none. */
    static @Nullable Kind of(int code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      return null;
    }
  }
}
