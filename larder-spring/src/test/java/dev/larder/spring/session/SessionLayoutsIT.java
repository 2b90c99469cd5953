package dev.larder.spring.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.spring.session.SessionServers.Layout;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.session.events.SessionExpiredEvent;

/** The contract on every layout, and what only some have. */
class SessionLayoutsIT {

  @Nested
  class Memory extends SessionContract {
    @Override
    Layout layout() {
      return Layout.MEMORY;
    }
  }

  @Nested
  class Redis extends SessionContract {
    @Override
    Layout layout() {
      return Layout.REDIS;
    }

    @Test
    void storeHasNoIds() {
      LarderSession session = with(one, CONTEXT, loggedIn(ann));
      session.changeSessionId();
      one.save(session);
      assertThat(SessionLayoutsIT.redisText()).contains(prefix).doesNotContain(session.getId());
    }
  }

  @Nested
  class Database extends Tables {
    @Override
    Layout layout() {
      return Layout.DATABASE;
    }
  }

  @Nested
  class RedisAndDatabase extends Tables {
    @Override
    Layout layout() {
      return Layout.REDIS_DATABASE;
    }

    @Test
    void read_doesNotAskTheDatabase() throws Exception {
      LarderSession session = with(one, "colour", "red");
      try (var connection = SessionServers.DATABASE.getConnection();
          var statement = connection.createStatement()) {
        statement.execute("UPDATE larder.session_attribute SET value = '\"blue\"'::bytea");
      }
      assertThat(other.findById(session.getId()).<String>getAttribute("colour")).isEqualTo("red");
      assertThat(redisText()).contains(prefix + "-session:session").doesNotContain(session.getId());
    }
  }

  /** What holds where there are tables. */
  abstract static class Tables extends SessionContract {

    @BeforeEach
    void clear() throws Exception {
      try (var connection = SessionServers.DATABASE.getConnection();
          var statement = connection.createStatement()) {
        statement.execute("DELETE FROM larder.session WHERE application = '" + prefix + "'");
      }
    }

    @Test
    void expired_isRemovedByOneNode_andToldWithItsAttributes() throws Exception {
      LarderSession ended = with(one, "colour", "red");
      clock.advance(Duration.ofMinutes(20));
      with(one, "colour", "green");
      clock.advance(Duration.ofMinutes(10));
      events.clear();

      assertThat(one.cleanUp() + other.cleanUp()).isEqualTo(1);
      assertThat(events)
          .singleElement()
          .isInstanceOfSatisfying(SessionExpiredEvent.class, event -> {
            assertThat(event.getSessionId()).isEqualTo(ended.getId());
            assertThat(event.getSession().<String>getAttribute("colour")).isEqualTo("red");
          });
      assertThat(rows()).isEqualTo("1 sessions, 1 attributes");
    }

    @Test
    void expired_removedByTwoNodesAtOnce_isToldOnce() throws Exception {
      int most = 1_200;
      try (var connection = SessionServers.DATABASE.getConnection();
          var statement = connection.createStatement()) {
        statement.execute("INSERT INTO larder.session (application, digest, created, last_access,"
            + " max_idle) SELECT '" + prefix + "', 'digest-of-" + prefix + "-' || i, 0, 0, 1"
            + " FROM generate_series(1, " + most + ") i");
      }
      var others = CompletableFuture.supplyAsync(other::cleanUp);
      one.cleanUp();
      others.join();
      // A batch that met rows of the other node ended early; what it left is there for the next.
      one.cleanUp();
      assertThat(rows()).isEqualTo("0 sessions, 0 attributes");
      assertThat(events).hasSize(most).allMatch(SessionExpiredEvent.class::isInstance);
    }

    @Test
    void deleted_leavesNoRow() throws Exception {
      LarderSession session = with(one, CONTEXT, loggedIn(ann));
      assertThat(rows()).isEqualTo("1 sessions, 1 attributes");
      other.deleteById(session.getId());
      assertThat(rows()).isEqualTo("0 sessions, 0 attributes");
    }

    @Test
    void tableHasNoIdsAndNoPrincipals() throws Exception {
      LarderSession session = with(one, CONTEXT, loggedIn(ann));
      String text = query("SELECT string_agg(s::text, ' ') FROM larder.session s");
      assertThat(text).contains(prefix).doesNotContain(session.getId()).doesNotContain(ann);
    }

    private String rows() throws Exception {
      return query("SELECT count(DISTINCT row_id) || ' sessions, ' || count(name) || ' attributes'"
          + " FROM larder.session LEFT JOIN larder.session_attribute ON session = row_id"
          + " WHERE application = '" + prefix + "'");
    }

    private static String query(String sql) throws Exception {
      try (var connection = SessionServers.DATABASE.getConnection();
          var statement = connection.createStatement();
          ResultSet row = statement.executeQuery(sql)) {
        row.next();
        return row.getString(1);
      }
    }
  }

  /** All keys of Redis' database 1, and those values that are plain. */
  private static String redisText() {
    return SessionServers.REDIS.command(
        "EVAL",
        "redis.call('select', 1) local text = {} for _, key in ipairs(redis.call('keys', '*')) do"
            + " text[#text + 1] = key if redis.call('type', key).ok == 'string' then"
            + " text[#text + 1] = redis.call('get', key) end end return text",
        "0");
  }
}
