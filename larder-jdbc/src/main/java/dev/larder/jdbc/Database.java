package dev.larder.jdbc;

import dev.larder.ConfigurationException;
import dev.larder.TierUnavailableException;
import dev.larder.log.LogLostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Lends sessions, sees to it that the schema is there, and tells what a failure means. Safe for use
 * by many threads; every method blocks.
 */
final class Database {

  /** Name of the store and of its log. */
  static final String NAME = "postgresql";

  private static final String LOG_EMPTY = "LARD1";
  private static final String WRONG_ISOLATION = "LARD2";
  // Table, schema, function.
  private static final Set<String> MISSING = Set.of("42P01", "3F000", "42883");

  private final DataSource dataSource;
  private final SchemaName schema;
  private final Duration timeout;

  private volatile boolean known;
  private volatile boolean setIsolation;
  private volatile boolean schemaWanted;
  private volatile String address = "";

  Database(DataSource dataSource, SchemaName schema, Duration timeout, boolean createSchema) {
    this.dataSource = dataSource;
    this.schema = schema;
    this.timeout = timeout;
    this.schemaWanted = createSchema;
  }

  /** Work on a session. */
  @FunctionalInterface
  interface Work<T> {
    T in(Session session) throws SQLException;
  }

  /** Host, port and database; empty until it has answered once. */
  String address() {
    return address;
  }

  SchemaName schema() {
    return schema;
  }

  /**
   * Runs work in a session of its own.
   *
   * @throws LogLostException if it wanted to append to an empty log
   * @throws IllegalArgumentException if the database cannot store a value
   * @throws TierUnavailableException if the database failed in any other way
   */
  <T> T call(Work<T> work) {
    try (Session session = open()) {
      return work.in(session);
    } catch (SQLException e) {
      throw translate(e);
    }
  }

  /** Lends a session; the caller closes it. */
  Session open() throws SQLException {
    Session session = Session.borrow(dataSource, timeout);
    try {
      if (!known) {
        learn(session.connection());
      }
      if (setIsolation) {
        session.readCommitted();
      }
      if (schemaWanted) {
        JdbcSchema.complete(session, schema);
        // Once only: a table that is dropped later was dropped on purpose.
        schemaWanted = false;
      }
      return session;
    } catch (SQLException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  RuntimeException translate(SQLException e) {
    if (isDataError(e)) {
      // The database is well: this must not count as an outage.
      return new IllegalArgumentException(NAME + " cannot store this: " + e.getMessage(), e);
    }
    String state = e.getSQLState();
    if (LOG_EMPTY.equals(state)) {
      return new LogLostException(NAME);
    }
    if (WRONG_ISOLATION.equals(state)) {
      // Somebody changed the data source; the next session sets it.
      setIsolation = true;
    }
    if (state != null && MISSING.contains(state)) {
      return new TierUnavailableException(
          "schema " + schema.quoted() + " is missing or incomplete: create it with JdbcSchema ("
              + e.getMessage() + ")",
          e);
    }
    return new TierUnavailableException(NAME + ": " + e.getMessage(), e);
  }

  /** Whether it was for a value that does not fit: characters of no encoding, a key too long. */
  static boolean isDataError(SQLException e) {
    String state = e.getSQLState();
    return state != null && (state.startsWith("22") || state.startsWith("54"));
  }

  private void learn(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    if (!product.equals("PostgreSQL")) {
      throw new ConfigurationException(
          "database: '" + product + "' is not supported, only PostgreSQL 12 and later");
    }
    address = Address.shown(connection.getMetaData().getURL());
    setIsolation = connection.getTransactionIsolation() != Connection.TRANSACTION_READ_COMMITTED;
    known = true;
  }
}
