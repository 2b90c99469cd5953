package dev.larder.codec;

import java.nio.ByteBuffer;

/**
 * Turns values of one declared type into bytes and back. Safe for many threads.
 *
 * @param <V> the declared type; never null here (the engine stores absences itself)
 */
public interface Codec<V> {

  /**
   * The bytes of a value; a fresh array that the caller owns.
   *
   * @throws dev.larder.CodecException if the value has no form
   */
  byte[] encode(V value);

  /**
   * The value of the remaining bytes.
   *
   * @throws dev.larder.CodecException on bytes that are not a value of the declared type; nothing
   *     else escapes, whatever the bytes
   */
  V decode(ByteBuffer bytes);

  /**
   * A digest of the shape of the declared type: names and types of what is stored, through all
   * nested types. Entries of another shape are misses. The same in every process that runs the same
   * classes.
   */
  int fingerprint();
}
