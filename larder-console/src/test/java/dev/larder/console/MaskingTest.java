package dev.larder.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class MaskingTest {

  private final Masking masking = new Masking(Set.of("session", "basket.v2"));

  @Test
  void text_hidesThePartsOfSecretKeys_alsoInAPurposeOrAClusterSlot() {
    for (String key : new String[] {
      "app:session:v1:abc",
      "app:view/session:v2:abc",
      "app:{session}:v1:abc",
      "app:basket.v2:v1:abc"
    }) {
      assertThat(masking.isSecret(key)).as(key).isTrue();
      assertThat(masking.text("key " + key + ", tag user:7"))
          .endsWith(":hidden-ba7816bf, tag user:7")
          .doesNotContain(":abc");
    }
  }

  @Test
  void text_leavesOthersAsTheyAre() {
    for (String key :
        new String[] {"app:album:v1:session", "app:sessions:v1:a", "app:basketxv2:v1:a"}) {
      assertThat(masking.isSecret(key)).as(key).isFalse();
      assertThat(masking.text(key)).isEqualTo(key);
    }
    assertThat(new Masking(Set.of()).text("app:session:v1:abc")).isEqualTo("app:session:v1:abc");
  }
}
