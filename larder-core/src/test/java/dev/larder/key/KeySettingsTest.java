package dev.larder.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySettingsTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "a:b", "a b", "{x}", "*", "ö", "a\n", "a/b", "~"})
  void of_wrongName_isRefused(String name) {
    assertThatThrownBy(() -> KeySettings.of(name, "cache", 1))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("key prefix");
    assertThatThrownBy(() -> KeySettings.of("app", name, 1))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("cache name");
  }

  @Test
  void of_nameLengths_areBounded() {
    assertThat(KeySettings.of("a", "b".repeat(64), 0).cache()).hasSize(64);
    assertThatThrownBy(() -> KeySettings.of("a", "b".repeat(65), 0))
        .isInstanceOf(ConfigurationException.class);
  }

  @Test
  void new_severalFaults_namesAll() {
    assertThatThrownBy(() -> new KeySettings("a\nb", "", -1, true, new byte[15], 199))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "key prefix \"a%0Ab\": allowed are 1 to 64 of A-Z a-z 0-9 _ . -; cache name \"\":"
                + " allowed are 1 to 64 of A-Z a-z 0-9 _ . -; key version -1: allowed are 0 and"
                + " more; key secret of 15 bytes: at least 16 are needed; longest key of 199 bytes:"
                + " allowed are 208 to 4096");
  }

  @Test
  void secret_isCopiedAndNeverPrinted() {
    byte[] secret = "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    KeySettings settings = new KeySettings("a", "b", 1, true, secret, 208);
    KeySettings equal = new KeySettings("a", "b", 1, true, secret.clone(), 208);
    secret[0] = 'x';
    assertThat(settings).isEqualTo(equal).hasSameHashCodeAs(equal);
    assertThat(settings.secret()).startsWith('0');
    settings.secret()[0] = 'x';
    assertThat(settings.secret()).startsWith('0');
    assertThat(settings.toString()).contains("with a secret").doesNotContain("1234");
  }

  @Test
  void encode_purpose_standsBeforeTheCache() {
    KeyEncoder keys = KeyEncoder.of(new KeySettings("app", "story", 2, false, null, 208, "query"));
    assertThat(keys.encodeSlot("a")).isEqualTo("app:query/story:v2:a");
    assertThat(keys.prefix("a")).startsWith("app:query/story:v2:");
    assertThat(keys.stem()).isEqualTo("app:story:");
  }

  @Test
  void purpose_wrong_isRefused() {
    for (String wrong : new String[] {"Query", "a/b", "a:b", "x".repeat(14), " "}) {
      assertThatThrownBy(() -> new KeySettings("a", "b", 1, false, null, 208, wrong))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("allowed are 1 to 13 of a-z 0-9 _ -");
    }
  }

  @Test
  void encode_longestNamesAndVersion_hashedKeyFits() {
    KeySettings settings = new KeySettings(
        "a".repeat(64), "b".repeat(64), Integer.MAX_VALUE, true, null, 208, "c".repeat(13));
    SlotKey key = KeyEncoder.of(settings).encode(java.util.List.of("x", "y"));
    assertThat(key.slot().length()).isLessThanOrEqualTo(208);
    assertThat(key.prefixes().get(0).length()).isLessThanOrEqualTo(208);
  }
}
