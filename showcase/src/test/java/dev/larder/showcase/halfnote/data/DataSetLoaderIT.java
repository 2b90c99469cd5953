package dev.larder.showcase.halfnote.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.showcase.data.Progress;
import dev.larder.showcase.halfnote.catalogue.GeneratedCatalogue;
import dev.larder.showcase.start.StartFailure;
import dev.larder.testkit.EmbeddedPostgreSql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class DataSetLoaderIT {
  private static final long SEED = 7;

  @Test
  void load_twoDatabases_sameRows() throws SQLException {
    DataSource first = EmbeddedPostgreSql.shared().newDatabase().dataSource();
    DataSource second = EmbeddedPostgreSql.shared().newDatabase().dataSource();
    load(first, 0.005);
    load(second, 0.005);
    for (String table : List.of(
        "users",
        "follows",
        "albums",
        "reviews",
        "review_likes",
        "review_comments",
        "lists",
        "list_items",
        "activities")) {
      String digest =
          "SELECT md5(string_agg(t::text, ';' ORDER BY t::text)) FROM halfnote." + table + " t";
      assertThat(text(first, digest)).as(table).isNotNull().isEqualTo(text(second, digest));
    }
  }

  @Test
  void load_sameAgain_keepsRows() throws SQLException {
    DataSource database = EmbeddedPostgreSql.shared().newDatabase().dataSource();
    assertThat(load(database, 0.002)).isTrue();
    execute(database, "UPDATE halfnote.users SET bio = 'mine' WHERE id = 1");
    assertThat(load(database, 0.002)).isFalse();
    assertThat(text(database, "SELECT bio FROM halfnote.users WHERE id = 1")).isEqualTo("mine");
  }

  @Test
  void load_otherScale_replacesRows() throws SQLException {
    DataSource database = EmbeddedPostgreSql.shared().newDatabase().dataSource();
    load(database, 0.002);
    assertThat(load(database, 0.004)).isTrue();
    assertThat(text(database, "SELECT count(*) FROM halfnote.users")).isEqualTo("80");
  }

  @Test
  void load_otherScale_saysSoWhileTheRowsAreThere() throws SQLException {
    DataSource database = EmbeddedPostgreSql.shared().newDatabase().dataSource();
    load(database, 0.002);
    List<String> told = new ArrayList<>();
    Progress progress = new Progress() {
      @Override
      public void at(String stage, long done, long total) {}

      @Override
      public void replaces(String found, String wanted) {
        told.add(found);
        told.add(wanted);
        try {
          told.add(text(database, "SELECT count(*) FROM halfnote.users"));
        } catch (SQLException e) {
          throw new AssertionError(e);
        }
      }
    };
    new DataSetLoader(database, progress).load(dataSet(0.004), new GeneratedCatalogue(20, SEED));
    assertThat(told)
        .containsExactly(dataSet(0.002).description(), dataSet(0.004).description(), "40");
  }

  @Test
  void load_schemaOfSomebodyElse_isRefusedAndKept() throws SQLException {
    DataSource database = EmbeddedPostgreSql.shared().newDatabase().dataSource();
    execute(database, "CREATE SCHEMA halfnote");
    execute(database, "CREATE TABLE halfnote.users AS SELECT 'mine' AS name");
    assertThatThrownBy(() -> load(database, 0.002))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("schema halfnote")
        .hasMessageContaining("Nothing in it was changed");
    assertThat(text(database, "SELECT name FROM halfnote.users")).isEqualTo("mine");
  }

  @Test
  void load_cutShort_beginsAgain() throws SQLException {
    DataSource database = EmbeddedPostgreSql.shared().newDatabase().dataSource();
    load(database, 0.002);
    execute(database, "DELETE FROM halfnote.data_set");
    execute(database, "DELETE FROM halfnote.users WHERE id = 3");
    assertThat(load(database, 0.002)).isTrue();
    assertThat(text(database, "SELECT count(*) FROM halfnote.users")).isEqualTo("40");
  }

  @Test
  void load_smallScale_isCausalAndShaped() throws SQLException {
    DataSource database = EmbeddedPostgreSql.shared().newDatabase().dataSource();
    load(database, 0.02);
    assertThat(text(database, "SELECT count(*) FROM halfnote.users")).isEqualTo("400");
    assertThat(text(database, "SELECT count(*) FROM halfnote.reviews")).isEqualTo("4000");
    assertThat(text(database, "SELECT count(*) FROM halfnote.follows")).isEqualTo("8000");
    assertThat(text(database, "SELECT count(*) FROM halfnote.activities")).isEqualTo("20000");
    assertThat(text(
            database,
            "SELECT count(*) FROM halfnote.activities a JOIN halfnote.reviews r"
                + " ON r.id = a.review_id WHERE a.created_at < r.created_at"))
        .isEqualTo("0");
    long most = Long.parseLong(text(
        database,
        "SELECT max(n) FROM (SELECT count(*) n FROM halfnote.follows GROUP BY followee_id) f"));
    assertThat(most).as("followers of the most followed, of 20 on average").isGreaterThan(200);
    // A new row takes the next number.
    execute(
        database,
        "INSERT INTO halfnote.users (username, display_name, avatar) VALUES ('new', 'N', 'disc-1')");
  }

  @Test
  void progress_isOrderedAndComplete() throws SQLException {
    Map<String, List<long[]>> seen = new LinkedHashMap<>();
    Progress progress = (stage, done, total) ->
        seen.computeIfAbsent(stage, s -> new ArrayList<>()).add(new long[] {done, total});
    new DataSetLoader(EmbeddedPostgreSql.shared().newDatabase().dataSource(), progress)
        .load(dataSet(0.002), new GeneratedCatalogue(20, SEED));
    assertThat(seen.keySet())
        .containsExactly("tables", "users", "albums", "activities", "lists", "indexes");
    seen.forEach((stage, steps) -> {
      assertThat(steps.get(0)[0]).as(stage).isZero();
      long[] last = steps.get(steps.size() - 1);
      assertThat(last[0]).as(stage).isEqualTo(last[1]);
    });
  }

  private static boolean load(DataSource database, double scale) throws SQLException {
    GeneratedCatalogue catalogue = new GeneratedCatalogue(DataSet.albumsAt(scale), SEED);
    return new DataSetLoader(database, Progress.SILENT).load(dataSet(scale), catalogue);
  }

  private static DataSet dataSet(double scale) {
    return new DataSet(scale, SEED, "generated");
  }

  private static String text(DataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private static void execute(DataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
