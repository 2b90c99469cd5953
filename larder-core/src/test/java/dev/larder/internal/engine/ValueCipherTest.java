package dev.larder.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.CodecException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an encrypted value withstands. */
class ValueCipherTest {

  private static final byte[] TEXT = bytes("text");

  private final ValueCipher cipher = new ValueCipher(List.of(bytes("one secret")));

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void assertRefused(String slot, byte[] bytes, String why) {
    assertThatThrownBy(() -> cipher.decrypt(slot, ByteBuffer.wrap(bytes)))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining(why);
  }

  @Test
  void value_comesBack_andIsNeverStoredTwiceAlike() {
    byte[] stored = cipher.encrypt("a", TEXT);
    assertThat(cipher.decrypt("a", ByteBuffer.wrap(stored))).isEqualTo(TEXT);
    assertThat(cipher.encrypt("a", TEXT)).isNotEqualTo(stored).hasSize(TEXT.length + 32);
  }

  @Test
  void bytesOfAnotherSlot_areRefused() {
    assertRefused("b", cipher.encrypt("a", TEXT), "changed since or of another key");
  }

  @Test
  void changedBytes_areRefused_whereverTheyWereChanged() {
    byte[] stored = cipher.encrypt("a", TEXT);
    for (int i = 0; i < stored.length; i++) {
      byte[] changed = stored.clone();
      changed[i] ^= 1;
      assertRefused(
          "a", changed, i < 4 ? "a secret that this node does not have" : "changed since");
    }
    for (int length = 0; length < stored.length; length++) {
      assertRefused("a", java.util.Arrays.copyOf(stored, length), "");
    }
  }

  @Test
  void earlierSecret_stillDecrypts_andTheFirstEncrypts() {
    ValueCipher changed = new ValueCipher(List.of(bytes("new secret"), bytes("one secret")));
    assertThat(changed.decrypt("a", ByteBuffer.wrap(cipher.encrypt("a", TEXT)))).isEqualTo(TEXT);
    assertRefused("a", changed.encrypt("a", TEXT), "a secret that this node does not have");
  }
}
