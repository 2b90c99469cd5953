package dev.larder.showcase.data;

import dev.larder.showcase.start.StartFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a schema hold one described data set, once.
 *
 * <p>The scripts {@code tables.sql} and {@code indexes.sql} stand beside a class of the system; keys,
 * references and indexes are built after the rows. {@code tables.sql} creates the schema and in it a
 * table {@code data_set (description text NOT NULL)}. The row that names the data set is written
 * last: a load that was cut short is seen and done again at the next start. Two processes that start
 * together load once, because the whole is done under an advisory lock.
 */
public final class SchemaLoad {
  private static final Logger log = LoggerFactory.getLogger(SchemaLoad.class);
  private static final String LOCK_CLASS = "1818325604"; // "lard", apart from locks of Larder's own

  private final DataSource dataSource;
  private final String schema;
  private final Class<?> scripts;
  private final Progress progress;

  /** Writes the rows of all tables, over connections of its own. */
  @FunctionalInterface
  public interface Rows {
    void write() throws SQLException;
  }

  /**
   * A load into one schema.
   *
   * @param schema a plain name, lower case
   * @param scripts the class that has {@code tables.sql} and {@code indexes.sql} beside it
   * @param progress hears of the stages {@code tables} and {@code indexes}; nothing when the data is
   *     there already
   */
  public SchemaLoad(DataSource dataSource, String schema, Class<?> scripts, Progress progress) {
    this.dataSource = dataSource;
    this.schema = schema;
    this.scripts = scripts;
    this.progress = progress;
  }

  /**
   * Makes it so. Two round trips when the schema holds the data set already.
   *
   * @param description one line that two equal data sets share and two different ones do not
   * @return true if rows were loaded, false if they were there
   * @throws SQLException if the database refuses; the next call begins again from nothing
   * @throws StartFailure if the schema is somebody else's; it stays as it is
   */
  public boolean ensure(String description, Rows rows) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      if (description.equals(found(connection))) {
        return false;
      }
      String lock = "(" + LOCK_CLASS + ", hashtext('" + schema + "'))";
      execute(connection, "SELECT pg_advisory_lock" + lock);
      try {
        String found = found(connection);
        if (description.equals(found)) {
          return false;
        }
        if (found != null) {
          log.warn(
              "The schema {} holds another data set ({}) than asked for ({}): it is replaced.",
              schema,
              found,
              description);
          progress.replaces(found, description);
        }
        refuseForeignSchema(connection);
        emptyTables(connection);
        rows.write();
        run(connection, "indexes", "indexes.sql");
        name(connection, description);
        return true;
      } finally {
        execute(connection, "SELECT pg_advisory_unlock" + lock);
      }
    }
  }

  private void name(Connection connection, String description) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(
        "INSERT INTO " + schema + ".data_set (description) VALUES (?)")) {
      insert.setString(1, description);
      insert.executeUpdate();
    }
  }

  /** At once, so that whatever cuts a load short leaves the table that says whose the schema is. */
  private void emptyTables(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try {
      execute(connection, "DROP SCHEMA IF EXISTS " + schema + " CASCADE");
      run(connection, "tables", "tables.sql");
      connection.commit();
    } finally {
      // Takes back what was not committed, and lets the next statement be sent.
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private void refuseForeignSchema(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT to_regclass('" + schema + ".data_set') IS NULL"
                + " AND EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE n.nspname = '" + schema + "')")) {
      row.next();
      if (row.getBoolean(1)) {
        throw new StartFailure(
            "The database has a schema " + schema + " with tables that are not the showcase's: it"
                + " has no table " + schema + ".data_set. Nothing in it was changed.",
            "Let DATABASE_URL name another database, or rename that schema.",
            null);
      }
    }
  }

  /** The description of the data set that was loaded to the end, or null. */
  private @Nullable String found(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet table =
          statement.executeQuery("SELECT to_regclass('" + schema + ".data_set')")) {
        table.next();
        if (table.getString(1) == null) {
          return null;
        }
      }
      try (ResultSet row =
          statement.executeQuery("SELECT description FROM " + schema + ".data_set")) {
        return row.next() ? row.getString(1) : null;
      }
    }
  }

  private void run(Connection connection, String stage, String script) throws SQLException {
    List<String> statements = statements(script);
    progress.at(stage, 0, statements.size());
    for (int i = 0; i < statements.size(); i++) {
      execute(connection, statements.get(i));
      progress.at(stage, i + 1, statements.size());
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> statements(String script) {
    try (InputStream in = scripts.getResourceAsStream(script)) {
      if (in == null) {
        throw new IllegalStateException(
            "resource " + script + " beside " + scripts.getName() + " is missing");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      String code =
          text.lines().filter(line -> !line.startsWith("--")).collect(Collectors.joining("\n"));
      List<String> statements = new ArrayList<>();
      for (String statement : code.split(";", -1)) {
        if (!statement.isBlank()) {
          statements.add(statement.strip());
        }
      }
      return statements;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
