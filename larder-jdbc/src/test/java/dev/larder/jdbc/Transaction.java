package dev.larder.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A transaction that a test holds open, as an application or another node might. */
final class Transaction implements AutoCloseable {

  private final Connection connection;

  private Transaction(Connection connection) {
    this.connection = connection;
  }

  static Transaction begin(PostgresDatabase database) throws SQLException {
    Connection connection = database.driver().getConnection();
    connection.setAutoCommit(false);
    return new Transaction(connection);
  }

  Connection connection() {
    return connection;
  }

  int update(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  /** Takes the lock that positions of a log are given under. */
  Transaction lockLog(String keyPrefix) throws SQLException {
    number("SELECT 1 FROM (SELECT \"larder\".lock_log('" + keyPrefix + "')) AS taken");
    return this;
  }

  long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  void commit() throws SQLException {
    connection.commit();
  }

  void rollback() throws SQLException {
    connection.rollback();
  }

  /** Rolls back what was not committed. */
  @Override
  public void close() throws SQLException {
    try (connection) {
      if (connection.isValid(5)) {
        connection.rollback();
      }
    }
  }
}
