package dev.larder.jdbc;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Collection;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection while it is borrowed: every statement is its own transaction under READ COMMITTED,
 * and ends in time even when the server stalls. What was set on the connection is set back when the
 * session is closed. For one thread.
 */
final class Session implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(Session.class);

  /** How much later the socket gives up than the server is told to: the server's answer tells more. */
  private static final int NETWORK_GRACE_MILLIS = 500;

  private final Connection connection;
  private final int querySeconds;
  private final boolean autoCommit;
  private final int networkMillis;
  private int isolation = -1;

  private Session(Connection connection, Duration timeout) throws SQLException {
    this.connection = connection;
    long millis = Math.min(timeout.toMillis(), Integer.MAX_VALUE / 2);
    querySeconds = (int) Math.max(1, (millis + 999) / 1_000);
    // First, since all that follows may ask the server.
    networkMillis = limitNetwork(
        connection, (int) Math.max(millis, querySeconds * 1_000L) + NETWORK_GRACE_MILLIS);
    autoCommit = connection.getAutoCommit();
    if (!autoCommit) {
      connection.setAutoCommit(true);
    }
  }

  /** Takes a connection of a data source, and closes it again if it is of no use. */
  static Session borrow(DataSource dataSource, Duration timeout) throws SQLException {
    Connection connection = dataSource.getConnection();
    try {
      return new Session(connection, timeout);
    } catch (SQLException | RuntimeException e) {
      try (connection) {
        throw e;
      }
    }
  }

  /** Changes from another isolation level until the session is closed. */
  void readCommitted() throws SQLException {
    isolation = connection.getTransactionIsolation();
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
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

  /** Gives the connection back as it was found. Never fails: what was done is done. */
  @Override
  public void close() {
    try (connection) {
      if (connection.isClosed()) {
        return;
      }
      if (isolation >= 0) {
        connection.setTransactionIsolation(isolation);
      }
      if (!autoCommit) {
        connection.setAutoCommit(false);
      }
      if (networkMillis >= 0) {
        connection.setNetworkTimeout(Runnable::run, networkMillis);
      }
    } catch (SQLException e) {
      LOGGER.debug("a connection was given back broken: {}", e.getMessage());
    }
  }

  /** What the limit was before; -1 if the driver knows none, and the statement's has to do. */
  private static int limitNetwork(Connection connection, int millis) throws SQLException {
    try {
      int before = connection.getNetworkTimeout();
      connection.setNetworkTimeout(Runnable::run, millis);
      return before;
    } catch (SQLFeatureNotSupportedException e) {
      return -1;
    }
  }
}
