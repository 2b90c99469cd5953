package dev.larder;

import dev.larder.log.Outbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What one transaction does to caches, bound to the thread that began it.
 *
 * <p>Inside a unit of work
 *
 * <ul>
 *   <li>invalidations and writes wait for {@link #commit} and never happen after {@link #rollback};
 *       their acknowledgement is {@link Acknowledgement.Pending};
 *   <li>reads of what it has invalidated go round the caches to the source, and none of its loads is
 *       stored any more: they may have seen what never commits;
 *   <li>a load is as of the moment the unit began, since its transaction may see no more than that.
 * </ul>
 *
 * <p>Begin it before the transaction's first read of the source. An adapter for a transaction manager
 * calls this; larder-spring has one for Spring's. Not safe for many threads.
 */
public interface UnitOfWork {

  /** Whether something was invalidated, written or {@link #touch touched}. */
  boolean isTouched();

  /**
   * The transaction has written to the source, nobody knows what. From here on all its reads go round
   * the caches and none of its loads is stored.
   */
  void touch();

  /**
   * Writes the invalidations into the outbox, in the transaction that is about to commit; {@link
   * #commit} then only hastens what any living node would do. Does nothing if there are none.
   *
   * @param connection of this transaction, to the outbox's own database
   * @throws SQLException if the database refused; the transaction is then to be rolled back
   */
  void write(Outbox outbox, Connection connection) throws SQLException;

  /**
   * Ends the unit after the transaction's commit: applies what it has gathered.
   *
   * @return what became of it; empty if there was nothing
   */
  Optional<Acknowledgement> commit();

  /** Ends the unit: forgets what it has gathered. */
  void rollback();

  /**
   * Ends the unit of a transaction of which nobody knows whether it committed: invalidates all that it
   * would have, and stores nothing.
   */
  Optional<Acknowledgement> endUnknown();

  /** Takes the unit off its thread, while another transaction runs there or none. */
  void suspend();

  /** Binds the unit to this thread again. */
  void resume();

  /** A point to come back to by {@link #rollbackTo}. */
  Object savepoint();

  /** Forgets the invalidations since a savepoint. Reads stay as careful as they were. */
  void rollbackTo(Object savepoint);
}
