package dev.larder.internal.entry;

import dev.larder.CodecException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The stored form of an entry, which says itself what it is.
 *
 * <p>Shape: format version (1 byte), flags (1 byte: kind in bits 0-1, compression in bits 2-4), the
 * first 16 bytes of the SHA-256 of the slot key (which names the cache and its version), the value
 * shape's fingerprint (4 bytes), then as variable-length numbers epoch, asOf, keyAsOf minus asOf,
 * written, fresh and life times, raw length and the count of tags; each tag as length and UTF-8;
 * the payload; last a CRC-32C of all before it (4 bytes). About 50 bytes without tags.
 *
 * <p>The digest is checked on every read, so that a reply meant for another key (a shifted
 * connection, a colliding slot) is a miss and never another's value.
 */
public final class Envelope {

  private static final byte FORMAT = 1;
  private static final int DIGEST = 16;
  private static final int MAX_TAGS = 65_536;
  private static final ThreadLocal<MessageDigest> SHA256 = ThreadLocal.withInitial(() -> {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  });

  private Envelope() {}

  /** The stored bytes of an entry. */
  public static byte[] seal(String slot, Sealed entry) {
    List<byte[]> tags = new ArrayList<>(entry.tags().size());
    int tagBytes = 0;
    for (String tag : entry.tags()) {
      byte[] bytes = tag.getBytes(StandardCharsets.UTF_8);
      tags.add(bytes);
      tagBytes += bytes.length + 5;
    }
    ByteBuffer payload = entry.payload().duplicate();
    ByteBuffer out = ByteBuffer.allocate(110 + tagBytes + payload.remaining());
    out.put(FORMAT).put((byte) (entry.kind().code() | (entry.compression() << 2)));
    out.put(digest(slot), 0, DIGEST).putInt(entry.fingerprint());
    number(out, entry.epoch());
    number(out, entry.asOf());
    number(out, entry.keyAsOf() - entry.asOf());
    number(out, entry.writtenMillis());
    number(out, entry.freshMillis());
    number(out, entry.lifeMillis());
    number(out, entry.rawLength());
    number(out, tags.size());
    for (byte[] tag : tags) {
      number(out, tag.length);
      out.put(tag);
    }
    out.put(payload);
    byte[] bytes = new byte[out.position() + 4];
    System.arraycopy(out.array(), 0, bytes, 0, out.position());
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, out.position());
    ByteBuffer.wrap(bytes).putInt(out.position(), (int) crc.getValue());
    return bytes;
  }

  /**
   * The entry in stored bytes; its payload is a view of them.
   *
   * @throws CodecException if the bytes are not an entry of this slot, or were damaged
   */
  public static Sealed open(String slot, ByteBuffer body) {
    if (body.remaining() < 2 + DIGEST + 4 + 8 + 4) {
      throw new CodecException("too short for an entry: " + body.remaining() + " bytes");
    }
    int end = body.limit() - 4;
    CRC32C crc = new CRC32C();
    if (body.hasArray()) {
      crc.update(body.array(), body.arrayOffset() + body.position(), end - body.position());
    } else {
      crc.update(body.duplicate().limit(end));
    }
    if (body.getInt(end) != (int) crc.getValue()) {
      throw new CodecException("the checksum does not match");
    }
    ByteBuffer in = body.slice(body.position(), end - body.position());
    byte format = in.get();
    if (format != FORMAT) {
      throw new CodecException("entry format " + format + " is not " + FORMAT);
    }
    int flags = in.get();
    byte[] expected = digest(slot);
    for (int i = 0; i < DIGEST; i++) {
      if (in.get() != expected[i]) {
        throw new CodecException("the entry is of another key");
      }
    }
    try {
      return read(in, flags);
    } catch (java.nio.BufferUnderflowException | IllegalArgumentException damaged) {
      throw new CodecException("the entry is damaged", damaged);
    }
  }

  private static Sealed read(ByteBuffer in, int flags) {
    Sealed.Kind kind = Sealed.Kind.of(flags & 3);
    if (kind == null) {
      throw new CodecException("entry kind " + (flags & 3) + " is unknown");
    }
    int fingerprint = in.getInt();
    long epoch = number(in);
    long asOf = number(in);
    long keyAsOf = asOf + number(in);
    long written = number(in);
    long fresh = number(in);
    long life = number(in);
    long rawLength = number(in);
    long count = number(in);
    if (rawLength > Integer.MAX_VALUE || rawLength < 0 || count > MAX_TAGS || count < 0) {
      throw new CodecException("lengths out of range");
    }
    List<String> tags = new ArrayList<>((int) count);
    for (int i = 0; i < count; i++) {
      long length = number(in);
      if (length < 0 || length > in.remaining()) {
        throw new CodecException("a tag reaches past the end");
      }
      byte[] tag = new byte[(int) length];
      in.get(tag);
      tags.add(new String(tag, StandardCharsets.UTF_8));
    }
    return new Sealed(
        kind,
        (flags >> 2) & 7,
        (int) rawLength,
        fingerprint,
        epoch,
        asOf,
        keyAsOf,
        written,
        fresh,
        life,
        tags,
        in.slice());
  }

  private static byte[] digest(String slot) {
    MessageDigest sha256 = SHA256.get();
    return sha256.digest(slot.getBytes(StandardCharsets.UTF_8));
  }

  private static void number(ByteBuffer out, long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.put((byte) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.put((byte) rest);
  }

  private static long number(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte part = in.get();
      value |= (part & 0x7FL) << shift;
      if (part >= 0) {
        return value;
      }
    }
    throw new CodecException("a number is too long");
  }
}
