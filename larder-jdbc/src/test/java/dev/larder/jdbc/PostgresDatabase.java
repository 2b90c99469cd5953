package dev.larder.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.larder.testkit.EmbeddedPostgreSql;
import dev.larder.testkit.StoreFixture;
import dev.larder.tier.Store;
import dev.larder.tier.StoreSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A database of its own on a real server, with a pool, as most tests need it. */
final class PostgresDatabase implements AutoCloseable, StoreFixture {

  private final String url;
  private final DataSource driver;
  private final HikariDataSource pool;

  private PostgresDatabase(String url, DataSource driver) {
    this.url = url;
    this.driver = driver;
    HikariConfig config = new HikariConfig();
    config.setDataSource(driver);
    config.setMaximumPoolSize(40);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(5_000);
    config.setValidationTimeout(1_000);
    config.setInitializationFailTimeout(-1);
    pool = new HikariDataSource(config);
  }

  /** On the server that all tests share. */
  static PostgresDatabase create() {
    EmbeddedPostgreSql.Database database = EmbeddedPostgreSql.shared().newDatabase();
    return new PostgresDatabase(database.url(), database.dataSource());
  }

  /** One whose encoding lacks most characters. */
  static PostgresDatabase latin1() {
    EmbeddedPostgreSql server = EmbeddedPostgreSql.shared();
    String name = "latin" + Long.toHexString(System.nanoTime());
    server.execute("CREATE DATABASE " + name
        + " ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
    PGSimpleDataSource driver = new PGSimpleDataSource();
    String url = server.url().replace("/postgres?", "/" + name + "?");
    driver.setUrl(url);
    return new PostgresDatabase(url, driver);
  }

  /** On a server that the test may kill. */
  static PostgresDatabase on(EmbeddedPostgreSql server) {
    return new PostgresDatabase(server.url(), server.dataSource());
  }

  static StoreSettings settings(String keyPrefix) {
    return new StoreSettings(keyPrefix, Duration.ofSeconds(10), 100_000, 10_000);
  }

  /** JDBC address, with the user. */
  String url() {
    return url;
  }

  /** Makes a connection for each request. */
  DataSource driver() {
    return driver;
  }

  HikariDataSource pool() {
    return pool;
  }

  JdbcStore.Builder builder(String keyPrefix) {
    return JdbcStore.builder(pool, settings(keyPrefix));
  }

  @Override
  public Store open(String keyPrefix) {
    return builder(keyPrefix).build();
  }

  /** Runs a statement as a transaction of its own. */
  void execute(String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The number that a query gives. */
  long number(String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
