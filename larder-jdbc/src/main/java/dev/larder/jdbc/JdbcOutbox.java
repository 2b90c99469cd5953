package dev.larder.jdbc;

import dev.larder.log.Change;
import dev.larder.log.LogRecord;
import dev.larder.log.Outbox;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * Invalidations that happen if and only if the application's transaction commits.
 *
 * <p>{@link #write(Connection, Change)} adds a row in that transaction. A roll-back takes it away again. After the commit
 * the relay of any living store of the same key prefix gives it its position, normally within {@link
 * JdbcStore.Builder#relayEvery} (and a writer that dies right after its commit loses nothing); {@link
 * #relayNow} does so at once. Positions follow the order in which the relay sees commits, not the
 * order of writes.
 *
 * <p>Safe for use by many threads, each with its own connection.
 */
public final class JdbcOutbox implements Outbox {

  private static final Duration MARKER_LIFE = Duration.ofDays(1);

  private final JdbcLog log;
  private final String keyPrefix;
  private final String sql;

  JdbcOutbox(JdbcLog log, SchemaName schema, String keyPrefix) {
    this.log = log;
    this.keyPrefix = StoredText.of(keyPrefix);
    sql = schema.in("INSERT INTO ${schema}.outbox"
        + " (key_prefix, nonce, payload, keys, markers, marker_life_millis)"
        + " VALUES (?, ?, ?, ?, ?, ?)");
  }

  /**
   * As {@link #write(Connection, Change, Duration)} with a day for the markers. An entry that outlives
   * its markers is loaded again, never served.
   */
  @Override
  public void write(Connection connection, Change change) throws SQLException {
    write(connection, change, MARKER_LIFE);
  }

  /**
   * Writes a change in the caller's transaction. One round trip. Nothing of the connection is changed,
   * neither its modes nor its transaction; without a transaction the change is committed at once.
   *
   * @param connection to the database of the store
   * @param change what the transaction invalidates
   * @param markerLife least life of its markers from the time it is relayed
   * @throws SQLException if the database refused; its transaction is then to be rolled back
   */
  public void write(Connection connection, Change change, Duration markerLife) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, keyPrefix);
      statement.setLong(2, change.nonce());
      statement.setString(3, StoredText.of(change.encode()));
      statement.setArray(4, texts(connection, change.keys().stream().map(StoredText::of)));
      statement.setArray(5, texts(connection, change.markers().stream().map(StoredText::marker)));
      statement.setLong(6, Lives.millis(markerLife));
      statement.executeUpdate();
    }
  }

  private static Array texts(Connection connection, Stream<String> values) throws SQLException {
    return connection.createArrayOf("text", values.toArray());
  }

  /**
   * Gives positions to all committed rows now. Two round trips, shared by concurrent callers.
   *
   * @param nonce of the change whose record is wanted
   * @return its record; empty if it stands neither in the outbox nor among the newest 10,000 records,
   *     as when its transaction was rolled back. Fails with {@link dev.larder.log.LogLostException} if
   *     the log is empty: the rows then wait
   */
  @Override
  public CompletionStage<Optional<LogRecord>> relayNow(long nonce) {
    return log.relay(nonce);
  }
}
