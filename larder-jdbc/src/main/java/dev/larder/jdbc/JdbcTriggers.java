package dev.larder.jdbc;

import dev.larder.ConfigurationException;
import dev.larder.TierUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Triggers that write an outbox row for every statement that changes a table, whoever sends it: another
 * program, a migration, a person at a prompt. What they write is relayed after the commit by any living
 * node, within a second, and not at all after a roll-back.
 *
 * <p>Tags are templates over the table's columns, {@code album:{id}}. An update ends the tags of the old
 * row and of the new one; a column that is null gives no tag; {@code TRUNCATE} ends everything. There is
 * one trigger for each kind of statement, so a statement costs one insert for 10,000 tags, however many
 * rows it changes. Not seen are writes with {@code session_replication_role = replica}.
 *
 * <p>The schema must be there ({@link JdbcSchema#create}). All methods block. Safe for use by many threads
 * and processes.
 */
public final class JdbcTriggers {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Pattern COLUMN = Pattern.compile("\\{([^{}]*)}");

  private final DataSource dataSource;
  private final SchemaName schema;
  private final String keyPrefix;

  private JdbcTriggers(DataSource dataSource, SchemaName schema, String keyPrefix) {
    this.dataSource = dataSource;
    this.schema = schema;
    this.keyPrefix = keyPrefix;
  }

  /** Triggers that write to the outbox of a key prefix in the schema {@value JdbcSchema#DEFAULT_NAME}. */
  public static JdbcTriggers of(DataSource dataSource, String keyPrefix) {
    return of(dataSource, JdbcSchema.DEFAULT_NAME, keyPrefix);
  }

  /**
   * Triggers that write to the outbox of a key prefix.
   *
   * @throws ConfigurationException if the schema's name has another form
   */
  public static JdbcTriggers of(DataSource dataSource, String schema, String keyPrefix) {
    return new JdbcTriggers(dataSource, new SchemaName(schema), StoredText.of(keyPrefix));
  }

  /**
   * Creates the triggers of a table, in place of those that it has for this key prefix. Takes a short lock
   * that writers of the table wait for.
   *
   * @param table as in a statement: {@code albums} or {@code shop.albums}
   * @param tags templates, at least one
   * @throws ConfigurationException if there is no such table, or a template names no column of it
   * @throws TierUnavailableException if the database failed or refused; nothing was changed
   */
  public void create(String table, List<String> tags) {
    if (tags.isEmpty()) {
      throw new ConfigurationException("triggers of " + table + ": no tags given, at least one");
    }
    transaction(table, connection -> execute(connection, creating(connection, table, tags)));
  }

  /**
   * The statements of {@link #create}. Looks at the table and changes nothing.
   *
   * @throws ConfigurationException as {@code create}
   * @throws TierUnavailableException as {@code create}
   */
  public List<String> createStatements(String table, List<String> tags) {
    List<String> statements = new ArrayList<>();
    transaction(table, connection -> statements.addAll(creating(connection, table, tags)));
    return statements;
  }

  private List<String> creating(Connection connection, String table, List<String> tags)
      throws SQLException {
    String name = resolve(connection, table);
    check(table, tags, columns(connection, name));
    List<String> statements = new ArrayList<>();
    statements.add(schema.resource("postgresql-triggers.sql"));
    statements.addAll(dropping(name));
    for (Event event : Event.values()) {
      statements.add("CREATE TRIGGER " + trigger(event) + " AFTER " + event + " ON " + name
          + event.tables + " FOR EACH STATEMENT EXECUTE FUNCTION "
          + schema.in("${schema}.on_write(") + arguments(tags) + ")");
    }
    return statements;
  }

  private static void execute(Connection connection, List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  /**
   * Drops the triggers of a table for this key prefix.
   *
   * @throws ConfigurationException if there is no such table
   * @throws TierUnavailableException if the database failed or refused; nothing was changed
   */
  public void drop(String table) {
    transaction(table, connection -> execute(connection, dropping(resolve(connection, table))));
  }

  /**
   * The statements of {@link #drop}. Looks at the table and changes nothing.
   *
   * @throws ConfigurationException as {@code drop}
   * @throws TierUnavailableException as {@code drop}
   */
  public List<String> dropStatements(String table) {
    List<String> statements = new ArrayList<>();
    transaction(table, connection -> statements.addAll(dropping(resolve(connection, table))));
    return statements;
  }

  private enum Event {
    INSERT(" REFERENCING NEW TABLE AS larder_new"),
    UPDATE(" REFERENCING OLD TABLE AS larder_old NEW TABLE AS larder_new"),
    DELETE(" REFERENCING OLD TABLE AS larder_old"),
    TRUNCATE("");

    private final String tables;

    Event(String tables) {
      this.tables = tables;
    }
  }

  private List<String> dropping(String name) {
    return Arrays.stream(Event.values())
        .map(event -> "DROP TRIGGER IF EXISTS " + trigger(event) + " ON " + name)
        .toList();
  }

  /** One name for each key prefix, which may be longer than a name of PostgreSQL. */
  private String trigger(Event event) {
    return "\"larder_" + StoredText.hash(keyPrefix, 8) + "_" + event.name().toLowerCase(Locale.ROOT)
        + "\"";
  }

  private String arguments(List<String> tags) {
    List<String> quoted = new ArrayList<>();
    quoted.add(literal(keyPrefix));
    tags.forEach(tag -> quoted.add(literal(tag)));
    return String.join(", ", quoted);
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** The table's name as the database quotes it, so that nothing else can stand in a statement. */
  private static String resolve(Connection connection, String table) throws SQLException {
    String sql = "SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c"
        + " JOIN pg_namespace n ON n.oid = c.relnamespace"
        + " WHERE c.oid = to_regclass(?) AND c.relkind IN ('r', 'p')";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, table);
      try (ResultSet row = statement.executeQuery()) {
        if (row.next()) {
          return row.getString(1);
        }
      }
    }
    throw new ConfigurationException("triggers: there is no table " + table
        + "; name it as in a statement, with its schema if that is not searched");
  }

  private static Set<String> columns(Connection connection, String name) throws SQLException {
    Set<String> columns = new LinkedHashSet<>();
    String sql = "SELECT attname FROM pg_attribute"
        + " WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped ORDER BY attnum";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          columns.add(row.getString(1));
        }
      }
    }
    return columns;
  }

  private static void check(String table, List<String> tags, Set<String> columns) {
    for (String tag : tags) {
      Matcher matcher = COLUMN.matcher(tag);
      while (matcher.find()) {
        if (!columns.contains(matcher.group(1))) {
          throw new ConfigurationException("triggers of " + table + ": tag '" + tag + "' names "
              + matcher.group() + ", and the columns are " + columns);
        }
      }
    }
  }

  private interface Work {
    void in(Connection connection) throws SQLException;
  }

  private void transaction(String table, Work work) {
    try (Session session = Session.borrow(dataSource, TIMEOUT)) {
      Connection connection = session.connection();
      connection.setAutoCommit(false);
      try {
        work.in(connection);
        connection.commit();
      } catch (SQLException | RuntimeException failure) {
        connection.rollback();
        throw failure;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException failure) {
      throw new TierUnavailableException(
          "triggers of " + table + ": " + failure.getMessage(), failure);
    }
  }
}
