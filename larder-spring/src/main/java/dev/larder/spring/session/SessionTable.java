package dev.larder.spring.session;

import dev.larder.ConfigurationException;
import dev.larder.TierUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables of sessions, and work on them in transactions.
 *
 * <p>Made at first use if they are not there, by the statements in {@code postgresql-sessions.sql}
 * beside this class, which an owner with more rights may run beforehand. Work never joins a transaction
 * of the caller's: what a request did to its session stays when its business is rolled back.
 */
final class SessionTable {

  private static final Logger logger = LoggerFactory.getLogger(SessionTable.class);
  private static final String SCHEMA = "postgresql-sessions.sql";

  /** Syntax error or access rule violation: of the statements, not of the link. */
  private static final String REFUSED = "42";

  private static final String READ_ONLY = "25006";

  private final DataSource source;
  private final boolean mayCreate;
  private volatile boolean isThere;

  SessionTable(DataSource source, boolean mayCreate) {
    this.source = source;
    this.mayCreate = mayCreate;
  }

  /** Work on one connection. */
  @FunctionalInterface
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /**
   * Looks whether the tables are there and makes them if need be. A database that does not answer is
   * asked again at first use.
   *
   * @throws ConfigurationException if they are not there and can't be made
   */
  void prepare() {
    try {
      in(connection -> true);
    } catch (TierUnavailableException down) {
      logger.warn("The table of sessions can't be looked at yet: {}", down.getMessage());
    }
  }

  /**
   * Runs work in a transaction of its own and commits it.
   *
   * @throws TierUnavailableException if the database failed; the transaction may have been committed
   *     if the link broke at the commit, otherwise it was rolled back
   */
  <T> T in(Work<T> work) {
    try (Connection connection = source.getConnection()) {
      boolean wasAutomatic = connection.getAutoCommit();
      if (wasAutomatic) {
        connection.setAutoCommit(false);
      }
      try {
        if (!isThere) {
          complete(connection);
          connection.commit();
          isThere = true;
        }
        T result = work.on(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException failure) {
        rollBack(connection, failure);
        throw failure;
      } finally {
        if (wasAutomatic) {
          connection.setAutoCommit(true);
        }
      }
    } catch (SQLException failure) {
      throw new TierUnavailableException("the table of sessions: " + failure.getMessage(), failure);
    }
  }

  private static void rollBack(Connection connection, Exception failure) {
    try {
      connection.rollback();
    } catch (SQLException alsoFailed) {
      failure.addSuppressed(alsoFailed);
    }
  }

  private void complete(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (exists(statement)) {
        return;
      }
      if (!mayCreate) {
        throw missing("and larder.session.create-tables=false", null);
      }
      // IF NOT EXISTS fails when two do it at the same time.
      statement.execute("SELECT pg_advisory_xact_lock(hashtextextended('larder schema', 0))");
      statement.execute(schema());
    } catch (SQLException failure) {
      String state = String.valueOf(failure.getSQLState());
      if (state.startsWith(REFUSED) || state.equals(READ_ONLY)) {
        throw missing("and can't be made: " + failure.getMessage(), failure);
      }
      throw failure;
    }
  }

  private static ConfigurationException missing(String why, @Nullable Throwable cause) {
    return new ConfigurationException(
        "larder.session: the table larder.session is missing "
            + why
            + ". Let the owner of the database run dev/larder/spring/session/" + SCHEMA
            + " of larder-spring and grant the use of what it makes, or set"
            + " larder.session.database=false",
        cause);
  }

  private static boolean exists(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT to_regclass('larder.session') IS NOT NULL"
        + " AND to_regclass('larder.session_attribute') IS NOT NULL")) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static String schema() {
    try (InputStream in = SessionTable.class.getResourceAsStream(SCHEMA)) {
      if (in == null) {
        throw new IllegalStateException("resource " + SCHEMA + " is missing from larder-spring");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Prepares a statement and sets its parameters, in order; arrays and nulls as the driver takes them. */
  static PreparedStatement prepare(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement;
    } catch (SQLException | RuntimeException failure) {
      statement.close();
      throw failure;
    }
  }
}
