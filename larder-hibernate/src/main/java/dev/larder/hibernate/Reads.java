package dev.larder.hibernate;

import dev.larder.Loading;
import dev.larder.UnitOfWork;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import org.hibernate.collection.spi.PersistentCollection;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.PersistenceContext;
import org.hibernate.engine.spi.SessionImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.spi.InitializeCollectionEvent;
import org.hibernate.event.spi.InitializeCollectionEventListener;
import org.hibernate.event.spi.LoadEvent;
import org.hibernate.event.spi.LoadEventListener;
import org.hibernate.event.spi.PostLoadEvent;
import org.hibernate.event.spi.PostLoadEventListener;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * Tells the load under way what it reads through Hibernate.
 *
 * <p>Why nothing is missed: rows come in by an id (the load event, before anyone knows whether there is
 * such a row), by a collection (its event), or by a select that Hibernate executes; each is seen before it
 * runs. What an entity load brings along by joins is seen when Hibernate reports each loaded entity, with
 * the collections that came with it. What the session held already when the load began is reported by
 * nobody, so all of it counts as read. And it may be older than the load, or not written yet: then the
 * entry is not stored.
 */
final class Reads
    implements LoadEventListener, InitializeCollectionEventListener, PostLoadEventListener {

  private static final long serialVersionUID = 1L;

  // Hibernate's listeners are serializable by their interfaces; nobody serializes these.
  private final transient LarderHibernate joined;
  private final transient Map<Loading, LoadReads> loads =
      Collections.synchronizedMap(new WeakHashMap<>());

  /** The unit of work in which a session's first entity came in. */
  private final transient Map<SharedSessionContractImplementor, Optional<UnitOfWork>> births =
      Collections.synchronizedMap(new WeakHashMap<>());

  Reads(LarderHibernate joined) {
    this.joined = joined;
  }

  // ---- by id, by collection

  /** Before Hibernate looks. That there is no such row is something that was read, too. */
  @Override
  public void onLoad(LoadEvent event, LoadType type) {
    LoadReads reads = enter(event.getSession());
    if (reads != null && !type.isAllowProxyCreation()) {
      EntityPersister persister =
          event.getFactory().getMappingMetamodel().getEntityDescriptor(event.getEntityClassName());
      row(reads, persister, event.getEntityId(), event.getSession());
    }
  }

  @Override
  public void onInitializeCollection(InitializeCollectionEvent event) {
    LoadReads reads = enter(event.getSession());
    if (reads != null) {
      PersistentCollection<?> collection = event.getCollection();
      collection(reads, collection, event.getSession());
    }
  }

  /** A row has come in, whoever asked for it. */
  @Override
  public void onPostLoad(PostLoadEvent event) {
    SharedSessionContractImplementor session = event.getSession();
    born(session);
    LoadReads reads = current();
    if (reads != null) {
      entity(reads, event.getPersister(), event.getId(), event.getEntity(), session);
    }
  }

  /** An entity has come into a session, by a read or by a write. */
  void born(SharedSessionContractImplementor session) {
    births.computeIfAbsent(session, one -> Optional.ofNullable(joined.larder().currentUnit()));
  }

  private void entity(
      LoadReads reads,
      EntityPersister persister,
      Object id,
      Object object,
      SharedSessionContractImplementor session) {
    row(reads, persister, id, session);
    EntityTags entity = joined.mappings(session).of(persister);
    reads.tables(entity.besideTables());
    for (int index : entity.collections()) {
      if (persister.getValue(object, index) instanceof PersistentCollection<?> collection
          && collection.wasInitialized()) {
        collection(reads, collection, session);
      }
    }
  }

  private void row(
      LoadReads reads,
      EntityPersister persister,
      Object id,
      SharedSessionContractImplementor session) {
    reads.row(joined.mappings(session).of(persister), id, session);
  }

  private static void collection(
      LoadReads reads,
      PersistentCollection<?> collection,
      SharedSessionContractImplementor session) {
    String role = collection.getRole();
    if (role == null) {
      reads.refuse("a collection without a role was read");
      return;
    }
    CollectionPersister persister =
        session.getFactory().getMappingMetamodel().getCollectionDescriptor(role);
    reads.tables(EntityTags.tables(persister));
  }

  // ---- by select

  /**
   * A select is about to run.
   *
   * @param tables as Hibernate names them
   * @param isNative whether it came as SQL, so that Hibernate knows no more than was declared
   */
  void select(
      SharedSessionContractImplementor session,
      Collection<String> tables,
      String sql,
      boolean isNative) {
    LoadReads reads = enter(session);
    if (reads == null) {
      return;
    }
    if (isNative) {
      String hidden =
          Statements.hiddenTable(sql, tables, joined.mappings(session).tables());
      if (tables.isEmpty() || hidden != null) {
        reads.refuse("a native query does not declare "
            + (hidden == null ? "its tables" : "the table " + hidden)
            + " (addSynchronizedQuerySpace): " + sql);
        return;
      }
    }
    reads.tables(tables);
  }

  /** An entity's select by its identifier is about to run; its rows are reported one by one. */
  void selectByIdentifier(SharedSessionContractImplementor session) {
    enter(session);
  }

  // ---- what was there before

  private @Nullable LoadReads current() {
    Loading loading = Loading.current();
    return loading == null
        ? null
        : loads.computeIfAbsent(loading, one -> new LoadReads(one, joined.observed()));
  }

  private @Nullable LoadReads enter(SharedSessionContractImplementor session) {
    LoadReads reads = current();
    if (reads != null && reads.isFirst(session)) {
      PersistenceContext held = session.getPersistenceContextInternal();
      if (held.getNumberOfManagedEntities() > 0) {
        foreign(reads, session, held);
      }
    }
    return reads;
  }

  private void foreign(
      LoadReads reads, SharedSessionContractImplementor session, PersistenceContext held) {
    UnitOfWork unit = joined.larder().currentUnit();
    Optional<UnitOfWork> birth = births.get(session);
    if (unit == null || birth == null || !unit.equals(birth.orElse(null))) {
      reads.refuse(
          "the session held entities from before this load's transaction, which may be older");
    } else if (!held.isFlushing() && session instanceof SessionImplementor open && open.isDirty()) {
      unit.touch();
    }
    Set<Object> entities = new LinkedHashSet<>(held.getEntitiesByKey().values());
    for (Object object : entities) {
      EntityEntry entry = held.getEntry(object);
      if (entry != null && entry.getId() != null) {
        entity(reads, entry.getPersister(), entry.getId(), object, session);
      }
    }
  }
}
