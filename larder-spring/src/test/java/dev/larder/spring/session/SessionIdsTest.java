package dev.larder.spring.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Ids, and what stands for them in stores and in results. */
class SessionIdsTest {

  private static final byte[] SECRET = "a secret of the tests".getBytes(StandardCharsets.UTF_8);

  private final SessionIds sealing = new SessionIds(SECRET);
  private final SessionIds plain = new SessionIds(null);

  @Test
  void sealedId_isReadBackUnderTheSameSecretOnly() {
    String id = sealing.generate();
    String digest = sealing.digest(id);
    byte[] sealed = sealing.seal(id, digest);
    assertThat(new SessionIds(SECRET).name(digest, sealed)).isEqualTo(id);
    assertThat(new SessionIds("another one of them".getBytes(StandardCharsets.UTF_8))
            .name(digest, sealed))
        .startsWith("~");
    assertThat(plain.name(digest, sealed)).startsWith("~");
    assertThat(plain.seal(id, digest)).isNull();
  }

  @Test
  void sealedId_ofAnotherSessionOrChanged_isNotTaken() {
    String id = sealing.generate();
    String digest = sealing.digest(id);
    byte[] sealed = sealing.seal(id, digest);
    assertThat(sealing.name(sealing.digest(sealing.generate()), sealed)).startsWith("~");
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThat(sealing.name(digest, changed)).startsWith("~");
    }
  }

  @Test
  void handle_cannotBeMadeFromWhatIsStored() {
    String digest = plain.digest(plain.generate());
    String handle = plain.name(digest, null);
    assertThat(plain.digest(handle)).isEqualTo(digest);
    assertThat(new SessionIds(null).digest(handle)).isNull();
    assertThat(plain.digest("~" + digest)).isNull();
    assertThat(plain.digest(handle.substring(0, handle.length() - 1))).isNull();
    String other = plain.digest(plain.generate());
    assertThat(plain.digest("~" + other + handle.substring(1 + other.length()))).isNull();
  }

  @Test
  void principal_isADigestThatTheSecretKeepsFromBeingGuessed() {
    assertThat(plain.principal("ann")).isEqualTo(new SessionIds(null).principal("ann"));
    assertThat(sealing.principal("ann"))
        .isEqualTo(new SessionIds(SECRET).principal("ann"))
        .isNotEqualTo(plain.principal("ann"));
  }
}
