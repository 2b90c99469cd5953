package dev.larder.spring.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.larder.ConfigurationException;
import dev.larder.TierUnavailableException;
import dev.larder.testkit.EmbeddedPostgreSql;
import dev.larder.testkit.EmbeddedRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions while their servers are killed and come back, with their old data where that is worse. */
class SessionOutageIT {

  private static final int SESSIONS = 30;

  private final EmbeddedRedis redis = EmbeddedRedis.start();
  private final List<AutoCloseable> open = new ArrayList<>(List.of(redis));
  private final TestClock clock = new TestClock();

  @AfterEach
  void stop() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private LarderSessionRepository open(LarderSessions settings) {
    LarderSessionRepository repository = settings.build();
    open.add(repository);
    return repository;
  }

  private LarderSessions settings() {
    return LarderSessions.builder(SessionServers.CODECS)
        .keyPrefix("outage")
        .redis(redis.uri() + "/1")
        .clock(clock)
        .startTimeout(Duration.ofSeconds(60))
        .tierTimeout(Duration.ofSeconds(10))
        .logTimeout(Duration.ofSeconds(10));
  }

  private static String saved(LarderSessionRepository node) {
    return SessionNodes.with(node, "colour", "red").getId();
  }

  @Test
  void redisAlone_away_readsAndChangesFail_aLastUseDoesNot_andSessionsComeBack() {
    LarderSessionRepository node = open(settings());
    String id = saved(node);
    LarderSession session = node.findById(id);
    redis.save();
    redis.kill();

    assertThatThrownBy(() -> node.findById(id)).isInstanceOf(TierUnavailableException.class);
    assertThatThrownBy(() -> saved(node)).isInstanceOf(TierUnavailableException.class);
    clock.advance(Duration.ofDays(1));
    session.setLastAccessedTime(clock.instant());
    node.save(session);
    session.setAttribute("colour", "green");
    assertThatThrownBy(() -> node.save(session)).isInstanceOf(TierUnavailableException.class);

    redis.startAgain();
    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(node.findById(id)).isNotNull());
    node.save(session);
    assertThat(node.findById(id).<String>getAttribute("colour")).isEqualTo("green");
  }

  @Test
  void redisAlone_logOutWhileAway_isMadeWhenItIsBack() {
    LarderSessionRepository one = open(settings());
    LarderSessionRepository other = open(settings());
    String id = saved(one);
    redis.save();
    redis.kill();

    one.deleteById(id);
    assertThat(one.findById(id)).isNull();

    redis.startAgain();
    assertThat(one.findById(id)).isNull();
    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(other.findById(id)).isNull());
  }

  @Test
  void table_nothingIsUndone_byARedisThatComesBackWithItsOldData() {
    LarderSessions settings = settings().database(SessionServers.DATABASE);
    LarderSessionRepository one = open(settings);
    LarderSessionRepository other = open(settings);
    List<String> ended = new ArrayList<>();
    List<String> renamed = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < SESSIONS; i++) {
      ended.add(saved(one));
      renamed.add(saved(one));
      kept.add(saved(one));
    }
    redis.save();
    redis.kill();
    ended.forEach(one::deleteById);
    for (String id : renamed) {
      LarderSession session = other.findById(id);
      session.changeSessionId();
      other.save(session);
      kept.add(session.getId());
    }
    for (String id : kept) {
      LarderSession session = one.findById(id);
      session.setAttribute("colour", "green");
      one.save(session);
    }
    redis.startAgain();
    LarderSessionRepository fresh = open(settings);

    for (int i = 0; i < 5; i++) {
      for (LarderSessionRepository node : List.of(one, other, fresh)) {
        assertThat(ended).allSatisfy(id -> assertThat(node.findById(id)).isNull());
        assertThat(renamed).allSatisfy(id -> assertThat(node.findById(id)).isNull());
        assertThat(kept)
            .allSatisfy(id ->
                assertThat(node.findById(id).<String>getAttribute("colour")).isEqualTo("green"));
      }
    }
  }

  @Test
  void databaseAway_redisAnswers_changesFail_andALogOutIsMadeWhenItIsBack() {
    EmbeddedPostgreSql postgresql = EmbeddedPostgreSql.start();
    open.add(0, postgresql);
    LarderSessions settings = settings().database(postgresql.newDatabase().dataSource());
    LarderSessionRepository one = open(settings);
    LarderSessionRepository other = open(settings);
    String ended = saved(one);
    String kept = saved(one);
    LarderSession session = one.findById(kept);
    postgresql.kill();

    assertThat(other.findById(kept).<String>getAttribute("colour")).isEqualTo("red");
    clock.advance(Duration.ofDays(1));
    session.setLastAccessedTime(clock.instant());
    one.save(session);
    session.setAttribute("colour", "green");
    assertThatThrownBy(() -> one.save(session)).isInstanceOf(TierUnavailableException.class);
    one.deleteById(ended);
    assertThat(one.findById(ended)).isNull();

    postgresql.restart();
    assertThat(one.findById(ended)).isNull();
    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(other.findById(ended)).isNull());
    one.save(session);
    assertThat(other.findById(kept).<String>getAttribute("colour")).isEqualTo("green");
  }

  @Test
  void tableThatIsNotThere_stopsTheStartWithItsMend() {
    EmbeddedPostgreSql.Database database = EmbeddedPostgreSql.shared().newDatabase();
    LarderSessions settings = LarderSessions.builder(SessionServers.CODECS)
        .database(database.dataSource())
        .createTables(false);
    assertThatThrownBy(settings::build)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("the table larder.session is missing")
        .hasMessageContaining("larder.session.create-tables=false")
        .hasMessageContaining("dev/larder/spring/session/postgresql-sessions.sql")
        .hasMessageContaining("larder.session.database=false");

    open(LarderSessions.builder(SessionServers.CODECS).database(database.dataSource()));
    assertThat(saved(open(settings))).isNotNull();
  }
}
