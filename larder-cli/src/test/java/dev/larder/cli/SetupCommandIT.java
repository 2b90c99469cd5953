package dev.larder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.EmbeddedPostgreSql;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code larder setup} on a real PostgreSQL. */
class SetupCommandIT {

  private static EmbeddedPostgreSql postgresql;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Map<String, String> environment = new HashMap<>();
  private String url;

  @BeforeAll
  static void start() {
    postgresql = EmbeddedPostgreSql.start();
  }

  @AfterAll
  static void stop() {
    postgresql.close();
  }

  @BeforeEach
  void fill() throws SQLException {
    url = postgresql.newDatabase().url();
    environment.put("DATABASE_URL", url);
    SetupCommand.environment = environment;
    execute("create table albums (id bigint primary key, artist_id bigint, title text)");
  }

  @AfterEach
  void forget() {
    SetupCommand.environment = System.getenv();
  }

  private int larder(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return LarderCommand.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> texts(String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  private List<String> tables() throws SQLException {
    return texts("select relname from pg_class c join pg_namespace n on n.oid = relnamespace"
        + " where nspname = 'larder' and relkind = 'r' order by 1");
  }

  private List<String> triggers() throws SQLException {
    return texts("select tgname from pg_trigger where not tgisinternal order by 1");
  }

  @Test
  void withoutTriggers_makesTheTablesOnce() throws SQLException {
    assertThat(larder("setup", "--url", url)).isZero();
    assertThat(tables()).contains("entry", "log", "marker", "outbox");
    assertThat(out.toString()).contains("schema larder: tables made");
    assertThat(larder("setup")).as("from DATABASE_URL").isZero();
    assertThat(out.toString()).contains("tables are there already");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void triggers_writeToTheOutboxOfTheKeyPrefix_untilTheyAreDropped() throws SQLException {
    assertThat(larder(
            "setup",
            "--key-prefix",
            "shop",
            "--triggers",
            "albums",
            "--tag",
            "album:{id}",
            "--tag",
            "artist:{artist_id}"))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .contains("albums: each write ends album:{id}, artist:{artist_id} of key prefix shop");
    assertThat(triggers()).hasSize(4);
    execute("insert into albums values (7, 3, 'Air')");
    assertThat(texts("select count(*) from larder.outbox")).containsExactly("1");
    assertThat(larder("setup", "--key-prefix", "shop", "--triggers", "albums", "--drop"))
        .isZero();
    assertThat(out.toString()).isEqualTo("albums: triggers of key prefix shop dropped\n");
    assertThat(triggers()).isEmpty();
  }

  @Test
  void dryRun_printsSqlThatDoesTheSame_andChangesNothing() throws SQLException {
    assertThat(larder("setup", "--triggers", "albums", "--tag", "album:{id}", "--dry-run"))
        .isZero();
    assertThat(tables()).isEmpty();
    assertThat(triggers()).isEmpty();
    String sql = out.toString();
    assertThat(sql).contains("CREATE SCHEMA", "CREATE TRIGGER", "ON public.albums", "'album:{id}'");
    execute(sql);
    assertThat(triggers()).hasSize(4);
    assertThat(larder("setup")).isZero();
    assertThat(out.toString()).contains("are there already");
    execute("insert into albums values (7, 3, 'Air')");
    assertThat(texts("select count(*) from larder.outbox")).containsExactly("1");
  }

  @Test
  void json_isForPrograms() {
    assertThat(larder("setup", "--json", "--triggers", "albums", "--tag", "a\"b:{id}"))
        .isZero();
    assertThat(out.toString())
        .contains(
            "\"schema\":\"larder\",\"made\":true,\"keyPrefix\":\"larder\",\"table\":\"albums\","
                + "\"dropped\":false,\"tags\":[\"a\\\"b:{id}\"]}");
    assertThat(larder("setup", "--json", "--dry-run", "--triggers", "albums", "--drop"))
        .isZero();
    assertThat(out.toString())
        .contains(
            "\"made\":false", "\"dropped\":false", "\"statements\":[\"DROP TRIGGER IF EXISTS ");
  }

  @Test
  void missingTableOrColumn_isNamed_andNothingIsMade() throws SQLException {
    assertThat(larder("setup", "--triggers", "songs", "--tag", "song:{id}")).isEqualTo(1);
    assertThat(err.toString()).contains("larder setup: triggers: there is no table songs");
    assertThat(larder("setup", "--triggers", "albums", "--tag", "album:{isbn}")).isEqualTo(1);
    assertThat(err.toString())
        .contains("tag 'album:{isbn}' names {isbn}, and the columns are [id, artist_id, title]");
    assertThat(tables()).isEmpty();
  }

  @Test
  void missingPrivilege_isSaid() throws SQLException {
    execute("drop role if exists reader");
    execute("create role reader login password 'secret-word'");
    environment.put("PGPASSWORD", "secret-word");
    assertThat(larder("setup", "--user", "reader")).isEqualTo(1);
    assertThat(err.toString()).contains("larder setup: schema", "permission denied");
    larder("setup", "--user", "postgres");
    assertThat(larder("setup", "--user", "reader", "--triggers", "albums", "--tag", "album"))
        .isEqualTo(1);
    assertThat(err.toString()).contains("larder setup: ").doesNotContain("secret-word");
    execute("drop owned by reader");
    execute("drop role reader");
  }

  @Test
  void databaseThatDoesNotAnswer_endsWithItsCode_withoutThePassword() {
    assertThat(larder("setup", "--url", "postgres://ann:secret-word@localhost:1/shop"))
        .isEqualTo(4);
    assertThat(err.toString())
        .contains("larder setup: ", "localhost:1")
        .doesNotContain("secret-word");
    assertThat(larder("setup", "--url", "jdbc:postgresql://localhost:1/shop?password=secret-word"))
        .isEqualTo(4);
    assertThat(err.toString()).doesNotContain("secret-word");
  }

  @Test
  void wrongUsage_isSaidBeforeAnythingIsDone() throws SQLException {
    environment.clear();
    assertThat(larder("setup")).isEqualTo(2);
    assertThat(err.toString()).contains("which database? Name it by --url or DATABASE_URL");
    assertThat(larder("setup", "--url", url, "--tag", "a")).isEqualTo(2);
    assertThat(err.toString()).contains("--tag goes with --triggers TABLE only");
    assertThat(larder("setup", "--url", url, "--drop")).isEqualTo(2);
    assertThat(larder("setup", "--url", url, "--triggers", "albums")).isEqualTo(2);
    assertThat(err.toString()).contains("--triggers needs a --tag");
    assertThat(larder("setup", "--url", url, "--triggers", "albums", "--drop", "--tag", "a"))
        .isEqualTo(2);
    assertThat(larder("setup", "--url", url, "--schema", "public")).isEqualTo(2);
    assertThat(err.toString()).contains("must be a schema of its own");
    assertThat(larder("setup", "--url", "mysql://localhost/shop")).isEqualTo(3);
    assertThat(err.toString()).contains("no store takes this address");
    assertThat(tables()).isEmpty();
  }

  /** The jar as it is shipped finds its store at run time, and says nothing but its own. */
  @Test
  void process_setsUp() throws IOException, InterruptedException, SQLException {
    Path jar = Path.of("target", "larder-cli.jar");
    ProcessBuilder process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            jar.toString(),
            "setup",
            "--triggers",
            "albums",
            "--tag",
            "album:{id}")
        .redirectErrorStream(true);
    process.environment().put("DATABASE_URL", url);
    Process started = process.start();
    String said = new String(started.getInputStream().readAllBytes());
    assertThat(started.waitFor()).as(said).isZero();
    assertThat(said.lines()).hasSize(2).allMatch(line -> line.contains(":"));
    assertThat(triggers()).hasSize(4);
  }
}
