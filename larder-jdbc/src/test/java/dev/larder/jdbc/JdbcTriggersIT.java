package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.ConfigurationException;
import dev.larder.log.LogRecord;
import dev.larder.log.Position;
import dev.larder.log.Target;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes that Larder does not see itself. */
class JdbcTriggersIT extends PostgresTest {

  private final JdbcStore store = quietStore();
  private final JdbcTriggers triggers = JdbcTriggers.of(database.driver(), prefix);
  private final String table = "albums_" + prefix.replaceAll("[^a-z0-9]", "_");
  private Position opening;

  @BeforeEach
  void createTable() throws SQLException {
    opening = open(store);
    database.execute(
        "CREATE TABLE " + table + " (id bigint PRIMARY KEY, artist text, \"Odd Name\" text)");
    triggers.create(table, List.of("album:{id}", "artist:{artist}", "albums"));
  }

  @AfterEach
  void dropTable() throws SQLException {
    database.execute("DROP TABLE " + table);
  }

  private List<LogRecord> records() {
    get(store.outbox().relayNow(2));
    return get(store.log().read(opening, 10_000));
  }

  private List<Target> targets() {
    List<Target> targets = new ArrayList<>();
    records().forEach(each -> targets.addAll(each.change().targets()));
    return targets;
  }

  private static Target[] tags(String... tags) {
    return List.of(tags).stream().map(Target::tag).toArray(Target[]::new);
  }

  @Test
  void insert_endsTheTagsOfTheNewRows() throws SQLException {
    database.execute("INSERT INTO " + table + " VALUES (1, 'nina'), (2, 'nina'), (3, NULL)");
    assertThat(targets())
        .containsExactlyInAnyOrder(tags("album:1", "album:2", "album:3", "artist:nina", "albums"));
    LogRecord record = records().get(0);
    assertThat(record.change().origin()).isEqualTo("trigger");
    assertThat(record.change().cause()).isEqualTo("INSERT public." + table);
    assertThat(record.change().isInOneLogOnly()).isFalse();
    assertThat(get(store.log().markers(record.change().markers())))
        .hasSize(5)
        .allSatisfy((name, position) -> assertThat(position).isEqualTo(record.position()));
  }

  @Test
  void update_endsTheTagsOfTheOldAndTheNewRow() throws SQLException {
    database.execute("INSERT INTO " + table + " VALUES (1, 'nina')");
    opening = records().get(0).position();
    database.execute("UPDATE " + table + " SET artist = 'otis'");
    assertThat(targets())
        .containsExactlyInAnyOrder(tags("album:1", "artist:nina", "artist:otis", "albums"));
  }

  @Test
  void delete_endsTheTagsOfTheOldRows() throws SQLException {
    database.execute("INSERT INTO " + table + " VALUES (1, 'nina')");
    opening = records().get(0).position();
    database.execute("DELETE FROM " + table);
    assertThat(targets()).containsExactlyInAnyOrder(tags("album:1", "artist:nina", "albums"));
  }

  @Test
  void truncate_endsEverything() throws SQLException {
    database.execute("TRUNCATE " + table);
    assertThat(targets()).containsExactly(Target.ALL);
  }

  @Test
  void statementThatChangesNothing_writesNothing() throws SQLException {
    database.execute("UPDATE " + table + " SET artist = 'x' WHERE id = -1");
    assertThat(records()).isEmpty();
  }

  @Test
  void rollback_writesNothing() throws SQLException {
    Transaction transaction = closing(Transaction.begin(database));
    try (var statement = transaction.connection().createStatement()) {
      statement.execute("INSERT INTO " + table + " VALUES (1, 'nina')");
    }
    transaction.rollback();
    assertThat(records()).isEmpty();
  }

  /** One statement over many rows is a few records, none over the limit. */
  @Test
  void manyRows_areFewRecords() throws SQLException {
    database.execute("INSERT INTO " + table + " SELECT i FROM generate_series(1, 25000) i");
    assertThat(records()).hasSize(3);
    assertThat(targets())
        .hasSize(25_001)
        .containsAll(IntStream.rangeClosed(1, 25_000)
            .mapToObj(id -> Target.tag("album:" + id))
            .toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "line\nfeed",
        "carriage\rreturn",
        "back\\slash",
        "'quote' \"quote\" {brace}",
        "\u0001control",
        "✓ 𝄞"
      })
  void anyText_comesAsItIs(String artist) throws SQLException {
    try (var connection = database.driver().getConnection();
        var statement = connection.prepareStatement("INSERT INTO " + table + " VALUES (1, ?)")) {
      statement.setString(1, artist);
      statement.executeUpdate();
    }
    assertThat(targets()).containsExactlyInAnyOrder(tags("album:1", "artist:" + artist, "albums"));
    LogRecord record = records().get(0);
    assertThat(get(store.log().markers(record.change().markers()))).hasSize(3);
  }

  /** Its marker would have a hashed name, which the server can't give it. */
  @Test
  void veryLongText_endsEverything() throws SQLException {
    database.execute("INSERT INTO " + table + " VALUES (1, repeat('x', 301))");
    assertThat(targets()).containsExactly(Target.ALL);
  }

  @Test
  void createAgain_takesTheNewTags() throws SQLException {
    triggers.create(table, List.of("odd:{Odd Name}"));
    database.execute("INSERT INTO " + table + " VALUES (1, 'nina', 'very')");
    assertThat(targets()).containsExactly(Target.tag("odd:very"));
  }

  @Test
  void drop_endsIt() throws SQLException {
    triggers.drop(table);
    database.execute("INSERT INTO " + table + " VALUES (1, 'nina')");
    assertThat(records()).isEmpty();
  }

  @Test
  void wrongTableOrColumn_isRefusedAndChangesNothing() throws SQLException {
    assertThatThrownBy(() -> triggers.create("nowhere", List.of("x")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("no table nowhere");
    assertThatThrownBy(() -> triggers.create("pg_class; DROP TABLE " + table, List.of("x")))
        .isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> triggers.create(table, List.of("album:{ide}")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("album:{ide}", "[id, artist, Odd Name]");
    assertThatThrownBy(() -> triggers.create(table, List.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("at least one");
    database.execute("INSERT INTO " + table + " VALUES (1, 'nina')");
    assertThat(targets()).hasSize(3);
  }
}
