package dev.larder.spring.transaction;

import dev.larder.UnitOfWork;
import dev.larder.log.Outbox;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Writes a transaction's invalidations into the outbox, by the transaction's own connection.
 *
 * <p>A transaction of another database can't: its invalidations are applied after its commit, as they
 * are without an outbox.
 */
public final class OutboxWriter {

  private final Outbox outbox;
  private final DataSource dataSource;

  /**
   * A writer.
   *
   * @param dataSource of the database that the outbox is in, as the application's transactions use it
   */
  public OutboxWriter(Outbox outbox, DataSource dataSource) {
    this.outbox = outbox;
    this.dataSource = dataSource;
  }

  void write(UnitOfWork unit) {
    if (!TransactionSynchronizationManager.hasResource(dataSource)) {
      return;
    }
    Connection connection = DataSourceUtils.getConnection(dataSource);
    try {
      unit.write(outbox, connection);
    } catch (SQLException failure) {
      throw new TransactionSystemException(
          "the invalidations of this transaction could not be written to Larder's outbox", failure);
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }
}
