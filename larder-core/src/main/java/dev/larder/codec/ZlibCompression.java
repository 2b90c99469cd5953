package dev.larder.codec;

import dev.larder.CodecException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * zlib (RFC 1950), always there. Its Adler-32 is checked on the way back.
 *
 * <p>Every call uses its own native deflater or inflater and frees it, so nothing waits for the
 * garbage collector. Safe for many threads.
 */
public final class ZlibCompression implements Compression {

  /** The level used without asking: quick, and close to the best for text of a few kilobytes. */
  public static final int DEFAULT_LEVEL = 4;

  /** No deflate stream holds more than this many raw bytes per packed one. */
  private static final long GREATEST_RATIO = 1032;

  private final int level;

  /** At the {@value #DEFAULT_LEVEL}th level. */
  public ZlibCompression() {
    this(DEFAULT_LEVEL);
  }

  /**
   * At a level.
   *
   * @param level 1 (quickest) to 9 (smallest)
   * @throws IllegalArgumentException if it is out of range
   */
  public ZlibCompression(int level) {
    if (level < Deflater.BEST_SPEED || level > Deflater.BEST_COMPRESSION) {
      throw new IllegalArgumentException("zlib level " + level + ": allowed are 1 to 9");
    }
    this.level = level;
  }

  @Override
  public int id() {
    return 1;
  }

  @Override
  public String name() {
    return "zlib";
  }

  @Override
  public byte[] compress(byte[] raw) {
    Deflater deflater = new Deflater(level);
    try {
      deflater.setInput(raw);
      deflater.finish();
      byte[] packed = new byte[raw.length / 3 + 64];
      int size = 0;
      while (true) {
        size += deflater.deflate(packed, size, packed.length - size);
        if (deflater.finished()) {
          return Arrays.copyOf(packed, size);
        }
        packed = Arrays.copyOf(packed, Math.addExact(packed.length, packed.length));
      }
    } finally {
      deflater.end();
    }
  }

  @Override
  public byte[] decompress(ByteBuffer packed, int rawLength) {
    if (rawLength < 0 || rawLength > packed.remaining() * GREATEST_RATIO) {
      throw malformed(packed.remaining() + " bytes cannot hold the declared " + rawLength, null);
    }
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(packed);
      byte[] raw = new byte[rawLength];
      int size = 0;
      while (size < rawLength) {
        int more = inflater.inflate(raw, size, rawLength - size);
        if (more == 0) {
          throw malformed("ended after " + size + " of " + rawLength + " bytes", null);
        }
        size += more;
      }
      // The stream's end and checksum may not have been reached by the last raw byte.
      if (!inflater.finished() && inflater.inflate(new byte[1]) != 0) {
        throw malformed("more than the declared " + rawLength + " bytes", null);
      }
      if (!inflater.finished()) {
        throw malformed("cut off", null);
      }
      if (packed.hasRemaining()) {
        throw malformed(packed.remaining() + " bytes after the end", null);
      }
      return raw;
    } catch (DataFormatException e) {
      throw malformed(String.valueOf(e.getMessage()), e);
    } finally {
      inflater.end();
    }
  }

  private static CodecException malformed(String fault, @Nullable Throwable cause) {
    return new CodecException("not a zlib stream of the declared length: " + fault, cause);
  }
}
