package dev.larder.jdbc;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Collection;

/**
 * A connection while it is borrowed: every statement is its own transaction under READ COMMITTED,
 * and ends in time even when the server stalls. What was set on the connection is set back when the
 * session is closed. For one thread.
 */
final class Session implements AutoCloseable {

  /** How much later the socket gives up than the server is told to: the server's answer tells more. */
  private static final int NETWORK_GRACE_MILLIS = 500;

  private final Connection connection;
  private final int querySeconds;
  private final boolean autoCommit;
  private final int isolation;
  private int networkMillis = -1;

  /**
   * Takes over a connection.
   *
   * @param setIsolation whether the data source's connections are not under READ COMMITTED already
   */
  Session(Connection connection, Duration timeout, boolean setIsolation) throws SQLException {
    this.connection = connection;
    long millis = Math.min(timeout.toMillis(), Integer.MAX_VALUE / 2);
    querySeconds = (int) Math.max(1, (millis + 999) / 1_000);
    autoCommit = connection.getAutoCommit();
    if (!autoCommit) {
      connection.setAutoCommit(true);
    }
    limitNetwork((int) Math.max(millis, querySeconds * 1_000L) + NETWORK_GRACE_MILLIS);
    if (setIsolation) {
      isolation = connection.getTransactionIsolation();
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    } else {
      isolation = -1;
    }
  }

  Connection connection() {
    return connection;
  }

  /** A statement that the server gives up after the time-out, in whole seconds. */
  PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      statement.setQueryTimeout(querySeconds);
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  Array texts(Collection<String> values) throws SQLException {
    return connection.createArrayOf("text", values.toArray());
  }

  Array longs(Collection<Long> values) throws SQLException {
    return connection.createArrayOf("int8", values.toArray());
  }

  Array bodies(Collection<byte[]> values) throws SQLException {
    return connection.createArrayOf("bytea", values.toArray(byte[][]::new));
  }

  /** Gives the connection back as it was found. */
  @Override
  public void close() throws SQLException {
    try (connection) {
      if (!connection.isClosed()) {
        if (isolation >= 0) {
          connection.setTransactionIsolation(isolation);
        }
        if (!autoCommit) {
          connection.setAutoCommit(false);
        }
        if (networkMillis >= 0) {
          connection.setNetworkTimeout(Runnable::run, networkMillis);
        }
      }
    }
  }

  private void limitNetwork(int millis) throws SQLException {
    try {
      int before = connection.getNetworkTimeout();
      connection.setNetworkTimeout(Runnable::run, millis);
      networkMillis = before;
    } catch (SQLFeatureNotSupportedException e) {
      // Then the statement's own time-out has to do.
      networkMillis = -1;
    }
  }
}
