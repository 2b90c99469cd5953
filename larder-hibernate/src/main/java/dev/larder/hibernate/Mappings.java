package dev.larder.hibernate;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.persister.entity.EntityPersister;

/** All entities and tables of a session factory. Immutable. */
final class Mappings {

  private final Map<String, EntityTags> byEntity = new LinkedHashMap<>();
  private final Set<String> tables = new LinkedHashSet<>();

  /**
   * Reads them.
   *
   * @throws dev.larder.ConfigurationException if an annotation has a fault
   */
  Mappings(SessionFactoryImplementor factory) {
    var metamodel = factory.getMappingMetamodel();
    metamodel.forEachEntityDescriptor(persister -> {
      EntityTags entity = EntityTags.of(persister);
      byEntity.put(persister.getEntityName(), entity);
      tables.addAll(entity.tables());
    });
    metamodel.forEachCollectionDescriptor(
        collection -> tables.addAll(EntityTags.tables(collection)));
    tables.removeIf(table -> !TableTags.isTable(table));
  }

  /** What there is to know of an entity of this factory. */
  EntityTags of(EntityPersister persister) {
    return of(persister.getEntityName());
  }

  /** What there is to know of an entity of this factory. */
  EntityTags of(String entityName) {
    EntityTags entity = byEntity.get(entityName);
    if (entity == null) {
      throw new IllegalArgumentException(entityName + " is no entity of this session factory");
    }
    return entity;
  }

  /** All tables that are mapped. */
  Set<String> tables() {
    return tables;
  }

  /** Tags without a placeholder of all entities that stand in one of the tables. */
  Set<String> plainTags(Collection<String> written) {
    Set<String> tags = new LinkedHashSet<>();
    for (EntityTags entity : byEntity.values()) {
      if (entity.tables().stream().anyMatch(written::contains)) {
        entity.templates().stream()
            .filter(TagTemplate::isPlain)
            .forEach(template -> tags.add(template.source()));
      }
    }
    return tags;
  }
}
