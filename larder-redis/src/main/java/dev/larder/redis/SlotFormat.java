package dev.larder.redis;

import dev.larder.tier.Slot;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a slot.
 *
 * <p>Shape: one byte 0xB1, one byte that says what follows ({@code L} entry, {@code P}
 * placeholder), the nonce in eight bytes, highest first, and for an entry the sealed body. 0xB1 begins no
 * text in UTF-8, no number, no Java serialization and no compressed stream, so bytes of others are
 * told apart; a later format takes other letters. The scripts know these ten bytes too.
 */
final class SlotFormat {

  /** Bytes before the body. */
  static final int HEADER = 10;

  private static final byte MAGIC = (byte) 0xB1;
  private static final byte ENTRY = 'L';
  private static final byte PLACEHOLDER = 'P';

  private SlotFormat() {}

  /** The slot that bytes stand for; null bytes are a free slot. The array becomes the slot's. */
  static Slot parse(byte @Nullable [] bytes) {
    if (bytes == null) {
      return Slot.Empty.FREE;
    }
    if (bytes.length >= HEADER && bytes[0] == MAGIC) {
      if (bytes[1] == ENTRY) {
        ByteBuffer body = ByteBuffer.wrap(bytes, HEADER, bytes.length - HEADER).slice();
        return new Slot.Filled(nonce(bytes), body);
      }
      if (bytes[1] == PLACEHOLDER && bytes.length == HEADER) {
        return new Slot.Placeholder(nonce(bytes));
      }
    }
    return Slot.Empty.FOREIGN;
  }

  /** The bytes of a placeholder. */
  static byte[] placeholder(long nonce) {
    return header(HEADER, PLACEHOLDER, nonce).array();
  }

  /** The bytes of an entry. */
  static byte[] entry(long nonce, byte[] body) {
    return header(HEADER + body.length, ENTRY, nonce).put(body).array();
  }

  /** A nonce as scripts compare it. */
  static byte[] nonceBytes(long nonce) {
    return ByteBuffer.allocate(Long.BYTES).putLong(nonce).array();
  }

  private static ByteBuffer header(int length, byte kind, long nonce) {
    if (nonce == 0) {
      throw new IllegalArgumentException("nonce: 0 is reserved");
    }
    return ByteBuffer.allocate(length).put(MAGIC).put(kind).putLong(nonce);
  }

  private static long nonce(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getLong(2);
  }
}
