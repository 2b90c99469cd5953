package dev.larder.codec;

import dev.larder.CodecException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The outline of a Zstandard frame (RFC 8878, section 3.1.1), walked before anything is allocated.
 *
 * <p>The library itself takes several frames in a row, frames without a checksum, and frames to skip;
 * entries are one frame each, so anything else was not written by a Larder.
 */
final class ZstdFrame {

  private static final int MAGIC = 0xFD2FB528;
  private static final int HAS_CHECKSUM = 1 << 2;
  private static final int SINGLE_SEGMENT = 1 << 5;
  private static final int RESERVED = 1 << 3;
  private static final int DICTIONARY = 3;
  private static final int BLOCK_HEADER = 3;

  private static final int RLE_BLOCK = 1;
  private static final int RESERVED_BLOCK = 3;

  private ZstdFrame() {}

  /**
   * Refuses bytes that are not exactly one frame of the given content size with a checksum. Leaves the
   * position.
   */
  static void check(ByteBuffer packed, int rawLength) {
    ByteBuffer frame = packed.slice().order(ByteOrder.LITTLE_ENDIAN);
    need(frame, 5);
    if (frame.getInt() != MAGIC) {
      throw malformed("no zstd frame");
    }
    int descriptor = frame.get();
    if ((descriptor & (HAS_CHECKSUM | RESERVED | DICTIONARY)) != HAS_CHECKSUM) {
      throw malformed("a frame with a dictionary or without a checksum");
    }
    boolean single = (descriptor & SINGLE_SEGMENT) != 0;
    if (!single) {
      need(frame, 1);
      frame.get();
    }
    long size = contentSize(frame, (descriptor >>> 6) & 3, single);
    if (size != rawLength) {
      throw malformed("content of " + size + " bytes, declared were " + rawLength);
    }
    boolean last;
    do {
      need(frame, BLOCK_HEADER);
      int header = (frame.getShort() & 0xFFFF) | (frame.get() & 0xFF) << 16;
      last = (header & 1) != 0;
      int type = (header >>> 1) & 3;
      if (type == RESERVED_BLOCK) {
        throw malformed("a block of unknown type");
      }
      int stored = type == RLE_BLOCK ? 1 : header >>> 3;
      need(frame, stored);
      frame.position(frame.position() + stored);
    } while (!last);
    need(frame, Integer.BYTES);
    frame.getInt();
    if (frame.hasRemaining()) {
      throw malformed(frame.remaining() + " bytes after the frame");
    }
  }

  private static long contentSize(ByteBuffer frame, int flag, boolean single) {
    if (flag == 0 && !single) {
      throw malformed("a frame without a content size");
    }
    need(frame, 1 << flag);
    return switch (flag) {
      case 0 -> frame.get() & 0xFF;
      case 1 -> (frame.getShort() & 0xFFFF) + 256;
      case 2 -> frame.getInt() & 0xFFFFFFFFL;
      default -> frame.getLong();
    };
  }

  private static void need(ByteBuffer frame, int bytes) {
    if (frame.remaining() < bytes) {
      throw malformed("cut off");
    }
  }

  private static CodecException malformed(String fault) {
    return new CodecException("not a zstd frame of the declared length: " + fault);
  }
}
