package dev.larder.hibernate;

import dev.larder.UnitOfWork;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.spi.AbstractCollectionEvent;
import org.hibernate.event.spi.PostCollectionRecreateEvent;
import org.hibernate.event.spi.PostCollectionRecreateEventListener;
import org.hibernate.event.spi.PostCollectionRemoveEvent;
import org.hibernate.event.spi.PostCollectionRemoveEventListener;
import org.hibernate.event.spi.PostCollectionUpdateEvent;
import org.hibernate.event.spi.PostCollectionUpdateEventListener;
import org.hibernate.event.spi.PostDeleteEvent;
import org.hibernate.event.spi.PostDeleteEventListener;
import org.hibernate.event.spi.PostInsertEvent;
import org.hibernate.event.spi.PostInsertEventListener;
import org.hibernate.event.spi.PostUpdateEvent;
import org.hibernate.event.spi.PostUpdateEventListener;
import org.hibernate.event.spi.PostUpsertEvent;
import org.hibernate.event.spi.PostUpsertEventListener;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what Hibernate has written, at a flush or by a statement, into invalidations. */
final class Writes
    implements PostInsertEventListener,
        PostUpdateEventListener,
        PostDeleteEventListener,
        PostUpsertEventListener,
        PostCollectionRecreateEventListener,
        PostCollectionUpdateEventListener,
        PostCollectionRemoveEventListener {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(Writes.class);

  // Hibernate's listeners are serializable by their interfaces; nobody serializes these.
  private final transient LarderHibernate joined;

  Writes(LarderHibernate joined) {
    this.joined = joined;
  }

  // ---- rows

  @Override
  public void onPostInsert(PostInsertEvent event) {
    row(event.getSession(), event.getPersister(), event.getId(), null, event.getState());
  }

  @Override
  public void onPostUpdate(PostUpdateEvent event) {
    row(
        event.getSession(),
        event.getPersister(),
        event.getId(),
        event.getOldState(),
        event.getState());
  }

  @Override
  public void onPostDelete(PostDeleteEvent event) {
    row(event.getSession(), event.getPersister(), event.getId(), event.getDeletedState(), null);
  }

  @Override
  public void onPostUpsert(PostUpsertEvent event) {
    row(event.getSession(), event.getPersister(), event.getId(), null, event.getState());
  }

  private void row(
      SharedSessionContractImplementor session,
      EntityPersister persister,
      Object id,
      @Nullable Object @Nullable [] before,
      @Nullable Object @Nullable [] after) {
    joined.reads().born(session);
    EntityTags entity = joined.mappings(session).of(persister);
    Set<String> tags = new LinkedHashSet<>();
    entity.addWrite(tags, id, session);
    entity.addTags(tags, id, before, session);
    entity.addTags(tags, id, after, session);
    invalidate(session, tags, "Hibernate wrote " + persister.getJpaEntityName());
  }

  // ---- collections

  @Override
  public void onPostRecreateCollection(PostCollectionRecreateEvent event) {
    collection(event);
  }

  @Override
  public void onPostUpdateCollection(PostCollectionUpdateEvent event) {
    collection(event);
  }

  @Override
  public void onPostRemoveCollection(PostCollectionRemoveEvent event) {
    collection(event);
  }

  private void collection(AbstractCollectionEvent event) {
    SharedSessionContractImplementor session = event.getSession();
    Set<String> tags = new LinkedHashSet<>();
    var collection = event.getCollectionPersister();
    if (collection != null) {
      for (String table : collection.getCollectionSpaces()) {
        tags.add(TableTags.table(table));
      }
    }
    Object id = event.getAffectedOwnerIdOrNull();
    if (id != null) {
      EntityTags owner = joined.mappings(session).of(event.getAffectedOwnerEntityName());
      owner.addWrite(tags, id, session);
      Object object = event.getAffectedOwnerOrNull();
      EntityEntry entry =
          object == null ? null : session.getPersistenceContextInternal().getEntry(object);
      owner.addTags(tags, id, entry == null ? null : entry.getLoadedState(), session);
    }
    invalidate(session, tags, "Hibernate wrote a collection");
  }

  // ---- statements

  /**
   * A statement has written rows that nobody can name.
   *
   * @param tables as Hibernate names them; empty if nobody knows, which means all
   */
  void bulk(SharedSessionContractImplementor session, Collection<String> tables, String sql) {
    Mappings mappings = joined.mappings(session);
    Collection<String> written = tables;
    if (tables.isEmpty()) {
      LOG.warn(
          "a native statement does not say which tables it writes, so all that was captured of any"
              + " table ends; name them with addSynchronizedQuerySpace: {}",
          sql);
      written = mappings.tables();
    }
    Set<String> tags = new LinkedHashSet<>(mappings.plainTags(written));
    for (String table : written) {
      if (TableTags.isTable(table)) {
        tags.add(TableTags.table(table));
        tags.add(TableTags.rows(table));
      }
    }
    UnitOfWork unit = joined.larder().currentUnit();
    if (unit != null && tables.isEmpty()) {
      unit.touch();
    }
    invalidate(session, tags, "Hibernate ran a bulk statement");
  }

  // ---- when

  private void invalidate(
      SharedSessionContractImplementor session, Set<String> tags, String cause) {
    if (tags.isEmpty()) {
      return;
    }
    if (joined.larder().currentUnit() != null || !session.isTransactionInProgress()) {
      joined.larder().batch().tags(tags).because(cause).apply();
      return;
    }
    session.getTransactionCompletionCallbacks().registerCallback(new Commit(joined, tags, cause));
  }

  /** Without a unit of work: each part of the transaction for itself, after Hibernate's commit. */
  private record Commit(LarderHibernate joined, Set<String> tags, String cause)
      implements org.hibernate.engine.spi.TransactionCompletionCallbacks.AfterCompletionCallback {

    @Override
    public void doAfterTransactionCompletion(
        boolean isCommitted, SharedSessionContractImplementor session) {
      if (isCommitted) {
        joined.larder().batch().tags(tags).because(cause).apply();
      }
    }
  }
}
