package dev.larder.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;

/**
 * Takes away what nobody needs: records behind the retention, expired slots, markers and notes. In batches,
 * each a transaction of its own, skipping rows that somebody works on. Several processes may do it at
 * once. Blocks.
 */
final class Upkeep implements Runnable {

  private static final int BATCH = 5_000;

  private final Database database;
  private final BooleanSupplier keepUnforwarded;
  private final String keyPrefix;
  private final int retainedRecords;
  private final String trimSql;
  private final String sweepEntriesSql;
  private final String sweepMarkersSql;
  private final String sweepNotesSql;

  /**
   * The upkeep of one key prefix.
   *
   * @param keepUnforwarded whether records wait for being forwarded
   */
  Upkeep(
      Database database, String keyPrefix, int retainedRecords, BooleanSupplier keepUnforwarded) {
    this.database = database;
    this.keyPrefix = StoredText.of(keyPrefix);
    this.retainedRecords = retainedRecords;
    this.keepUnforwarded = keepUnforwarded;
    SchemaName schema = database.schema();
    // From the oldest unforwarded record on everything stays: a hole would look like a lost log.
    trimSql = schema.in("WITH oldest_kept AS ("
        + " (SELECT epoch, sequence FROM ${schema}.log WHERE key_prefix = ?"
        + " ORDER BY epoch DESC, sequence DESC OFFSET ? LIMIT 1)),"
        + " unforwarded AS (SELECT epoch, sequence FROM ${schema}.log"
        + " WHERE ? AND key_prefix = ? AND NOT forwarded AND sequence > 0"
        + " ORDER BY epoch, sequence LIMIT 1),"
        + " old AS MATERIALIZED (SELECT l.epoch, l.sequence FROM ${schema}.log l, oldest_kept k"
        + " WHERE l.key_prefix = ? AND (l.epoch, l.sequence) < (k.epoch, k.sequence)"
        + " AND NOT EXISTS (SELECT 1 FROM unforwarded u"
        + " WHERE (u.epoch, u.sequence) <= (l.epoch, l.sequence))"
        + " ORDER BY l.epoch, l.sequence LIMIT ?)"
        + " DELETE FROM ${schema}.log l USING old o"
        + " WHERE l.key_prefix = ? AND l.epoch = o.epoch AND l.sequence = o.sequence");
    sweepEntriesSql = schema.in("WITH dead AS MATERIALIZED (SELECT e.slot FROM ${schema}.entry e"
        + " WHERE e.key_prefix = ? AND e.expires_at <= now() LIMIT ? FOR UPDATE SKIP LOCKED)"
        + " DELETE FROM ${schema}.entry e USING dead d"
        + " WHERE e.key_prefix = ? AND e.slot = d.slot AND e.expires_at <= now()");
    sweepMarkersSql = schema.in("WITH dead AS MATERIALIZED (SELECT m.name FROM ${schema}.marker m"
        + " WHERE m.key_prefix = ? AND m.expires_at <= now() LIMIT ? FOR UPDATE SKIP LOCKED)"
        + " DELETE FROM ${schema}.marker m USING dead d"
        + " WHERE m.key_prefix = ? AND m.name = d.name AND m.expires_at <= now()");
    sweepNotesSql = schema.in("WITH dead AS MATERIALIZED (SELECT n.topic, n.author"
        + " FROM ${schema}.note n WHERE n.key_prefix = ? AND n.expires_at <= now()"
        + " LIMIT ? FOR UPDATE SKIP LOCKED)"
        + " DELETE FROM ${schema}.note n USING dead d WHERE n.key_prefix = ?"
        + " AND n.topic = d.topic AND n.author = d.author AND n.expires_at <= now()");
  }

  @Override
  public void run() {
    repeat(this::trim);
    repeat(session -> sweep(session, sweepEntriesSql));
    repeat(session -> sweep(session, sweepMarkersSql));
    repeat(session -> sweep(session, sweepNotesSql));
  }

  private void repeat(Database.Work<Integer> batch) {
    while (database.call(batch) == BATCH) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
    }
  }

  private int trim(Session session) throws SQLException {
    try (PreparedStatement statement = session.prepare(trimSql)) {
      statement.setString(1, keyPrefix);
      statement.setInt(2, retainedRecords - 1);
      statement.setBoolean(3, keepUnforwarded.getAsBoolean());
      statement.setString(4, keyPrefix);
      statement.setString(5, keyPrefix);
      statement.setInt(6, BATCH);
      statement.setString(7, keyPrefix);
      return statement.executeUpdate();
    }
  }

  private int sweep(Session session, String sql) throws SQLException {
    try (PreparedStatement statement = session.prepare(sql)) {
      statement.setString(1, keyPrefix);
      statement.setInt(2, BATCH);
      statement.setString(3, keyPrefix);
      return statement.executeUpdate();
    }
  }
}
