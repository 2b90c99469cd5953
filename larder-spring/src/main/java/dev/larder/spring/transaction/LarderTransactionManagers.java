package dev.larder.spring.transaction;

import dev.larder.Larder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.transaction.ConfigurableTransactionManager;

/**
 * Registers {@link LarderTransactions} with every transaction manager of the application, whoever made
 * it.
 */
public final class LarderTransactionManagers implements BeanPostProcessor {

  private final LarderTransactions transactions;

  /** For the larder, outbox writer and {@link BeforeOutbox} beans of one application. */
  public LarderTransactionManagers(
      ObjectProvider<Larder> larder,
      ObjectProvider<OutboxWriter> outbox,
      ObjectProvider<BeforeOutbox> before) {
    this.transactions = new LarderTransactions(
        larder::getObject, outbox::getIfAvailable, () -> before.orderedStream().toList());
  }

  @Override
  public @Nullable Object postProcessAfterInitialization(Object bean, String name) {
    if (bean instanceof ConfigurableTransactionManager manager
        && !List.copyOf(manager.getTransactionExecutionListeners()).contains(transactions)) {
      manager.addListener(transactions);
    }
    return bean;
  }
}
