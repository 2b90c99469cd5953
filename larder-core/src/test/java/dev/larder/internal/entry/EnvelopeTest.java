package dev.larder.internal.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.CodecException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An entry says itself what it is, and nothing else passes for it. */
class EnvelopeTest {

  private static final String SLOT = "halfnote:album:v1:42";
  private static final byte[] VALUE = "the value".getBytes(StandardCharsets.UTF_8);

  private static Sealed entry(List<String> tags, byte[] value) {
    return new Sealed(
        Sealed.Kind.VALUE,
        1,
        value.length,
        0x12345678,
        (7L << 32) | 0xFFFFFFFFL,
        1_000_000_000L,
        1_000_000_001L,
        1_800_000_000_000L,
        366L * 86_400_000,
        2 * 366L * 86_400_000,
        tags,
        ByteBuffer.wrap(value));
  }

  /** What is sealed is what is opened, field by field. */
  @Test
  void opensWhatWasSealed() {
    Sealed sealed = entry(List.of("artist:7", "", "ü".repeat(300)), VALUE);
    assertThat(Envelope.open(SLOT, ByteBuffer.wrap(Envelope.seal(SLOT, sealed))))
        .isEqualTo(sealed);
    for (Sealed.Kind kind : Sealed.Kind.values()) {
      Sealed other = new Sealed(kind, 0, 0, 0, 1, 0, 0, 0, 1, 1, List.of(), ByteBuffer.allocate(0));
      assertThat(Envelope.open(SLOT, ByteBuffer.wrap(Envelope.seal(SLOT, other))))
          .isEqualTo(other);
    }
  }

  /** The body may lie anywhere in its buffer, as a network client hands it over. */
  @Test
  void opensFromTheMiddleOfABuffer() {
    byte[] bytes = Envelope.seal(SLOT, entry(List.of("t"), VALUE));
    ByteBuffer wide = ByteBuffer.allocate(bytes.length + 20).position(11).put(bytes);
    assertThat(Envelope.open(SLOT, wide.flip().position(11)).payload())
        .isEqualTo(ByteBuffer.wrap(VALUE));
  }

  /** Any single flipped bit is noticed. */
  @Test
  void flippedBitIsRefused() {
    byte[] bytes = Envelope.seal(SLOT, entry(List.of("artist:7"), VALUE));
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      refused(SLOT, flipped);
    }
  }

  /** A body cut short anywhere, or with bytes behind it, is noticed. */
  @Test
  void truncatedOrExtendedBodyIsRefused() {
    byte[] bytes = Envelope.seal(SLOT, entry(List.of("artist:7"), VALUE));
    IntStream.range(0, bytes.length).forEach(length -> refused(SLOT, Arrays.copyOf(bytes, length)));
    refused(SLOT, Arrays.copyOf(bytes, bytes.length + 1));
  }

  /** A reply meant for another key, cache or version is never taken for this one's. */
  @Test
  void entryOfAnotherSlotIsRefused() {
    byte[] bytes = Envelope.seal(SLOT, entry(List.of(), VALUE));
    for (String other :
        List.of("halfnote:album:v1:43", "halfnote:album:v2:42", "other:album:v1:42", "")) {
      refused(other, bytes);
    }
  }

  /** Random bytes, and random bytes under a right checksum, end in the documented exception only. */
  @Test
  void foreignBytesAreRefused() {
    Random random = new Random(7);
    byte[] good = Envelope.seal(SLOT, entry(List.of("artist:7"), VALUE));
    for (int i = 0; i < 20_000; i++) {
      byte[] noise = new byte[random.nextInt(120)];
      random.nextBytes(noise);
      refused(SLOT, noise);
      byte[] forged = good.clone();
      int from = 22 + random.nextInt(forged.length - 26);
      for (int at = from; at < Math.min(forged.length - 4, from + 9); at++) {
        forged[at] = (byte) random.nextInt(256);
      }
      java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
      crc.update(forged, 0, forged.length - 4);
      ByteBuffer.wrap(forged).putInt(forged.length - 4, (int) crc.getValue());
      try {
        Envelope.open(SLOT, ByteBuffer.wrap(forged));
      } catch (CodecException expected) {
        assertThat(expected).hasMessageNotContaining("null");
      }
    }
  }

  /** At most 64 bytes over the encoded value, before tags, with every number at its largest. */
  @Test
  void overheadIsAtMost64Bytes() {
    for (int length : new int[] {0, 1, 200, 100_000}) {
      byte[] bytes = Envelope.seal(SLOT, entry(List.of(), new byte[length]));
      assertThat(bytes.length - length).isLessThanOrEqualTo(64);
    }
  }

  private static void refused(String slot, byte[] bytes) {
    assertThatThrownBy(() -> Envelope.open(slot, ByteBuffer.wrap(bytes)))
        .isInstanceOf(CodecException.class);
  }
}
