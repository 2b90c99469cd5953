package dev.larder.hibernate.spring;

import dev.larder.spring.transaction.BeforeOutbox;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.Objects;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;

/**
 * Flushes the transaction's persistence context before its invalidations are written to the outbox. JPA
 * would flush when it commits, which is too late: what that flush writes would have nowhere to stand, and
 * the transaction is refused. Make it a bean for each entity manager factory.
 */
public final class FlushBeforeOutbox implements BeforeOutbox {

  private final EntityManagerFactory factory;

  /** For the persistence contexts of a factory. */
  public FlushBeforeOutbox(EntityManagerFactory factory) {
    this.factory = Objects.requireNonNull(factory, "factory");
  }

  @Override
  public void run() {
    EntityManager entities = EntityManagerFactoryUtils.getTransactionalEntityManager(factory);
    if (entities != null && entities.isOpen() && entities.isJoinedToTransaction()) {
      entities.flush();
    }
  }
}
