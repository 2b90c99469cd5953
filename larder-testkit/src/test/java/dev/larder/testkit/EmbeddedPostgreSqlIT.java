package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgreSqlIT {

  private static String query(DataSource source, String sql) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  private static void execute(DataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void newDatabase_isEmptyAndApart() throws SQLException {
    EmbeddedPostgreSql.Database one = EmbeddedPostgreSql.shared().newDatabase();
    EmbeddedPostgreSql.Database two = EmbeddedPostgreSql.shared().newDatabase();
    execute(one.dataSource(), "CREATE TABLE t (n int)");
    String tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";
    assertThat(query(one.dataSource(), tables)).isEqualTo("1");
    assertThat(query(two.dataSource(), tables)).isEqualTo("0");
    assertThat(query(one.dataSource(), "SHOW server_encoding")).isEqualTo("UTF8");
  }

  @Test
  void execute_wrongStatement_saysWhy() {
    assertThatThrownBy(() -> EmbeddedPostgreSql.shared().execute("NONSENSE"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("NONSENSE");
  }

  @Test
  void killAndRestart_keepsCommitsAndPort() throws SQLException {
    try (EmbeddedPostgreSql server =
        EmbeddedPostgreSql.builder().setting("max_connections", "20").start()) {
      int port = server.port();
      DataSource source = server.newDatabase().dataSource();
      assertThat(query(source, "SHOW max_connections")).isEqualTo("20");
      execute(source, "CREATE TABLE t (n int)");
      execute(source, "INSERT INTO t VALUES (42)");
      server.kill();
      assertThat(server.isAlive()).isFalse();
      assertThatThrownBy(source::getConnection).isInstanceOf(SQLException.class);
      server.restart();
      assertThat(query(source, "SELECT n FROM t")).isEqualTo("42");
      server.restart();
      assertThat(query(source, "SELECT n FROM t")).isEqualTo("42");
      assertThat(server.port()).isEqualTo(port);
    }
  }

  @Test
  void pause_stopsBackendsToo() throws Exception {
    try (EmbeddedPostgreSql server = EmbeddedPostgreSql.start();
        Connection connection = server.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
      server.pause();
      connection.setNetworkTimeout(Runnable::run, 50);
      assertThatThrownBy(() -> statement.execute("SELECT 2"))
          .isInstanceOf(SQLException.class)
          .hasRootCauseInstanceOf(SocketTimeoutException.class);
      server.resume();
      assertThat(query(server.dataSource(), "SELECT 3")).isEqualTo("3");
    }
  }

  @Test
  void directory_staysAfterClose(@TempDir Path directory) throws SQLException {
    try (EmbeddedPostgreSql server =
        EmbeddedPostgreSql.builder().directory(directory).start()) {
      execute(server.dataSource(), "CREATE TABLE t (n int)");
    }
    try (EmbeddedPostgreSql server =
        EmbeddedPostgreSql.builder().directory(directory).start()) {
      assertThat(query(server.dataSource(), "SELECT count(*) FROM t")).isEqualTo("0");
    }
  }

  @Test
  void close_whilePaused_ends() {
    EmbeddedPostgreSql server = EmbeddedPostgreSql.start();
    server.pause();
    server.close();
    server.close();
    assertThat(server.isAlive()).isFalse();
  }

  @Test
  void start_wrongSetting_saysWhy() {
    assertThatThrownBy(
            () -> EmbeddedPostgreSql.builder().setting("no_such_setting", "1").start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no_such_setting");
  }
}
