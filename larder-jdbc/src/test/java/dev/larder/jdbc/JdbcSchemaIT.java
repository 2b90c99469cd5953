package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.ConfigurationException;
import dev.larder.TierUnavailableException;
import dev.larder.log.Position;
import dev.larder.log.Target;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Tables and functions come and go as a whole. */
class JdbcSchemaIT extends PostgresTest {

  private final String name = "s" + prefix.substring(0, 12);
  private final JdbcSchema schema = JdbcSchema.of(database.pool(), name);

  @BeforeEach
  void dropSchema() {
    schema.drop();
  }

  private JdbcStore.Builder builder() {
    return database.builder(prefix).schema(name).relayEvery(Duration.ZERO);
  }

  private long objects() throws Exception {
    return database.number("SELECT (SELECT count(*) FROM pg_class WHERE relnamespace = n.oid)"
        + " + (SELECT count(*) FROM pg_proc WHERE pronamespace = n.oid)"
        + " FROM pg_namespace n WHERE nspname = '" + name + "'");
  }

  @Test
  void createExistsDrop() throws Exception {
    assertThat(schema.exists()).isFalse();
    schema.create();
    assertThat(schema.exists()).isTrue();
    schema.drop();
    assertThat(schema.exists()).isFalse();
    assertThat(database.number("SELECT count(*) FROM pg_namespace WHERE nspname = '" + name + "'"))
        .isZero();
    schema.drop();
  }

  @Test
  void createAgain_keepsRows() throws Exception {
    JdbcStore store = closing(builder().build());
    Position opening = open(store);
    get(store.tier().plant(key("1"), 0L, 1, LONG));
    long objects = objects();
    schema.create();
    assertThat(objects()).isEqualTo(objects);
    assertThat(get(store.log().tail()).position()).isEqualTo(opening);
    assertThat(get(store.tier().read(key("1"))).nonce()).isOne();
  }

  @Test
  void createOfWhatIsMissing_mends() throws Exception {
    schema.create();
    for (String table : new String[] {"entry", "log", "marker", "outbox"}) {
      database.execute("DROP TABLE " + name + "." + table);
      assertThat(schema.exists()).as(table).isFalse();
      schema.create();
      assertThat(schema.exists()).as(table).isTrue();
    }
  }

  @Test
  void schemaOfALaterVersion_isLeftAsItIs() throws Exception {
    schema.create();
    String comment = "COMMENT ON TABLE " + name + ".log IS 'larder schema ";
    database.execute(comment + "10'");
    database.execute("DROP FUNCTION " + name + ".cull(text, bigint, integer)");
    long objects = objects();
    get(closing(builder().build()).tier().read(key("1")));
    assertThat(objects()).isEqualTo(objects);
    database.execute(comment + "0'");
    assertThat(schema.exists()).isFalse();
    get(closing(builder().build()).tier().read(key("1")));
    assertThat(objects()).isEqualTo(objects + 1);
    assertThat(schema.exists()).isTrue();
  }

  @Test
  void createByManyAtOnce_isDoneOnce() throws Exception {
    inParallel(8, i -> () -> {
      if (i % 2 == 0) {
        schema.create();
      } else {
        get(closing(builder().build()).tier().read(key("1")));
      }
      return i;
    });
    assertThat(schema.exists()).isTrue();
  }

  @Test
  void drop_leavesWhatOthersPutThere() throws Exception {
    schema.create();
    database.execute("CREATE TABLE " + name + ".mine (id int)");
    schema.drop();
    assertThat(database.number("SELECT count(*) FROM " + name + ".mine")).isZero();
    assertThat(objects()).isOne();
    database.execute("DROP SCHEMA " + name + " CASCADE");
  }

  @Test
  void preparedSchema_needsNoRightToCreate() throws Exception {
    schema.create();
    String role = "role_" + name;
    database.execute("CREATE ROLE " + role + " LOGIN");
    database.execute("GRANT USAGE ON SCHEMA " + name + " TO " + role);
    database.execute(
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA " + name + " TO " + role);
    database.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA " + name + " TO " + role);
    PGSimpleDataSource restricted = new PGSimpleDataSource();
    restricted.setUrl(database.url());
    restricted.setUser(role);
    JdbcStore store = closing(JdbcStore.builder(restricted, PostgresDatabase.settings(prefix))
        .schema(name)
        .build());
    open(store);
    assertThat(get(store.tier().plant(key("1"), 0L, 1, LONG))).isTrue();
    assertThat(get(store.invalidate(change(Target.key(key("1")), Target.ALL), LONG))
            .position())
        .isNotNull();
    try (Transaction transaction = Transaction.begin(database)) {
      transaction.update("SET ROLE " + role);
      store.outbox().write(transaction.connection(), change(Target.ALL), LONG);
      transaction.commit();
    }
    store.upkeep();

    JdbcStore elsewhere = closing(JdbcStore.builder(restricted, PostgresDatabase.settings(prefix))
        .schema(name + "_2")
        .relayEvery(Duration.ZERO)
        .build());
    assertThatThrownBy(() -> get(elsewhere.tier().read(key("1"))))
        .isInstanceOf(TierUnavailableException.class)
        .hasMessageContaining("permission denied");
  }

  @Test
  void refusal_saysWhyAUserCantCreate_andCreatesNothing() throws Exception {
    assertThat(schema.refusal()).isNull();
    assertThat(schema.exists()).isFalse();
    String role = "poor_" + name;
    database.execute("CREATE ROLE " + role + " LOGIN");
    PGSimpleDataSource poor = new PGSimpleDataSource();
    poor.setUrl(database.url());
    poor.setUser(role);
    JdbcSchema same = JdbcSchema.of(poor, name);
    assertThat(same.refusal()).contains("permission denied for database");

    schema.create();
    assertThat(same.refusal()).contains("permission denied for schema");
    database.execute("GRANT USAGE ON SCHEMA " + name + " TO " + role);
    assertThat(same.refusal()).isNull();
    assertThat(schema.refusal()).isNull();
  }

  @Test
  void refusal_ofADatabaseThatDoesNotAnswer_fails() {
    assertThatThrownBy(JdbcSchema.at("postgres://nobody@127.0.0.1:1/none")::refusal)
        .isInstanceOf(TierUnavailableException.class);
    assertThatThrownBy(() -> JdbcSchema.at("redis://localhost"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("another scheme");
  }

  @Test
  void schemasAndPrefixes_areApart() {
    JdbcStore store = closing(builder().build());
    JdbcStore otherSchema = quietStore();
    open(store);
    get(store.tier().plant(key("1"), 0L, 1, LONG));
    assertThat(get(otherSchema.log().tail()).isPresent()).isFalse();
    assertThat(get(otherSchema.tier().read(key("1"))).nonce()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "public",
        "pg_larder",
        "information_schema",
        "Larder",
        "a b",
        "1a",
        "a\"; DROP TABLE x; --",
        "a23456789b123456789c123456789d123456789e123456789f123456789g1234"
      })
  void wrongNames_areRefused(String wrong) {
    assertThatThrownBy(() -> JdbcSchema.of(database.pool(), wrong))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("schema");
  }
}
