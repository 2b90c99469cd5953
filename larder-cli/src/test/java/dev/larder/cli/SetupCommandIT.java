package dev.larder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.EmbeddedPostgreSql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code larder setup} on a real PostgreSQL. */
class SetupCommandIT {

  private static EmbeddedPostgreSql postgresql;

  private final Cli cli = new Cli(dev.larder.cli.connect.Connection::open);
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
    cli.environment.put("DATABASE_URL", url);
    execute("create table albums (id bigint primary key, artist_id bigint, title text)");
  }

  private int larder(String... arguments) {
    return cli.run(arguments);
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
    assertThat(cli.out).contains("schema larder: tables made");
    assertThat(larder("setup")).as("from DATABASE_URL").isZero();
    assertThat(cli.out).contains("tables are there already");
    assertThat(cli.err).isEmpty();
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
        .as(cli.err)
        .isZero();
    assertThat(cli.out)
        .contains("albums: each write ends album:{id}, artist:{artist_id} of key prefix shop");
    assertThat(triggers()).hasSize(4);
    execute("insert into albums values (7, 3, 'Air')");
    assertThat(texts("select count(*) from larder.outbox")).containsExactly("1");
    assertThat(larder("setup", "--key-prefix", "shop", "--triggers", "albums", "--drop", "--yes"))
        .isZero();
    assertThat(cli.out).isEqualTo("albums: triggers of key prefix shop dropped\n");
    assertThat(triggers()).isEmpty();
  }

  @Test
  void drop_isDoneOnceAgreed() throws SQLException {
    String[] drop = {"setup", "--triggers", "albums", "--drop"};
    assertThat(larder("setup", "--triggers", "albums", "--tag", "album:{id}")).isZero();

    assertThat(larder(drop)).isEqualTo(6);
    assertThat(cli.err.lines()).hasSize(3);
    assertThat(cli.err)
        .contains(
            "larder setup: refused; nothing was changed",
            "there is no terminal to ask at",
            "larder setup --yes does not ask");
    cli.isTerminal = true;
    cli.in = "n\n";
    assertThat(larder(drop)).isEqualTo(6);
    assertThat(cli.err)
        .contains("Drop the triggers of albums in ", "key prefix larder", "? [y/N] ");
    assertThat(triggers()).hasSize(4);

    cli.in = "y\n";
    assertThat(larder(drop)).as(cli.err).isZero();
    assertThat(triggers()).isEmpty();
  }

  @Test
  void output_isThatOfAllCommands() throws SQLException {
    assertThat(larder("setup", "-o", "json", "--triggers", "albums", "--tag", "album:{id}"))
        .as(cli.err)
        .isZero();
    assertThat(cli.out)
        .contains(
            "\"schema\" : 1",
            "\"setup\" : {",
            "\"databaseSchema\" : \"larder\"",
            "\"made\" : true",
            "\"table\" : \"albums\"",
            "\"tags\" : [ \"album:{id}\" ]");
    assertThat(larder("setup", "-o", "csv")).isZero();
    assertThat(cli.out.lines())
        .hasSize(2)
        .first()
        .isEqualTo("database,databaseSchema,made,keyPrefix,table,dropped,tags");
    assertThat(larder("setup", "-o", "ndjson", "--triggers", "albums", "--drop", "--dry-run"))
        .isZero();
    assertThat(cli.out)
        .startsWith("{\"schema\":1,")
        .contains("\"dropped\":false", "\"statements\":[\"DROP TRIGGER IF EXISTS ");
    assertThat(triggers()).hasSize(4);
    assertThat(larder("setup", "-o", "json", "--json")).isEqualTo(2);
    assertThat(cli.err).contains("--json and -o exclude each other");
  }

  @Test
  void passwordInAnOption_isRefused_andNotRepeated() throws SQLException {
    for (String given : List.of(
        "postgres://ann:secret-word@localhost:1/shop",
        "jdbc:postgresql://localhost:1/shop?user=ann&password=secret-word")) {
      assertThat(larder("setup", "--url", given)).isEqualTo(2);
      assertThat(cli.err)
          .contains(
              "larder setup: --url holds a password",
              "next: give it in DATABASE_URL or PGPASSWORD or in --password-file, or let")
          .doesNotContain("secret-word");
    }
    assertThat(tables()).isEmpty();
  }

  @Test
  void dryRun_printsSqlThatDoesTheSame_andChangesNothing() throws SQLException {
    assertThat(larder("setup", "--triggers", "albums", "--tag", "album:{id}", "--dry-run"))
        .isZero();
    assertThat(tables()).isEmpty();
    assertThat(triggers()).isEmpty();
    String sql = cli.out;
    assertThat(sql).contains("CREATE SCHEMA", "CREATE TRIGGER", "ON public.albums", "'album:{id}'");
    execute(sql);
    assertThat(triggers()).hasSize(4);
    assertThat(larder("setup")).isZero();
    assertThat(cli.out).contains("are there already");
    execute("insert into albums values (7, 3, 'Air')");
    assertThat(texts("select count(*) from larder.outbox")).containsExactly("1");
  }

  @Test
  void json_isForPrograms() {
    assertThat(larder("setup", "--json", "--triggers", "albums", "--tag", "a\"b:{id}"))
        .isZero();
    assertThat(cli.out)
        .contains(
            "\"schema\":\"larder\",\"made\":true,\"keyPrefix\":\"larder\",\"table\":\"albums\","
                + "\"dropped\":false,\"tags\":[\"a\\\"b:{id}\"]}");
    assertThat(larder("setup", "--json", "--dry-run", "--triggers", "albums", "--drop"))
        .isZero();
    assertThat(cli.out)
        .contains(
            "\"made\":false", "\"dropped\":false", "\"statements\":[\"DROP TRIGGER IF EXISTS ");
  }

  @Test
  void missingTableOrColumn_isNamed_andNothingIsMade() throws SQLException {
    assertThat(larder("setup", "--triggers", "songs", "--tag", "song:{id}")).isEqualTo(1);
    assertThat(cli.err).contains("larder setup: triggers: there is no table songs");
    assertThat(larder("setup", "--triggers", "albums", "--tag", "album:{isbn}")).isEqualTo(1);
    assertThat(cli.err)
        .contains("tag 'album:{isbn}' names {isbn}, and the columns are [id, artist_id, title]");
    assertThat(tables()).isEmpty();
  }

  @Test
  void missingPrivilege_isSaid() throws SQLException {
    execute("drop role if exists reader");
    execute("create role reader login password 'secret-word'");
    cli.environment.put("PGPASSWORD", "secret-word");
    assertThat(larder("setup", "--user", "reader")).isEqualTo(1);
    assertThat(cli.err).contains("larder setup: schema", "permission denied");
    larder("setup", "--user", "postgres");
    assertThat(larder("setup", "--user", "reader", "--triggers", "albums", "--tag", "album"))
        .isEqualTo(1);
    assertThat(cli.err).contains("larder setup: ").doesNotContain("secret-word");
    execute("drop owned by reader");
    execute("drop role reader");
  }

  @Test
  void password_fromAFileOrStandardInput(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("password"), "secret-word\n");
    cli.folder = folder;

    assertThat(larder("setup", "--password-file", "none")).isEqualTo(3);
    assertThat(cli.err).contains("--password-file is none, which cannot be read");
    Files.writeString(folder.resolve("two"), "a\nb\n");
    assertThat(larder("setup", "--password-file", "two")).isEqualTo(2);
    assertThat(larder("setup", "--password-file", "password")).as(cli.err).isZero();
    cli.in = "secret-word\n";
    assertThat(larder("setup", "--password-file", "-")).as(cli.err).isZero();
    assertThat(cli.out + cli.err).doesNotContain("secret-word");
  }

  @Test
  void databaseThatDoesNotAnswer_endsWithItsCode_withoutThePassword() {
    cli.environment.put("DATABASE_URL", "postgres://ann:secret-word@localhost:1/shop");
    assertThat(larder("setup")).isEqualTo(4);
    assertThat(cli.err).contains("larder setup: ", "localhost:1").doesNotContain("secret-word");
    cli.environment.put("DATABASE_URL", "jdbc:postgresql://localhost:1/shop?password=secret-word");
    assertThat(larder("setup")).isEqualTo(4);
    assertThat(cli.err).doesNotContain("secret-word");
  }

  @Test
  void wrongUsage_isSaidBeforeAnythingIsDone() throws SQLException {
    cli.environment.clear();
    assertThat(larder("setup")).isEqualTo(2);
    assertThat(cli.err).contains("which database? Name it by --url or DATABASE_URL");
    assertThat(larder("setup", "--url", url, "--tag", "a")).isEqualTo(2);
    assertThat(cli.err).contains("--tag goes with --triggers TABLE only");
    assertThat(larder("setup", "--url", url, "--drop")).isEqualTo(2);
    assertThat(larder("setup", "--url", url, "--triggers", "albums")).isEqualTo(2);
    assertThat(cli.err).contains("--triggers needs a --tag");
    assertThat(larder("setup", "--url", url, "--triggers", "albums", "--drop", "--tag", "a"))
        .isEqualTo(2);
    assertThat(larder("setup", "--url", url, "--schema", "public")).isEqualTo(2);
    assertThat(cli.err).contains("must be a schema of its own");
    assertThat(larder("setup", "--url", "mysql://localhost/shop")).isEqualTo(3);
    assertThat(cli.err).contains("no store takes this address");
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
