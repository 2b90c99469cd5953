package dev.larder.spring.session;

import dev.larder.stats.SessionStats;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sessions in a table of PostgreSQL.
 *
 * <p>A change is one statement: it locks the session's row and merges the attributes, so concurrent
 * changes follow each other and a deleted session takes none. Only names, types and bytes of attributes
 * are written. What has ended is removed in batches; rows that another node is removing are skipped.
 */
final class TableSessions implements SessionStore {

  private static final String COLUMNS =
      "s.row_id, s.digest, s.sealed_id, s.principal, s.created, s.last_access, s.max_idle";

  private static final String FIND = "SELECT " + COLUMNS + ", a.name, a.type, a.value"
      + " FROM larder.session s LEFT JOIN larder.session_attribute a ON a.session = s.row_id";

  private static final String PUT = ", put AS (INSERT INTO larder.session_attribute"
      + " (session, name, type, value) SELECT s.row_id, u.name, u.type, u.value"
      + " FROM s, unnest(?::text[], ?::text[], ?::bytea[]) AS u (name, type, value)"
      + " ON CONFLICT (session, name) DO UPDATE SET type = excluded.type, value = excluded.value)"
      + " SELECT row_id FROM s";

  private static final String CREATE = "WITH s AS (INSERT INTO larder.session"
      + " (application, digest, sealed_id, principal, created, last_access, max_idle)"
      + " VALUES (?, ?, ?::bytea, ?::text, ?, ?, ?) RETURNING row_id)" + PUT;

  private static final String CHANGE = "WITH s AS (UPDATE larder.session SET"
      + " last_access = greatest(last_access, ?),"
      + " max_idle = coalesce(?::bigint, max_idle),"
      + " principal = CASE WHEN ? THEN ?::text ELSE principal END,"
      + " digest = coalesce(?::text, digest),"
      + " sealed_id = CASE WHEN ? THEN ?::bytea ELSE sealed_id END"
      + " WHERE application = ? AND digest = ? RETURNING row_id),"
      + " gone AS (DELETE FROM larder.session_attribute a USING s"
      + " WHERE a.session = s.row_id AND a.name = ANY (?::text[]))" + PUT;

  private static final String LIVING = "SELECT count(*) FROM (SELECT 1 FROM larder.session"
      + " WHERE application = ? AND (expires_at > ? OR expires_at IS NULL) LIMIT ?) AS living";

  private final SessionTable table;
  private final String application;

  TableSessions(SessionTable table, String application) {
    this.table = table;
    this.application = application;
  }

  SessionTable table() {
    return table;
  }

  @Override
  public void create(StoredSession session) {
    table.in(connection -> {
      Columns put = Columns.of(session.attributes());
      try (PreparedStatement statement = SessionTable.prepare(
          connection,
          CREATE,
          application,
          session.digest(),
          session.sealedId(),
          session.principal(),
          session.created(),
          session.lastAccess(),
          session.maxIdle(),
          connection.createArrayOf("text", put.names()),
          connection.createArrayOf("text", put.types()),
          connection.createArrayOf("bytea", put.values()))) {
        statement.execute();
      }
      return true;
    });
  }

  @Override
  public @Nullable StoredSession find(String digest) {
    return table.<List<StoredSession>>in(connection -> find(connection, digest)).stream()
        .findFirst()
        .orElse(null);
  }

  @Override
  public boolean change(String digest, SessionChange change) {
    return table.in(connection -> change(connection, digest, change));
  }

  /** As {@link #change}, and reads what the session is then; null if there is none. */
  @Nullable StoredSession changed(String digest, SessionChange change) {
    return table
        .<List<StoredSession>>in(
            connection -> change(connection, digest, change) ? find(connection, digest) : List.of())
        .stream()
        .findFirst()
        .orElse(null);
  }

  boolean change(Connection connection, String digest, SessionChange change) throws SQLException {
    SessionChange.NewId newId = change.newId();
    SessionChange.NewPrincipal named = change.newPrincipal();
    Columns put = Columns.of(change.put());
    try (PreparedStatement statement = SessionTable.prepare(
            connection,
            CHANGE,
            change.lastAccess(),
            change.maxIdle(),
            named != null,
            named == null ? null : named.digest(),
            newId == null ? null : newId.digest(),
            newId != null,
            newId == null ? null : newId.sealedId(),
            application,
            digest,
            connection.createArrayOf("text", change.removed().toArray()),
            connection.createArrayOf("text", put.names()),
            connection.createArrayOf("text", put.types()),
            connection.createArrayOf("bytea", put.values()));
        ResultSet row = statement.executeQuery()) {
      return row.next();
    }
  }

  @Override
  public void delete(String digest) {
    table.in(connection -> delete(connection, digest));
  }

  boolean delete(Connection connection, String digest) throws SQLException {
    try (PreparedStatement statement = SessionTable.prepare(
        connection,
        "DELETE FROM larder.session WHERE application = ? AND digest = ?",
        application,
        digest)) {
      return statement.executeUpdate() > 0;
    }
  }

  @Override
  public List<StoredSession> ofPrincipal(String principal) {
    return table.in(connection -> {
      try (PreparedStatement statement = SessionTable.prepare(
          connection,
          FIND + " WHERE s.application = ? AND s.principal = ? ORDER BY s.row_id",
          application,
          principal)) {
        return sessions(statement);
      }
    });
  }

  @Override
  public List<StoredSession> removeExpired(long now, int most) {
    return table.in(connection -> {
      List<Long> rows = new ArrayList<>();
      try (PreparedStatement statement = SessionTable.prepare(
              connection,
              "SELECT row_id FROM larder.session WHERE application = ? AND expires_at <= ?"
                  + " ORDER BY expires_at LIMIT ? FOR UPDATE SKIP LOCKED",
              application,
              now,
              most);
          ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.add(row.getLong(1));
        }
      }
      if (rows.isEmpty()) {
        return List.<StoredSession>of();
      }
      var ids = connection.createArrayOf("bigint", rows.toArray());
      List<StoredSession> removed;
      try (PreparedStatement statement = SessionTable.prepare(
          connection, FIND + " WHERE s.row_id = ANY (?) ORDER BY s.expires_at, s.row_id", ids)) {
        removed = sessions(statement);
      }
      try (PreparedStatement statement = SessionTable.prepare(
          connection, "DELETE FROM larder.session WHERE row_id = ANY (?)", ids)) {
        statement.executeUpdate();
      }
      return removed;
    });
  }

  /** Walks the index, and stops where nobody wants to know more. */
  @Override
  public long living(long now) {
    return table.in(connection -> {
      try (PreparedStatement statement =
              SessionTable.prepare(connection, LIVING, application, now, SessionStats.MOST_LIVING);
          ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    });
  }

  private List<StoredSession> find(Connection connection, String digest) throws SQLException {
    try (PreparedStatement statement = SessionTable.prepare(
        connection, FIND + " WHERE s.application = ? AND s.digest = ?", application, digest)) {
      return sessions(statement);
    }
  }

  private static List<StoredSession> sessions(PreparedStatement statement) throws SQLException {
    Map<Long, StoredSession> sessions = new LinkedHashMap<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        long rowId = row.getLong(1);
        StoredSession session = sessions.get(rowId);
        if (session == null) {
          session = new StoredSession(
              row.getString(2),
              row.getBytes(3),
              row.getString(4),
              row.getLong(5),
              row.getLong(6),
              row.getLong(7),
              new LinkedHashMap<>());
          sessions.put(rowId, session);
        }
        String name = row.getString(8);
        if (name != null) {
          session.attributes().put(name, new StoredAttribute(row.getString(9), row.getBytes(10)));
        }
      }
    }
    return List.copyOf(sessions.values());
  }

  @Override
  public String description() {
    return "in the database, table larder.session";
  }

  @Override
  public void close() {}

  /** Attributes as three arrays of one length. */
  private record Columns(Object[] names, Object[] types, Object[] values) {

    static Columns of(Map<String, StoredAttribute> attributes) {
      return new Columns(
          attributes.keySet().toArray(),
          attributes.values().stream().map(StoredAttribute::type).toArray(),
          attributes.values().stream().map(StoredAttribute::value).toArray(byte[][]::new));
    }
  }
}
