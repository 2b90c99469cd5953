package dev.larder.jdbc;

import dev.larder.log.Change;
import dev.larder.log.LogRecord;
import dev.larder.log.Position;
import dev.larder.log.Tail;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The statements of one log: records, markers and what waits in the outbox. Each method is one round
 * trip in the session it is given. Immutable.
 */
final class LogTable {

  /** One call relays at most so many rows of the outbox. */
  private static final int MOST_RELAYED = 1_000;

  /** How far back a record is looked for by its nonce. */
  private static final int LOOK_BACK = 10_000;

  private static final String COLUMNS =
      "epoch, sequence, previous_nonce, payload, forwarded FROM ${schema}.log";

  private final String keyPrefix;
  private final String channel;

  private final String tailSql;
  private final String openEpochSql;
  private final String advanceSql;
  private final String readSql;
  private final String readBehindSql;
  private final String findSql;
  private final String waitingSql;
  private final String markersSql;
  private final String holdSql;
  private final String unforwardedSql;
  private final String forwardedSql;

  LogTable(SchemaName schema, String keyPrefix) {
    this.keyPrefix = StoredText.of(keyPrefix);
    channel = "larder_" + StoredText.hash(schema.name() + '/' + keyPrefix, 16);
    tailSql = schema.in("SELECT l.epoch, l.sequence, l.nonce,"
        + " floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint, pg_is_in_recovery()"
        + " FROM (VALUES (1)) AS one LEFT JOIN LATERAL (SELECT epoch, sequence, nonce"
        + " FROM ${schema}.log WHERE key_prefix = ?"
        + " ORDER BY epoch DESC, sequence DESC LIMIT 1) l ON true");
    openEpochSql = schema.in("SELECT tail_epoch, tail_sequence, tail_nonce, store_millis,"
        + " pg_is_in_recovery()"
        + " FROM ${schema}.open_epoch(?, ?, ?, ?, ?, ?, ?, ?)");
    advanceSql = schema.in("SELECT done, tail_epoch, tail_sequence, tail_nonce"
        + " FROM ${schema}.advance(?, ?, ?, ?, ?, ?, ?, ?, ?)");
    String inOrder = " ORDER BY epoch, sequence LIMIT ?";
    readSql = schema.in("SELECT " + COLUMNS + " WHERE key_prefix = ?" + inOrder);
    readBehindSql = schema.in(
        "SELECT " + COLUMNS + " WHERE key_prefix = ? AND (epoch, sequence) > (?, ?)" + inOrder);
    findSql = schema.in("SELECT epoch, sequence, previous_nonce, payload, forwarded FROM (SELECT *"
        + " FROM ${schema}.log WHERE key_prefix = ? ORDER BY epoch DESC, sequence DESC LIMIT "
        + LOOK_BACK + ") newest WHERE nonce = ANY (?) LIMIT ?");
    waitingSql = schema.in("SELECT EXISTS (SELECT 1 FROM ${schema}.outbox WHERE key_prefix = ?)");
    markersSql = schema.in("SELECT name, epoch, sequence FROM ${schema}.marker"
        + " WHERE key_prefix = ? AND name = ANY (?) AND expires_at > now()"
        // A replica's may be old. An absent one ends the entries it judges, which is safe.
        + " AND NOT pg_is_in_recovery()");
    holdSql = schema.in("INSERT INTO ${schema}.marker AS m"
        + " (key_prefix, name, epoch, sequence, expires_at)"
        + " SELECT ?, n.name, l.epoch, l.sequence, now() + ? * interval '1 millisecond'"
        + " FROM (SELECT DISTINCT name FROM unnest(?) AS u(name)) n"
        + " CROSS JOIN (SELECT epoch, sequence FROM ${schema}.log WHERE key_prefix = ?"
        + " ORDER BY epoch DESC, sequence DESC LIMIT 1) l ORDER BY n.name COLLATE \"C\""
        // An expired one was as good as gone: it begins anew at the tail.
        + " ON CONFLICT (key_prefix, name) DO UPDATE SET"
        + " epoch = CASE WHEN m.expires_at > now() THEN m.epoch ELSE excluded.epoch END,"
        + " sequence = CASE WHEN m.expires_at > now() THEN m.sequence ELSE excluded.sequence END,"
        + " expires_at = greatest(m.expires_at, excluded.expires_at)");
    unforwardedSql = schema.in("SELECT " + COLUMNS + " WHERE key_prefix = ?"
        + " AND NOT forwarded AND sequence > 0"
        + " AND appended_at <= clock_timestamp() - ? * interval '1 millisecond'" + inOrder);
    // Locked in one order: several nodes may mark the same records.
    forwardedSql = schema.in("WITH held AS MATERIALIZED (SELECT epoch, sequence FROM ${schema}.log"
        + " WHERE key_prefix = ? AND nonce = ANY (?) AND NOT forwarded AND sequence > 0"
        + " ORDER BY epoch, sequence FOR UPDATE) UPDATE ${schema}.log l SET forwarded = true"
        + " FROM held h WHERE l.key_prefix = ? AND l.epoch = h.epoch AND l.sequence = h.sequence");
  }

  /** The tail in front of the changes of one {@link #advance}, or that it has to be called again. */
  record Advance(boolean done, long epoch, long sequence, long nonce) {}

  /** A change to append and the least life of its markers. */
  record Addition(Change change, Duration markerLife) {}

  /** Where the log's positions are announced; an identifier that needs no quotes. */
  String channel() {
    return channel;
  }

  Tail tail(Session session) throws SQLException {
    try (PreparedStatement statement = session.prepare(tailSql)) {
      statement.setString(1, keyPrefix);
      return onlyTail(statement);
    }
  }

  Tail openEpoch(Session session, @Nullable Position seen, long seenNonce, long epoch, long nonce)
      throws SQLException {
    Change opening =
        new Change(nonce, List.of(), Database.NAME, "epoch", System.currentTimeMillis());
    try (PreparedStatement statement = session.prepare(openEpochSql)) {
      statement.setString(1, keyPrefix);
      statement.setString(2, channel);
      statement.setObject(3, seen == null ? null : seen.epoch(), Types.BIGINT);
      statement.setObject(4, seen == null ? null : seen.sequence(), Types.BIGINT);
      statement.setLong(5, seenNonce);
      statement.setLong(6, epoch);
      statement.setLong(7, nonce);
      statement.setString(8, StoredText.of(opening.encode()));
      return onlyTail(statement);
    }
  }

  /**
   * Gives positions to what waits in the outbox, then to the additions, in one transaction; see
   * {@code advance} in {@code postgresql-create.sql}. While the result is not done, the additions
   * were left out and the call is to be repeated.
   */
  Advance advance(Session session, List<Addition> additions) throws SQLException {
    List<Long> nonces = new ArrayList<>();
    List<String> payloads = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    List<String> markers = new ArrayList<>();
    List<Long> markerChanges = new ArrayList<>();
    List<Long> markerLives = new ArrayList<>();
    for (Addition addition : additions) {
      Change change = addition.change();
      nonces.add(change.nonce());
      payloads.add(StoredText.of(change.encode()));
      change.keys().forEach(key -> keys.add(StoredText.of(key)));
      for (String marker : change.markers()) {
        markers.add(StoredText.marker(marker));
        markerChanges.add((long) nonces.size());
        markerLives.add(Lives.millis(addition.markerLife()));
      }
    }
    try (PreparedStatement statement = session.prepare(advanceSql)) {
      statement.setString(1, keyPrefix);
      statement.setString(2, channel);
      statement.setInt(3, MOST_RELAYED);
      statement.setArray(4, session.longs(nonces));
      statement.setArray(5, session.texts(payloads));
      statement.setArray(6, session.texts(keys));
      statement.setArray(7, session.texts(markers));
      statement.setArray(8, session.longs(markerChanges));
      statement.setArray(9, session.longs(markerLives));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new Advance(row.getBoolean(1), row.getLong(2), row.getLong(3), row.getLong(4));
      }
    }
  }

  List<LogRecord> read(Session session, @Nullable Position after, int limit) throws SQLException {
    try (PreparedStatement statement = session.prepare(after == null ? readSql : readBehindSql)) {
      int parameter = 1;
      statement.setString(parameter++, keyPrefix);
      if (after != null) {
        statement.setLong(parameter++, after.epoch());
        statement.setLong(parameter++, after.sequence());
      }
      statement.setInt(parameter, limit);
      return records(statement);
    }
  }

  /** Records among the newest, by nonce. */
  Map<Long, LogRecord> find(Session session, Collection<Long> nonces) throws SQLException {
    try (PreparedStatement statement = session.prepare(findSql)) {
      statement.setString(1, keyPrefix);
      statement.setArray(2, session.longs(nonces));
      statement.setInt(3, nonces.size());
      Map<Long, LogRecord> found = new HashMap<>();
      for (LogRecord record : records(statement)) {
        found.put(record.nonce(), record);
      }
      return found;
    }
  }

  /** Whether committed rows wait in the outbox. */
  boolean isWaiting(Session session) throws SQLException {
    try (PreparedStatement statement = session.prepare(waitingSql)) {
      statement.setString(1, keyPrefix);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  Map<String, Position> markers(Session session, Collection<String> names) throws SQLException {
    Map<String, String> asked = new HashMap<>();
    names.forEach(name -> asked.put(StoredText.marker(name), name));
    try (PreparedStatement statement = session.prepare(markersSql)) {
      statement.setString(1, keyPrefix);
      statement.setArray(2, session.texts(asked.keySet()));
      try (ResultSet row = statement.executeQuery()) {
        Map<String, Position> found = new HashMap<>();
        while (row.next()) {
          String name = Objects.requireNonNull(asked.get(row.getString(1)));
          found.put(name, position(row.getLong(2), row.getLong(3)));
        }
        return found;
      }
    }
  }

  /** How many markers are held: none if the log is empty. */
  int holdMarkers(Session session, Collection<String> names, Duration life) throws SQLException {
    try (PreparedStatement statement = session.prepare(holdSql)) {
      statement.setString(1, keyPrefix);
      statement.setLong(2, Lives.millis(life));
      statement.setArray(3, session.texts(names.stream().map(StoredText::marker).toList()));
      statement.setString(4, keyPrefix);
      return statement.executeUpdate();
    }
  }

  List<LogRecord> unforwarded(Session session, long minAgeMillis, int limit) throws SQLException {
    try (PreparedStatement statement = session.prepare(unforwardedSql)) {
      statement.setString(1, keyPrefix);
      statement.setLong(2, minAgeMillis);
      statement.setInt(3, limit);
      return records(statement);
    }
  }

  int markForwarded(Session session, Collection<Long> nonces) throws SQLException {
    try (PreparedStatement statement = session.prepare(forwardedSql)) {
      statement.setString(1, keyPrefix);
      statement.setArray(2, session.longs(nonces));
      statement.setString(3, keyPrefix);
      return statement.executeUpdate();
    }
  }

  static Position position(long epoch, long sequence) {
    return new Position(Database.NAME, epoch, sequence);
  }

  private static List<LogRecord> records(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      List<LogRecord> records = new ArrayList<>();
      while (row.next()) {
        records.add(new LogRecord(
            position(row.getLong(1), row.getLong(2)),
            row.getLong(3),
            Change.decode(StoredText.back(row.getString(4))),
            row.getBoolean(5)));
      }
      return records;
    }
  }

  private static Tail onlyTail(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      if (row.getBoolean(5)) {
        throw new SQLException("the server is a replica; a log is read from the primary alone");
      }
      long epoch = row.getLong(1);
      return row.wasNull()
          ? new Tail(null, 0, row.getLong(4))
          : new Tail(position(epoch, row.getLong(2)), row.getLong(3), row.getLong(4));
    }
  }
}
