package dev.larder.hibernate;

import org.hibernate.SessionFactory;
import org.hibernate.SessionFactoryObserver;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.EventType;
import org.hibernate.integrator.spi.Integrator;

/**
 * Registers the listeners with a session factory whose settings name a {@link LarderHibernate}, and does
 * nothing to others. Hibernate finds it by itself.
 */
public final class LarderIntegrator implements Integrator {

  /** For the service loader. */
  public LarderIntegrator() {}

  @Override
  public void integrate(
      Metadata metadata, BootstrapContext bootstrap, SessionFactoryImplementor factory) {
    if (!(factory.getProperties().get(LarderHibernate.SETTING) instanceof LarderHibernate joined)) {
      return;
    }
    EventListenerRegistry registry = factory.getEventListenerRegistry();
    Writes writes = joined.writes();
    registry.appendListeners(EventType.POST_INSERT, writes);
    registry.appendListeners(EventType.POST_UPDATE, writes);
    registry.appendListeners(EventType.POST_DELETE, writes);
    registry.appendListeners(EventType.POST_UPSERT, writes);
    registry.appendListeners(EventType.POST_COLLECTION_RECREATE, writes);
    registry.appendListeners(EventType.POST_COLLECTION_UPDATE, writes);
    registry.appendListeners(EventType.POST_COLLECTION_REMOVE, writes);
    registry.prependListeners(EventType.LOAD, joined.reads());
    registry.prependListeners(EventType.INIT_COLLECTION, joined.reads());
    registry.appendListeners(EventType.POST_LOAD, joined.reads());
    factory.addObserver(new Start(joined));
  }

  /** Faults in annotations stop the start: the mappings are not known before the factory is. */
  private record Start(LarderHibernate joined) implements SessionFactoryObserver {

    @Override
    public void sessionFactoryCreated(SessionFactory factory) {
      joined.started(factory.unwrap(SessionFactoryImplementor.class));
    }

    @Override
    public void sessionFactoryClosed(SessionFactory factory) {
      joined.closed(factory.unwrap(SessionFactoryImplementor.class));
    }
  }
}
