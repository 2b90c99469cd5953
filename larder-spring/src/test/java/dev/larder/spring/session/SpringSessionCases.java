package dev.larder.spring.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/**
 * The fourteen cases that Spring Session tests its {@code RedisSessionRepository} with (its {@code
 * RedisSessionRepositoryITests}, which is not published), each read back from another node.
 *
 * <p>Three of them end in an exception there, since their session has ended meanwhile. Here, as in Spring
 * Session's own repository for JDBC, such a save stores nothing and says nothing: see {@link
 * #assertNothingIsSaved}.
 */
abstract class SpringSessionCases extends SessionNodes {

  private LarderSession saved(Instant lastAccess) {
    LarderSession session = one.createSession();
    session.setLastAccessedTime(lastAccess);
    session.setAttribute("attribute1", "value1");
    one.save(session);
    return one.findById(session.getId());
  }

  private LarderSession saved() {
    return saved(clock.instant());
  }

  private void change(LarderSession session, int seconds, String name, String value) {
    session.setLastAccessedTime(clock.instant().plusSeconds(seconds));
    session.setAttribute(name, value);
  }

  private void assertNothingIsSaved(LarderSession ended, String... ids) {
    long refused = one.stats().refused();
    one.save(ended);
    assertThat(one.stats().refused()).isEqualTo(refused + 1);
    assertThat(ids).allSatisfy(id -> {
      assertThat(one.findById(id)).isNull();
      assertThat(other.findById(id)).isNull();
    });
  }

  @Test
  void case01_saveNewSession() {
    LarderSession session = other.findById(saved().getId());
    assertThat(session.getMaxInactiveInterval()).isEqualTo(Duration.ofMinutes(30));
    assertThat(session.getAttributeNames()).containsExactly("attribute1");
    assertThat(session.<String>getAttribute("attribute1")).isEqualTo("value1");
  }

  @Test
  void case02_saveLastAccessedInThePast_expires() {
    assertThat(saved(Instant.EPOCH)).isNull();
  }

  @Test
  void case03_saveDeletedSession() {
    LarderSession session = saved();
    one.deleteById(session.getId());
    session.setAttribute("attribute1", "value2");
    assertNothingIsSaved(session, session.getId());
  }

  @Test
  void case04_saveConcurrentUpdates() {
    LarderSession copy1 = saved();
    LarderSession copy2 = other.findById(copy1.getId());
    change(copy1, 1, "attribute2", "value2");
    one.save(copy1);
    change(copy2, 2, "attribute3", "value3");
    other.save(copy2);

    LarderSession session = one.findById(copy1.getId());
    assertThat(session.getLastAccessedTime()).isEqualTo(clock.instant().plusSeconds(2));
    assertThat(session.getAttributeNames())
        .containsExactlyInAnyOrder("attribute1", "attribute2", "attribute3");
    assertThat(session.<String>getAttribute("attribute1")).isEqualTo("value1");
    assertThat(session.<String>getAttribute("attribute2")).isEqualTo("value2");
    assertThat(session.<String>getAttribute("attribute3")).isEqualTo("value3");
  }

  @Test
  void case05_changeIdAndAttribute() {
    LarderSession session = saved();
    String original = session.getId();
    change(session, 0, "attribute1", "value2");
    String next = session.changeSessionId();
    one.save(session);

    LarderSession loaded = other.findById(next);
    assertThat(loaded.getAttributeNames()).containsExactly("attribute1");
    assertThat(loaded.<String>getAttribute("attribute1")).isEqualTo("value2");
    assertThat(other.findById(original)).isNull();
  }

  @Test
  void case06_changeIdOnly() {
    LarderSession session = saved();
    String original = session.getId();
    String next = session.changeSessionId();
    one.save(session);
    assertThat(other.findById(next)).isNotNull();
    assertThat(other.findById(original)).isNull();
  }

  @Test
  void case07_changeIdTwice() {
    LarderSession session = saved();
    String original = session.getId();
    change(session, 0, "attribute1", "value2");
    String second = session.changeSessionId();
    change(session, 0, "attribute1", "value3");
    String third = session.changeSessionId();
    one.save(session);
    assertThat(other.findById(original)).isNull();
    assertThat(other.findById(second)).isNull();
    assertThat(other.findById(third)).isNotNull();
  }

  @Test
  void case08_changeIdOfANewSession() {
    LarderSession session = one.createSession();
    String original = session.getId();
    change(session, 0, "attribute1", "value1");
    String next = session.changeSessionId();
    one.save(session);
    assertThat(other.findById(next)).isNotNull();
    assertThat(other.findById(original)).isNull();
  }

  @Test
  void case09_changeIdAndSaveTwice() {
    LarderSession session = saved();
    String original = session.getId();
    change(session, 0, "attribute1", "value1");
    String next = session.changeSessionId();
    one.save(session);
    one.save(session);
    assertThat(other.findById(next)).isNotNull();
    assertThat(other.findById(original)).isNull();
  }

  @Test
  void case10_changeIdOfADeletedSession() {
    LarderSession session = saved();
    String original = session.getId();
    one.deleteById(original);
    change(session, 0, "attribute1", "value1");
    String next = session.changeSessionId();
    assertNothingIsSaved(session, original, next);
  }

  @Test
  void case11_changeIdConcurrently() {
    LarderSession copy1 = saved();
    String original = copy1.getId();
    LarderSession copy2 = one.findById(original);
    change(copy1, 1, "attribute2", "value2");
    String next1 = copy1.changeSessionId();
    one.save(copy1);
    change(copy2, 2, "attribute3", "value3");
    String next2 = copy2.changeSessionId();
    assertNothingIsSaved(copy2, original, next2);
    assertThat(other.findById(next1).getAttributeNames())
        .containsExactlyInAnyOrder("attribute1", "attribute2");
  }

  @Test
  void case12_deleteSession() {
    String id = saved().getId();
    one.deleteById(id);
    assertThat(other.findById(id)).isNull();
  }

  @Test
  void case13_deleteSessionTwice() {
    String id = saved().getId();
    one.deleteById(id);
    one.deleteById(id);
    assertThat(other.findById(id)).isNull();
  }

  @Test
  void case14_deleteSessionThatNeverWas() {
    String id = one.createSession().getId();
    one.deleteById(id);
    assertThat(other.findById(id)).isNull();
  }
}
