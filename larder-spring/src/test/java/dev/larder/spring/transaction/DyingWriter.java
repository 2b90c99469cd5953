package dev.larder.spring.transaction;

import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** A process that commits a rename and dies before it can tell anybody. */
final class DyingWriter {

  static final int DIED = 77;

  private DyingWriter() {}

  public static void main(String[] arguments) {
    try (Bank bank = new Bank(arguments[0], arguments[1], arguments[2], true)) {
      bank.transaction().executeWithoutResult(status -> {
        bank.rename(1, "of the dead");
        TransactionSynchronizationManager.registerSynchronization(new Death());
      });
    }
  }

  private static final class Death implements TransactionSynchronization, Ordered {

    @Override
    public int getOrder() {
      return HIGHEST_PRECEDENCE;
    }

    @Override
    public void afterCommit() {
      Runtime.getRuntime().halt(DIED);
    }
  }
}
