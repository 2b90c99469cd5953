package dev.larder.spring.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.stats.SessionStats;
import dev.larder.testkit.EmbeddedRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.session.FindByIndexNameSessionRepository;

/** What operators are told of sessions, on each layout, and what they are not. */
class SessionFiguresIT {

  private final EmbeddedRedis redis = EmbeddedRedis.start();
  private final List<AutoCloseable> open = new ArrayList<>(List.of(redis));
  private final TestClock clock = new TestClock();
  private final String prefix = "figures-" + UUID.randomUUID().toString().substring(0, 8);

  @AfterEach
  void stop() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private LarderSessionRepository open(LarderSessions settings) {
    LarderSessionRepository repository = settings
        .keyPrefix(prefix)
        .clock(clock)
        .timeout(Duration.ofHours(1))
        .startTimeout(Duration.ofSeconds(60))
        .tierTimeout(Duration.ofSeconds(10))
        .logTimeout(Duration.ofSeconds(10))
        .build();
    open.add(repository);
    return repository;
  }

  private static LarderSessions settings() {
    return LarderSessions.builder(SessionServers.CODECS);
  }

  private static String saved(LarderSessionRepository node) {
    return SessionNodes.with(node, "colour", "red").getId();
  }

  @Test
  void tableWithRedis_eachThingIsCountedOnce() {
    LarderSessionRepository node =
        open(settings().database(SessionServers.DATABASE).redis(redis.uri() + "/1"));
    LarderSessionRepository other =
        open(settings().database(SessionServers.DATABASE).redis(redis.uri() + "/1"));
    String kept = saved(node);
    String ended = saved(node);
    String logsIn = saved(node);
    LarderSession session = node.findById(logsIn);
    session.changeSessionId();
    node.save(session);
    LarderSession late = node.findById(ended);
    node.deleteById(ended);
    late.setAttribute("colour", "green");
    node.save(late);
    assertThat(node.findById(ended)).isNull();
    assertThat(node.findById("nobody-has-this-id")).isNull();
    assertThat(other.findById(kept)).isNotNull();

    SessionStats stats = node.stats();
    assertThat(stats.where()).isEqualTo(node.description());
    assertThat(stats.living()).isEqualTo(2);
    assertThat(stats.created()).isEqualTo(3);
    assertThat(stats.deleted()).isEqualTo(1);
    assertThat(stats.idChanges()).isEqualTo(1);
    assertThat(stats.refused()).isEqualTo(1);
    assertThat(stats.absent()).isEqualTo(2);
    assertThat(stats.fromCache() + stats.fromStore()).isEqualTo(3);
    assertThat(stats.failures()).isZero();
    assertThat(other.stats().created()).isZero();
    assertThat(other.stats().living()).isEqualTo(2);
    assertThat(other.stats().fromCache()).as("written through").isEqualTo(1);
  }

  @Test
  void redisThatGoesAway_isAnOutageSurvived_andTheTableAnswers() {
    LarderSessionRepository node =
        open(settings().database(SessionServers.DATABASE).redis(redis.uri() + "/1"));
    String id = saved(node);
    redis.kill();
    await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
      assertThat(node.findById(id)).isNotNull();
      assertThat(node.stats().isSkipping()).isTrue();
    });
    assertThat(node.stats().outages()).isEqualTo(1);
    assertThat(node.stats().fromStore()).isPositive();
    redis.startAgain();
    await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
      assertThat(node.findById(id)).isNotNull();
      assertThat(node.stats().isSkipping()).isFalse();
    });
    assertThat(node.stats().outages()).isEqualTo(1);
  }

  @Test
  void expired_areNotLiving_andCountedByWhoRemovesThem() {
    LarderSessionRepository node = open(settings().database(SessionServers.DATABASE));
    saved(node);
    saved(node);
    assertThat(node.stats().living()).isEqualTo(2);
    assertThat(node.stats().fromCache()).isZero();
    clock.advance(Duration.ofHours(2));
    // They lie there yet. The count is asked for again when the last one is old enough.
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(node.stats().living()).isZero());
    node.cleanUp();
    assertThat(node.stats().expired()).isEqualTo(2);
  }

  @Test
  void redisAlone_livingIsNotKnown_andFailuresAreCounted() {
    LarderSessionRepository node = open(settings().redis(redis.uri() + "/1"));
    String id = saved(node);
    assertThat(node.findById(id)).isNotNull();
    assertThat(node.stats().living()).isEqualTo(SessionStats.UNKNOWN);
    assertThat(node.stats().fromStore()).isEqualTo(1);
    redis.kill();
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> node.findById(id)))
        .isInstanceOf(dev.larder.TierUnavailableException.class);
    assertThat(node.stats().failures()).isEqualTo(1);
  }

  @Test
  void noId_noDigest_noName_isInTheFigures() {
    LarderSessionRepository node =
        open(settings().database(SessionServers.DATABASE).redis(redis.uri() + "/1"));
    LarderSession session = node.createSession();
    session.setAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, "olga");
    node.save(session);
    node.findById(session.getId());
    assertThat(node.stats().toString())
        .doesNotContain(session.getId())
        .doesNotContain(session.savedDigest().substring(0, 8))
        .doesNotContain("olga");
  }
}
