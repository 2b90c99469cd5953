package dev.larder.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.larder.CodecException;
import java.nio.ByteBuffer;

/**
 * Zstandard (RFC 8878), there when {@code com.github.luben:zstd-jni} is on the class path; ask
 * {@link Compressions}. Frames carry their content size and a checksum, and both are demanded on the
 * way back. Safe for many threads.
 */
public final class ZstdCompression implements Compression {

  /** The level used without asking. */
  public static final int DEFAULT_LEVEL = 3;

  private static final int GREATEST_LEVEL = 22;

  private final int level;

  /**
   * At the {@value #DEFAULT_LEVEL}rd level.
   *
   * @throws LinkageError if zstd-jni or its native part is absent
   */
  public ZstdCompression() {
    this(DEFAULT_LEVEL);
  }

  /**
   * At a level.
   *
   * @param level 1 (quickest) to {@value #GREATEST_LEVEL} (smallest)
   * @throws IllegalArgumentException if it is out of range
   * @throws LinkageError if zstd-jni or its native part is absent
   */
  public ZstdCompression(int level) {
    if (level < 1 || level > GREATEST_LEVEL) {
      throw new IllegalArgumentException(
          "zstd level " + level + ": allowed are 1 to " + GREATEST_LEVEL);
    }
    // Loads the native part now, so that its absence is known before there are values.
    Zstd.compressBound(0);
    this.level = level;
  }

  @Override
  public int id() {
    return 2;
  }

  @Override
  public String name() {
    return "zstd";
  }

  @Override
  public byte[] compress(byte[] raw) {
    try (ZstdCompressCtx context = new ZstdCompressCtx()) {
      context.setLevel(level);
      context.setChecksum(true);
      return context.compress(raw);
    } catch (ZstdException e) {
      throw new CodecException("zstd failed on " + raw.length + " bytes", e);
    }
  }

  @Override
  public byte[] decompress(ByteBuffer packed, int rawLength) {
    if (rawLength < 0) {
      throw new CodecException("declared length " + rawLength);
    }
    ZstdFrame.check(packed, rawLength);
    byte[] bytes;
    int offset;
    int length = packed.remaining();
    if (packed.hasArray()) {
      bytes = packed.array();
      offset = packed.arrayOffset() + packed.position();
      packed.position(packed.limit());
    } else {
      bytes = new byte[length];
      offset = 0;
      packed.get(bytes);
    }
    byte[] raw = new byte[rawLength];
    try (ZstdDecompressCtx context = new ZstdDecompressCtx()) {
      int size = context.decompressByteArray(raw, 0, rawLength, bytes, offset, length);
      if (size != rawLength) {
        throw new CodecException("zstd frame of " + size + " bytes, declared were " + rawLength);
      }
      return raw;
    } catch (ZstdException e) {
      throw new CodecException("not a zstd frame of the declared length: " + e.getMessage(), e);
    }
  }
}
