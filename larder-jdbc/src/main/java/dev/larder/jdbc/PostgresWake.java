package dev.larder.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Woken by LISTEN on the session's connection, through the driver org.postgresql. */
final class PostgresWake implements Wake {

  private final Connection connection;
  private final PGConnection driver;

  private PostgresWake(Connection connection, PGConnection driver) {
    this.connection = connection;
    this.driver = driver;
  }

  /** Begins to listen; null if the session is not of this driver. */
  static @Nullable Wake listen(Session session, String channel) throws SQLException {
    Connection connection = session.connection();
    if (!connection.isWrapperFor(PGConnection.class)) {
      return null;
    }
    execute(connection, "LISTEN " + channel);
    return new PostgresWake(connection, connection.unwrap(PGConnection.class));
  }

  @Override
  public boolean await(long millis) throws SQLException {
    // 0 would wait for ever.
    PGNotification[] heard = driver.getNotifications((int) Math.max(1, millis));
    return heard != null && heard.length > 0;
  }

  @Override
  public void forget() throws SQLException {
    driver.getNotifications();
  }

  @Override
  public void end() throws SQLException {
    execute(connection, "UNLISTEN *");
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
