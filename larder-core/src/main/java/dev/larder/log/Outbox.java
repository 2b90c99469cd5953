package dev.larder.log;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Invalidations that happen if and only if the application's transaction commits.
 *
 * <p>A row is written in that transaction; a roll-back takes it away again. After the commit any living
 * node gives it its position, so a writer that dies right after its commit loses nothing. Positions
 * follow the order in which commits are seen, not the order of writes. Safe for use by many threads,
 * each with its own connection.
 */
public interface Outbox {

  /**
   * Writes a change in the caller's transaction. One round trip. Nothing of the connection is changed,
   * neither its modes nor its transaction; without a transaction the change is committed at once.
   *
   * @param connection to the database of the store
   * @param change what the transaction invalidates
   * @throws SQLException if the database refused; its transaction is then to be rolled back
   */
  void write(Connection connection, Change change) throws SQLException;

  /**
   * Gives positions to all committed rows now.
   *
   * @param nonce of the change whose record is wanted
   * @return its record; empty if it was never committed or was given its position long ago. Fails with
   *     {@link LogLostException} if the log is empty: the rows then wait
   */
  CompletionStage<Optional<LogRecord>> relayNow(long nonce);
}
