package dev.larder.spring.transaction;

import dev.larder.Larder;
import dev.larder.UnitOfWork;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Makes every transaction of Spring's a unit of work of a larder: what is invalidated or put inside of it
 * waits for its commit, and its own reads go round what it has touched.
 *
 * <p>A transaction that is begun inside another ({@code REQUIRES_NEW}) is a unit of its own; a nested one
 * goes back to its savepoint; code that runs without a transaction while one is suspended is in no unit.
 * Registered with transaction managers by {@link LarderTransactionManagers}. Reactive transactions are not
 * bound to a thread and are no units. Safe for many threads.
 */
public final class LarderTransactions implements TransactionExecutionListener {

  private final Supplier<Larder> larder;
  private final Supplier<@Nullable OutboxWriter> outbox;
  private final Supplier<List<BeforeOutbox>> before;

  /**
   * A listener. All are asked when a transaction begins or commits, so that a transaction manager may be
   * made before them.
   *
   * @param outbox null where invalidations are applied after the commit only
   * @param before what runs before the outbox is written
   */
  public LarderTransactions(
      Supplier<Larder> larder,
      Supplier<@Nullable OutboxWriter> outbox,
      Supplier<List<BeforeOutbox>> before) {
    this.larder = larder;
    this.outbox = outbox;
    this.before = before;
  }

  @Override
  public void afterBegin(TransactionExecution transaction, @Nullable Throwable failure) {
    // A nested transaction at a savepoint begins too, inside the unit that is there.
    if (failure == null
        && transaction.isNewTransaction()
        && TransactionSynchronizationManager.isSynchronizationActive()) {
      UnitOfWork unit = larder.get().beginUnit();
      TransactionSynchronizationManager.registerSynchronization(new Unit(unit));
    }
  }

  private final class Unit implements TransactionSynchronization {

    private final UnitOfWork unit;
    private final IdentityHashMap<Object, Object> savepoints = new IdentityHashMap<>();

    Unit(UnitOfWork unit) {
      this.unit = unit;
    }

    /** Last of all, since others may invalidate before the commit. */
    @Override
    public int getOrder() {
      return LOWEST_PRECEDENCE;
    }

    @Override
    public void suspend() {
      unit.suspend();
    }

    @Override
    public void resume() {
      unit.resume();
    }

    @Override
    public void savepoint(Object savepoint) {
      savepoints.put(savepoint, unit.savepoint());
    }

    @Override
    public void savepointRollback(Object savepoint) {
      Object ours = savepoints.get(savepoint);
      if (ours != null) {
        unit.rollbackTo(ours);
      }
    }

    @Override
    public void beforeCommit(boolean readOnly) {
      if (readOnly) {
        return;
      }
      before.get().forEach(BeforeOutbox::run);
      OutboxWriter writer = outbox.get();
      if (writer != null) {
        writer.write(unit);
      }
    }

    @Override
    public void afterCommit() {
      unit.commit();
    }

    @Override
    public void afterCompletion(int status) {
      switch (status) {
        case STATUS_COMMITTED -> unit.commit();
        case STATUS_ROLLED_BACK -> unit.rollback();
        default -> unit.endUnknown();
      }
    }
  }
}
