package dev.larder.jdbc;

import dev.larder.TierUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Creates and drops what a larder keeps in PostgreSQL: tables and functions in a schema of their own.
 *
 * <p>A {@link JdbcStore} does this when it is opened, unless told not to. It can be done beforehand by
 * an owner with more rights: a complete schema is used as it is, and then needs no right to create.
 * The statements lie in {@code postgresql-create.sql} and {@code postgresql-drop.sql} beside this
 * class.
 *
 * <p>Safe for use by many threads and processes at once. All methods block.
 */
public final class JdbcSchema {

  /** The schema's name if none is given. */
  public static final String DEFAULT_NAME = "larder";

  /** As the comment on the table of records tells it. */
  private static final int VERSION = 1;

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String DEPENDENTS_EXIST = "2BP01";

  /** Class of states: no such thing, or no right to it. */
  private static final String NO_RIGHT = "42";

  private static final String READ_ONLY = "25006";

  private final DataSource dataSource;
  private final SchemaName schema;

  private JdbcSchema(DataSource dataSource, SchemaName schema) {
    this.dataSource = dataSource;
    this.schema = schema;
  }

  /** The schema {@value #DEFAULT_NAME}. */
  public static JdbcSchema of(DataSource dataSource) {
    return of(dataSource, DEFAULT_NAME);
  }

  /**
   * A schema with another name.
   *
   * @throws dev.larder.ConfigurationException if the name is not 1 to 63 lower-case letters, digits
   *     and underscores, or belongs to the database ({@code public}, {@code pg_…})
   */
  public static JdbcSchema of(DataSource dataSource, String name) {
    return new JdbcSchema(dataSource, new SchemaName(name));
  }

  /**
   * The schema {@value #DEFAULT_NAME} in the database at an address, as {@link JdbcStoreProvider} takes
   * it. Each call connects anew.
   *
   * @throws dev.larder.ConfigurationException if that is no address of a PostgreSQL
   */
  public static JdbcSchema at(String address) {
    Address parsed = Address.parse(address);
    if (parsed == null) {
      throw Address.wrong("it has another scheme");
    }
    return of(Driver.at(parsed, TIMEOUT));
  }

  /** Whether everything is there, in the form that this version uses or a later one. One round trip. */
  public boolean exists() {
    return connected(session -> isComplete(session.connection(), schema));
  }

  /**
   * Why this user can't create what is missing, in the database's words; null if nothing is missing or
   * he can. Changes nothing: it creates, and rolls back.
   *
   * @throws TierUnavailableException if the database failed
   */
  public @Nullable String refusal() {
    return connected(session -> {
          try {
            if (!isComplete(session.connection(), schema)) {
              create(session.connection(), schema, false);
            }
            return Optional.<String>empty();
          } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            if (state.startsWith(NO_RIGHT) || state.equals(READ_ONLY)) {
              return Optional.of(String.valueOf(e.getMessage()));
            }
            throw e;
          }
        })
        .orElse(null);
  }

  /**
   * Creates what is missing; rows that are there stay.
   *
   * @throws TierUnavailableException if the database failed or refused; nothing was changed
   */
  public void create() {
    connected(session -> {
      create(session.connection(), schema, true);
      return true;
    });
  }

  /** The statements of {@link #create}, where nothing is there yet. No I/O. */
  public List<String> createStatements() {
    return List.of(
        schema.in("CREATE SCHEMA IF NOT EXISTS ${schema}"),
        schema.resource("postgresql-create.sql"));
  }

  /**
   * Drops everything, and the schema itself if nothing else is in it.
   *
   * @throws TierUnavailableException if the database failed or refused
   */
  public void drop() {
    connected(session -> {
      if (!schemaExists(session.connection(), schema)) {
        return false;
      }
      try (Statement statement = session.connection().createStatement()) {
        statement.execute(schema.resource("postgresql-drop.sql"));
        statement.execute(schema.in("DROP SCHEMA IF EXISTS ${schema}"));
      } catch (SQLException e) {
        if (!DEPENDENTS_EXIST.equals(e.getSQLState())) {
          throw e;
        }
      }
      return true;
    });
  }

  /** Creates the schema in a session if it is not complete. */
  static void complete(Session session, SchemaName schema) throws SQLException {
    if (!isComplete(session.connection(), schema)) {
      create(session.connection(), schema, true);
    }
  }

  private static boolean isComplete(Connection connection, SchemaName schema) throws SQLException {
    // The comment is set last, so it stands for the functions too; tables are dropped by hand.
    String sql = schema.in("SELECT to_regclass('${schema}.entry') IS NOT NULL"
        + " AND to_regclass('${schema}.marker') IS NOT NULL"
        + " AND to_regclass('${schema}.outbox') IS NOT NULL"
        + " AND to_regclass('${schema}.note') IS NOT NULL"
        + " AND coalesce(substring(obj_description(to_regclass('${schema}.log'), 'pg_class')"
        + " FROM '^larder schema ([0-9]{1,9})$')::int >= ?, false)");
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, VERSION);
      return isTrue(statement);
    }
  }

  private static void create(Connection connection, SchemaName schema, boolean keeps)
      throws SQLException {
    boolean autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      // IF NOT EXISTS fails when two do it at the same time.
      statement.execute("SELECT pg_advisory_xact_lock(hashtextextended('larder schema', 0))");
      // Even with IF NOT EXISTS this needs a right that the owner of a prepared schema may lack.
      if (!schemaExists(connection, schema)) {
        statement.execute(schema.in("CREATE SCHEMA ${schema}"));
      }
      statement.execute(schema.resource("postgresql-create.sql"));
      if (keeps) {
        connection.commit();
      } else {
        connection.rollback();
      }
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(autoCommit);
    }
  }

  private static boolean schemaExists(Connection connection, SchemaName schema)
      throws SQLException {
    // Not to_regnamespace: it may answer out of the session's cache that there is none yet, though
    // another has created it while this one waited for the lock.
    String sql = "SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = ?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, schema.name());
      return isTrue(statement);
    }
  }

  private static boolean isTrue(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      return row.next() && row.getBoolean(1);
    }
  }

  private <T> T connected(Database.Work<T> work) {
    try (Session session = Session.borrow(dataSource, TIMEOUT)) {
      return work.in(session);
    } catch (SQLException e) {
      throw new TierUnavailableException("schema " + schema.quoted() + ": " + e.getMessage(), e);
    }
  }
}
