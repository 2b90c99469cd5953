package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.tier.Slot;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotFormatTest {

  private static final long NONCE = 0x0102030405060708L;
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void storedBytes_areThoseOfTheFirstVersion() {
    // Nodes of different versions share a server: these bytes are fixed for ever.
    assertThat(HEX.formatHex(SlotFormat.placeholder(NONCE))).isEqualTo("b1500102030405060708");
    assertThat(HEX.formatHex(SlotFormat.entry(NONCE, new byte[] {0, -1})))
        .isEqualTo("b14c010203040506070800ff");
  }

  @Test
  void parse_givesBackWhatWasWritten() {
    for (long nonce : new long[] {1, -1, Long.MIN_VALUE, Long.MAX_VALUE, NONCE}) {
      assertThat(SlotFormat.parse(SlotFormat.placeholder(nonce)))
          .isEqualTo(new Slot.Placeholder(nonce));
      for (byte[] body : List.of(new byte[0], new byte[] {1, 2, 3}, new byte[5_000])) {
        assertThat(SlotFormat.parse(SlotFormat.entry(nonce, body)))
            .isEqualTo(new Slot.Filled(nonce, ByteBuffer.wrap(body)));
      }
    }
  }

  @Test
  void parse_bodyBeginsAtZeroAndEndsAtItsEnd() {
    Slot.Filled filled = (Slot.Filled) SlotFormat.parse(SlotFormat.entry(5, new byte[] {7, 8}));
    assertThat(filled.body().position()).isZero();
    assertThat(filled.body().remaining()).isEqualTo(2);
    assertThat(filled.body().get(0)).isEqualTo((byte) 7);
  }

  @Test
  void parse_nothing_isFree() {
    assertThat(SlotFormat.parse(null)).isEqualTo(Slot.Empty.FREE);
  }

  @Test
  void parse_bytesOfOthers_areForeign() {
    List<byte[]> foreign = List.of(
        new byte[0],
        "text".getBytes(StandardCharsets.UTF_8),
        "longer than any header".getBytes(StandardCharsets.UTF_8),
        "±L is U+00B1".getBytes(StandardCharsets.UTF_8),
        HEX.parseHex("aced00057372000e"),
        HEX.parseHex("b14c01020304050607"),
        HEX.parseHex("b150010203040506070809"),
        HEX.parseHex("b1510102030405060708"),
        HEX.parseHex("504c0102030405060708"));
    for (byte[] bytes : foreign) {
      assertThat(SlotFormat.parse(bytes)).as(HEX.formatHex(bytes)).isEqualTo(Slot.Empty.FOREIGN);
    }
  }

  @Test
  void nonceZero_isRefused() {
    assertThatThrownBy(() -> SlotFormat.placeholder(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SlotFormat.entry(0, new byte[1]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
