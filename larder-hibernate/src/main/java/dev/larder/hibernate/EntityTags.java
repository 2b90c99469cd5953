package dev.larder.hibernate;

import dev.larder.ConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.CollectionType;
import org.hibernate.type.OneToOneType;
import org.hibernate.type.Type;
import org.jspecify.annotations.Nullable;

/** What one concrete entity has to do with tags. Immutable. */
final class EntityTags {

  private final EntityPersister persister;
  private final String rootName;
  private final List<TagTemplate> templates;
  private final Set<String> tables;
  private final Set<String> besideTables;

  private EntityTags(
      EntityPersister persister,
      String rootName,
      List<TagTemplate> templates,
      Set<String> tables,
      Set<String> besideTables) {
    this.persister = persister;
    this.rootName = rootName;
    this.templates = List.copyOf(templates);
    this.tables = Set.copyOf(tables);
    this.besideTables = Set.copyOf(besideTables);
  }

  /**
   * Reads an entity's annotations.
   *
   * @throws ConfigurationException if a tag of them can't be
   */
  static EntityTags of(EntityPersister persister) {
    Set<String> tables = tables(persister.getPropertySpaces());
    Set<String> beside = new LinkedHashSet<>();
    for (Type type : persister.getPropertyTypes()) {
      // The other side's table says whether there is one; our row does not.
      if (type instanceof OneToOneType one) {
        beside.addAll(
            tables(one.getAssociatedEntityPersister(persister.getFactory()).getPropertySpaces()));
      }
    }
    String root = Objects.requireNonNullElse(
        persister
            .getFactory()
            .getMappingMetamodel()
            .getEntityDescriptor(persister.getRootEntityName())
            .getJpaEntityName(),
        persister.getRootEntityName());
    return new EntityTags(persister, root, templates(persister), tables, beside);
  }

  private static List<TagTemplate> templates(EntityPersister persister) {
    List<TagTemplate> templates = new ArrayList<>();
    for (Class<?> type = persister.getMappedClass(); type != null; type = type.getSuperclass()) {
      InvalidatesTags annotation = type.getDeclaredAnnotation(InvalidatesTags.class);
      for (String tag : annotation == null ? new String[0] : annotation.value()) {
        try {
          templates.add(TagTemplate.parse(persister, tag));
        } catch (IllegalArgumentException fault) {
          throw new ConfigurationException(
              "@InvalidatesTags(\"" + tag + "\") on " + type.getName() + ": " + fault.getMessage());
        }
      }
    }
    return templates;
  }

  private static Set<String> tables(Object[] spaces) {
    Set<String> tables = new LinkedHashSet<>();
    for (Object space : spaces) {
      tables.add(space.toString());
    }
    return tables;
  }

  /** Tables of a collection: where its membership stands and, where its elements are rows, those. */
  static Set<String> tables(CollectionPersister collection) {
    Set<String> tables = tables(collection.getCollectionSpaces());
    if (collection.isOneToMany() || collection.isManyToMany()) {
      tables.addAll(tables(collection.getElementPersister().getQuerySpaces()));
    }
    return tables;
  }

  EntityPersister persister() {
    return persister;
  }

  /** JPA name of the root of its hierarchy. */
  String rootName() {
    return rootName;
  }

  /** The tables that a row of it stands in. */
  Set<String> tables() {
    return tables;
  }

  /** Tables that loading it by its id reads besides. */
  Set<String> besideTables() {
    return besideTables;
  }

  List<TagTemplate> templates() {
    return templates;
  }

  /** Indexes of the properties that are collections. */
  List<Integer> collections() {
    List<Integer> indexes = new ArrayList<>();
    Type[] types = persister.getPropertyTypes();
    for (int i = 0; i < types.length; i++) {
      if (types[i] instanceof CollectionType) {
        indexes.add(i);
      }
    }
    return indexes;
  }

  /** The tag of a row. */
  String row(Object id, SharedSessionContractImplementor session) {
    return TableTags.row(rootName, ValuePath.text(persister.getIdentifierType(), id, session));
  }

  /** Adds what ends when a row is written, but for the templates' tags: see {@link #addTags}. */
  void addWrite(Set<String> tags, Object id, SharedSessionContractImplementor session) {
    tags.add(row(id, session));
    tables.forEach(table -> tags.add(TableTags.table(table)));
  }

  /** Adds the templates' tags of a row in this state. */
  void addTags(
      Set<String> tags,
      Object id,
      @Nullable Object @Nullable [] state,
      SharedSessionContractImplementor session) {
    for (TagTemplate template : templates) {
      String tag = template.tag(id, state, session);
      if (tag != null) {
        tags.add(tag);
      }
    }
  }
}
