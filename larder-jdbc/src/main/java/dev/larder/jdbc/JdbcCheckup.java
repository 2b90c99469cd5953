package dev.larder.jdbc;

import dev.larder.tier.Finding;
import dev.larder.tier.Finding.Level;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Looks at a database for what will not work or will hurt. Changes nothing; in particular it makes no
 * schema. Blocks.
 */
final class JdbcCheckup {

  private static final int ROUND_TRIPS = 5;
  private static final int OLDEST_VERSION = 120_000;
  private static final List<String> TABLES = List.of("entry", "log", "marker", "outbox", "note");
  private static final List<String> RIGHTS = List.of("SELECT", "INSERT", "UPDATE", "DELETE");

  /** Fewer dead rows than these trouble nobody. */
  private static final long DEAD_ROWS = 20_000;

  private static final long OLD_OUTBOX_SECONDS = 10;

  private final DataSource dataSource;
  private final SchemaName schema;
  private final String keyPrefix;
  private final int retainedRecords;
  private final Duration timeout;

  JdbcCheckup(
      DataSource dataSource,
      SchemaName schema,
      String keyPrefix,
      int retainedRecords,
      Duration timeout) {
    this.dataSource = dataSource;
    this.schema = schema;
    this.keyPrefix = StoredText.of(keyPrefix);
    this.retainedRecords = retainedRecords;
    this.timeout = timeout;
  }

  /** The findings; the last says so if the database stopped answering. */
  List<Finding> run() {
    List<Finding> findings = new ArrayList<>();
    try (Session session = Session.borrow(dataSource, timeout)) {
      look(session, findings);
    } catch (SQLException e) {
      findings.add(Finding.silent("the database", e));
    }
    return List.copyOf(findings);
  }

  private void look(Session session, List<Finding> findings) throws SQLException {
    String product = session.connection().getMetaData().getDatabaseProductName();
    if (!product.equals("PostgreSQL")) {
      findings.add(new Finding(
          "version", Level.FAULT, product, "only PostgreSQL 12 and later is supported"));
      return;
    }
    findings.add(latency(session));
    findings.add(version(session));
    findings.add(role(session));
    findings.add(clock(session));
    List<String> missing = missing(session);
    if (!missing.isEmpty()) {
      findings.add(new Finding(
          "schema",
          Level.FAULT,
          "schema " + schema.name() + " has no " + String.join(", ", missing),
          "larder setup, or JdbcSchema.create"));
      return;
    }
    findings.add(Finding.ok("schema", "schema " + schema.name() + " is complete"));
    Finding rights = rights(session);
    findings.add(rights);
    findings.add(sizes(session));
    findings.add(deadRows(session));
    if (rights.level() == Level.OK) {
      findings.add(logLength(session));
      findings.add(outbox(session));
    }
  }

  private static Finding latency(Session session) throws SQLException {
    List<Long> nanos = new ArrayList<>();
    for (int i = 0; i < ROUND_TRIPS; i++) {
      long from = System.nanoTime();
      number(session, "SELECT 1");
      nanos.add(System.nanoTime() - from);
    }
    nanos.sort(null);
    return Finding.latency(Duration.ofNanos(nanos.get(ROUND_TRIPS / 2)));
  }

  private static Finding version(Session session) throws SQLException {
    String found = "PostgreSQL " + text(session, "SELECT current_setting('server_version')");
    return number(session, "SELECT current_setting('server_version_num')::int") < OLDEST_VERSION
        ? new Finding("version", Level.FAULT, found, "12 or later is needed")
        : Finding.ok("version", found);
  }

  private static Finding role(Session session) throws SQLException {
    if (isTrue(session, "SELECT pg_is_in_recovery()")) {
      return new Finding(
          "role", Level.FAULT, "a standby, which takes no writes", "use the primary's address");
    }
    return isTrue(session, "SELECT current_setting('transaction_read_only')::boolean")
        ? new Finding(
            "role",
            Level.FAULT,
            "transactions of this user are read only",
            "ALTER ROLE … SET default_transaction_read_only = off")
        : Finding.ok("role", "a primary that takes writes");
  }

  private static Finding clock(Session session) throws SQLException {
    long from = System.nanoTime();
    long sent = System.currentTimeMillis();
    long server =
        number(session, "SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint");
    Duration uncertainty = Duration.ofNanos((System.nanoTime() - from) / 2);
    return Finding.clock(
        Duration.ofMillis(server - sent).minus(uncertainty), uncertainty.plusMillis(1));
  }

  private List<String> missing(Session session) throws SQLException {
    List<String> missing = new ArrayList<>();
    for (String table : TABLES) {
      if (number(
              session,
              "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                  + " WHERE n.nspname = ? AND c.relname = ?",
              schema.name(),
              table)
          == 0) {
        missing.add(table);
      }
    }
    return missing;
  }

  private Finding rights(Session session) throws SQLException {
    List<String> lacking = new ArrayList<>();
    if (!isTrue(session, "SELECT has_schema_privilege(?, 'USAGE')", schema.name())) {
      lacking.add("USAGE of the schema");
    } else {
      for (String table : TABLES) {
        for (String right : RIGHTS) {
          if (!isTrue(
              session,
              "SELECT has_table_privilege(?, ?)",
              schema.in("${schema}." + table),
              right)) {
            lacking.add(right + " on " + table);
          }
        }
      }
      if (!isTrue(
          session,
          "SELECT has_sequence_privilege(?, 'USAGE')",
          schema.in("${schema}.outbox_id_seq"))) {
        lacking.add("USAGE of outbox_id_seq");
      }
    }
    String user = text(session, "SELECT quote_ident(current_user)");
    return lacking.isEmpty()
        ? Finding.ok("rights", "user " + user + " has all that are needed")
        : new Finding(
            "rights",
            Level.FAULT,
            "user " + user + " lacks " + String.join(", ", lacking),
            schema.in("GRANT USAGE ON SCHEMA ${schema} TO " + user
                + "; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO "
                + user + "; GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${schema} TO " + user));
  }

  private Finding sizes(Session session) throws SQLException {
    String sizes = text(
        session,
        "SELECT string_agg(c.relname || ' ' || pg_size_pretty(pg_total_relation_size(c.oid)), ', '"
            + " ORDER BY c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE n.nspname = ? AND c.relname = ANY (string_to_array(?, ','))"
            + " AND c.relkind = 'r'",
        schema.name(),
        String.join(",", TABLES));
    return Finding.ok("sizes", sizes);
  }

  private Finding deadRows(Session session) throws SQLException {
    String sql = "SELECT relname, n_live_tup, n_dead_tup FROM pg_stat_all_tables"
        + " WHERE schemaname = ? AND relname = ANY (string_to_array(?, ','))"
        + " ORDER BY n_dead_tup DESC LIMIT 1";
    try (PreparedStatement statement = session.prepare(sql)) {
      statement.setString(1, schema.name());
      statement.setString(2, String.join(",", TABLES));
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return Finding.ok("dead rows", "the server keeps no count");
        }
        long live = row.getLong(2);
        long dead = row.getLong(3);
        String found =
            "table " + row.getString(1) + " has " + dead + " dead rows beside " + live + " others";
        return dead < DEAD_ROWS || dead < 2 * live
            ? Finding.ok("dead rows", found)
            : new Finding(
                "dead rows",
                Level.WARNING,
                found + ": it is not vacuumed often enough",
                schema.in("VACUUM ${schema}." + row.getString(1)
                    + "; see that autovacuum is on and no transaction stays open for long"));
      }
    }
  }

  private Finding logLength(Session session) throws SQLException {
    long most = 2L * retainedRecords + 1_000;
    long length = number(
        session,
        schema.in("SELECT count(*) FROM (SELECT FROM ${schema}.log WHERE key_prefix = ?" + " LIMIT "
            + (most + 1) + ") l"),
        keyPrefix);
    String found = "the log has " + (length > most ? "more than " + most : length + "")
        + " records, " + retainedRecords + " are to be kept";
    if (length == 0) {
      return new Finding(
          "log",
          Level.NOTE,
          "the log is empty: no node has run with the prefix " + keyPrefix,
          "see that the prefix is the application's, unless it is new");
    }
    return length <= most
        ? Finding.ok("log", found)
        : new Finding(
            "log",
            Level.WARNING,
            found,
            "see that a node with a relay runs, and that the store that the records are forwarded"
                + " to answers");
  }

  private Finding outbox(Session session) throws SQLException {
    long waiting = number(
        session,
        schema.in("SELECT count(*) FROM ${schema}.outbox WHERE key_prefix = ?"
            + " AND created_at < clock_timestamp() - interval '" + OLD_OUTBOX_SECONDS
            + " seconds'"),
        keyPrefix);
    return waiting == 0
        ? Finding.ok("outbox", "no change waits")
        : new Finding(
            "outbox",
            Level.WARNING,
            waiting + " changes have waited for more than " + OLD_OUTBOX_SECONDS
                + " s: what they invalidate may still be served",
            "see that a node with a relay runs");
  }

  private static long number(Session session, String sql, String... arguments) throws SQLException {
    return Long.parseLong(text(session, sql, arguments));
  }

  private static boolean isTrue(Session session, String sql, String... arguments)
      throws SQLException {
    return text(session, sql, arguments).startsWith("t");
  }

  private static String text(Session session, String sql, String... arguments) throws SQLException {
    try (PreparedStatement statement = session.prepare(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setString(i + 1, arguments[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return String.valueOf(row.getString(1));
      }
    }
  }
}
