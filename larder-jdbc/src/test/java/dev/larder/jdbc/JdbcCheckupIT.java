package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.log.Target;
import dev.larder.testkit.EmbeddedPostgreSql;
import dev.larder.tier.Finding;
import dev.larder.tier.Finding.Level;
import dev.larder.tier.StoreSettings;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class JdbcCheckupIT extends PostgresTest {

  private final String name = "c" + prefix.substring(0, 12);

  private JdbcStore.Builder builder(DataSource source) {
    return JdbcStore.builder(source, PostgresDatabase.settings(prefix))
        .schema(name)
        .createSchema(false)
        .relayEvery(Duration.ZERO);
  }

  private List<Finding> checkup() {
    return get(closing(builder(database.pool()).build()).checkup());
  }

  private static Finding about(List<Finding> findings, String subject) {
    return findings.stream()
        .filter(finding -> finding.subject().equals(subject))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nothing about " + subject + " in " + findings));
  }

  private PGSimpleDataSource role(String rights) throws Exception {
    String role = "role_" + name;
    database.execute("CREATE ROLE " + role + " LOGIN");
    database.execute("GRANT USAGE ON SCHEMA " + name + " TO " + role);
    database.execute("GRANT " + rights + " ON ALL TABLES IN SCHEMA " + name + " TO " + role);
    database.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA " + name + " TO " + role);
    PGSimpleDataSource restricted = new PGSimpleDataSource();
    restricted.setUrl(database.url());
    restricted.setUser(role);
    return restricted;
  }

  @Test
  void noSchema_isAFault_andNoneIsMade() throws Exception {
    Finding missing = about(checkup(), "schema");
    assertThat(missing.level()).isEqualTo(Level.FAULT);
    assertThat(missing.found()).contains(name, "entry", "note");
    assertThat(missing.mend()).contains("larder setup");
    assertThat(JdbcSchema.of(database.pool(), name).exists()).isFalse();
  }

  @Test
  void tableDropped_isNamed() throws Exception {
    JdbcSchema.of(database.pool(), name).create();
    database.execute("DROP TABLE " + name + ".note");
    assertThat(about(checkup(), "schema").found()).contains("note").doesNotContain("entry");
  }

  @Test
  void healthyDatabase_hasNothingToMend() throws Exception {
    JdbcSchema.of(database.pool(), name).create();
    JdbcStore store = closing(builder(database.pool()).build());
    open(store);
    List<Finding> findings = get(store.checkup());
    assertThat(findings)
        .extracting(Finding::subject)
        .containsExactly(
            "latency",
            "version",
            "role",
            "clock",
            "schema",
            "rights",
            "sizes",
            "dead rows",
            "log",
            "outbox");
    assertThat(findings)
        .filteredOn(finding -> !finding.subject().equals("latency"))
        .allSatisfy(finding ->
            assertThat(finding.level()).describedAs(finding.toString()).isEqualTo(Level.OK));
    assertThat(about(findings, "version").found()).startsWith("PostgreSQL 1");
    assertThat(about(findings, "sizes").found()).contains("entry ", "log ", "outbox ", "kB");
  }

  @Test
  void preparedRights_areEnough_andMissingOnesAreNamed() throws Exception {
    JdbcSchema.of(database.pool(), name).create();
    JdbcStore store = closing(builder(role("SELECT, INSERT, UPDATE, DELETE")).build());
    assertThat(about(get(store.checkup()), "rights").level()).isEqualTo(Level.OK);
    database.execute("REVOKE INSERT ON " + name + ".outbox FROM role_" + name);
    Finding rights = about(get(store.checkup()), "rights");
    assertThat(rights.level()).isEqualTo(Level.FAULT);
    assertThat(rights.found()).endsWith("lacks INSERT on outbox");
    assertThat(rights.mend()).contains("GRANT", "role_" + name);
    database.execute("REVOKE USAGE ON SCHEMA " + name + " FROM role_" + name);
    assertThat(about(get(store.checkup()), "rights").found()).contains("USAGE of the schema");
  }

  @Test
  void readOnlyUser_isAFault() throws Exception {
    JdbcSchema.of(database.pool(), name).create();
    PGSimpleDataSource restricted = role("SELECT");
    database.execute("ALTER ROLE role_" + name + " SET default_transaction_read_only = on");
    Finding role = about(get(closing(builder(restricted).build()).checkup()), "role");
    assertThat(role.level()).isEqualTo(Level.FAULT);
    assertThat(role.found()).contains("read only");
  }

  @Test
  void outboxThatNobodyRelays_isAWarning() throws Exception {
    JdbcSchema.of(database.pool(), name).create();
    JdbcStore store = closing(builder(database.pool()).build());
    open(store);
    try (Transaction transaction = Transaction.begin(database)) {
      store.outbox().write(transaction.connection(), change(Target.ALL), LONG);
      transaction.commit();
    }
    assertThat(about(get(store.checkup()), "outbox").level()).isEqualTo(Level.OK);
    database.execute("UPDATE " + name + ".outbox SET created_at = now() - interval '1 minute'");
    Finding outbox = about(get(store.checkup()), "outbox");
    assertThat(outbox.level()).isEqualTo(Level.WARNING);
    assertThat(outbox.found()).startsWith("1 changes");
  }

  @Test
  void longAndEmptyLogs_areTold() throws Exception {
    JdbcSchema.of(database.pool(), name).create();
    JdbcStore few = closing(JdbcStore.builder(
            database.pool(), new StoreSettings(prefix, Duration.ofSeconds(10), 10, 1_000))
        .schema(name)
        .relayEvery(Duration.ZERO)
        .build());
    Finding empty = about(get(few.checkup()), "log");
    assertThat(empty.level()).isEqualTo(Level.NOTE);
    assertThat(empty.found()).contains(prefix);
    database.execute("INSERT INTO " + name + ".log SELECT '" + prefix
        + "', 7, n, 1, 1, '', now(), true FROM generate_series(0, 1500) n");
    Finding log = about(get(few.checkup()), "log");
    assertThat(log.level()).isEqualTo(Level.WARNING);
    assertThat(log.found()).contains("more than 1020", "10 are");
    assertThat(about(checkup(), "log").level()).isEqualTo(Level.OK);
  }

  @Test
  void deadRows_areAWarning() throws Exception {
    JdbcSchema.of(database.pool(), name).create();
    database.execute("ALTER TABLE " + name + ".entry SET (autovacuum_enabled = false)");
    database.execute("INSERT INTO " + name + ".entry SELECT '" + prefix
        + "', 's' || n, 1, NULL, now(), now() FROM generate_series(1, 30000) n");
    database.execute("DELETE FROM " + name + ".entry");
    // The server counts behind.
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(about(checkup(), "dead rows").level()).isEqualTo(Level.WARNING));
    assertThat(about(checkup(), "dead rows").mend()).contains("VACUUM", "entry");
  }

  @Test
  void nobodyThere_isAFinding() {
    PGSimpleDataSource nowhere = new PGSimpleDataSource();
    EmbeddedPostgreSql server = EmbeddedPostgreSql.start();
    nowhere.setUrl(server.url());
    server.close();
    assertThat(get(closing(builder(nowhere).build()).checkup()))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.subject()).isEqualTo("connection");
          assertThat(finding.level()).isEqualTo(Level.FAULT);
        });
  }
}
