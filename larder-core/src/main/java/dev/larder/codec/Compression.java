package dev.larder.codec;

import java.nio.ByteBuffer;

/** A way to make bytes fewer. Safe for many threads. */
public interface Compression {

  /**
   * The number that entries carry for this way, 1 to 6: 1 zlib, 2 zstd; 7 stands for encrypted values.
   * Stored, so never reused.
   */
  int id();

  /** Name for configuration and statistics. */
  String name();

  /** The packed bytes. */
  byte[] compress(byte[] raw);

  /**
   * The raw bytes.
   *
   * @param packed the remaining bytes are read
   * @param rawLength what the entry declares; already checked against the limit of the cache
   * @throws dev.larder.CodecException if the bytes are not packed in this way, or do not give
   *     exactly {@code rawLength}; never allocates beyond that
   */
  byte[] decompress(ByteBuffer packed, int rawLength);
}
