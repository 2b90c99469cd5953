package dev.larder.hibernate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hibernate.bytecode.enhance.spi.LazyPropertyInitializer;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.proxy.HibernateProxy;
import org.hibernate.proxy.LazyInitializer;
import org.hibernate.type.CollectionType;
import org.hibernate.type.ComponentType;
import org.hibernate.type.EntityType;
import org.hibernate.type.Type;
import org.jspecify.annotations.Nullable;

/**
 * The way from an entity's state to one value, as text. It never loads anything: where it crosses an
 * association it ends at the identifier, which a proxy knows. Immutable.
 */
final class ValuePath {

  /** Stands for the identifier, where others have the index of a property. */
  private static final int IDENTIFIER = -1;

  private final int start;
  private final Type type;
  private final List<UnaryOperator<@Nullable Object>> steps;

  private ValuePath(int start, Type type, List<UnaryOperator<@Nullable Object>> steps) {
    this.start = start;
    this.type = type;
    this.steps = List.copyOf(steps);
  }

  /**
   * Finds a path.
   *
   * @throws IllegalArgumentException if the entity has no such path, or it leads through another
   *     entity's properties
   */
  static ValuePath of(EntityPersister entity, String path) {
    String[] names = path.split("\\.", -1);
    int start = index(entity.getPropertyNames(), names[0]);
    if (start < 0 && !isIdentifier(entity, names[0])) {
      throw new IllegalArgumentException("there is no property " + names[0]);
    }
    Type type = start < 0 ? entity.getIdentifierType() : entity.getPropertyTypes()[start];
    List<UnaryOperator<@Nullable Object>> steps = new ArrayList<>();
    boolean isAcross = false;
    for (int i = 1; i < names.length; i++) {
      String name = names[i];
      if (type instanceof ComponentType component) {
        int at = index(component.getPropertyNames(), name);
        if (at < 0) {
          throw new IllegalArgumentException("there is no property " + name);
        }
        steps.add(value -> part(component, value, at));
        type = component.getSubtypes()[at];
      } else if (type instanceof EntityType association && !isAcross) {
        EntityPersister other = association.getAssociatedEntityPersister(entity.getFactory());
        if (!isIdentifier(other, name)) {
          throw new IllegalArgumentException(name + " is not the identifier of "
              + other.getJpaEntityName()
              + ", and its other properties can change without an event of this entity");
        }
        steps.add(value -> identifier(other, value));
        type = other.getIdentifierType();
        isAcross = true;
      } else {
        throw new IllegalArgumentException("there is nothing below " + names[i - 1]);
      }
    }
    if (type instanceof CollectionType) {
      throw new IllegalArgumentException("it is a collection");
    }
    return new ValuePath(start < 0 ? IDENTIFIER : start, type, steps);
  }

  private static boolean isIdentifier(EntityPersister entity, String name) {
    return name.equals("id") || name.equals(entity.getIdentifierPropertyName());
  }

  private static int index(String[] names, String name) {
    return List.of(names).indexOf(name);
  }

  /** Whether the identifier is all it needs. */
  boolean isOfIdentifier() {
    return start == IDENTIFIER;
  }

  /** The value's text in this state, or null if there is none. */
  @Nullable String text(
      Object id, @Nullable Object @Nullable [] state, SharedSessionContractImplementor session) {
    if (start != IDENTIFIER && state == null) {
      return null;
    }
    Object value = start == IDENTIFIER || state == null ? id : state[start];
    for (UnaryOperator<@Nullable Object> step : steps) {
      if (value == null || LazyPropertyInitializer.UNFETCHED_PROPERTY.equals(value)) {
        return null;
      }
      value = step.apply(value);
    }
    return value == null || LazyPropertyInitializer.UNFETCHED_PROPERTY.equals(value)
        ? null
        : text(type, value, session);
  }

  /** An identifier's or another value's text, the same in every process. */
  static String text(Type type, Object value, SharedSessionContractImplementor session) {
    if (type instanceof ComponentType component) {
      StringBuilder text = new StringBuilder();
      Type[] types = component.getSubtypes();
      for (int i = 0; i < types.length; i++) {
        Object part = part(component, value, i);
        text.append(i == 0 ? "" : ",").append(part == null ? "" : text(types[i], part, session));
      }
      return text.toString();
    }
    if (type instanceof EntityType association) {
      EntityPersister other = association.getAssociatedEntityPersister(session.getFactory());
      Object id = identifier(other, value);
      return id == null ? "" : text(other.getIdentifierType(), id, session);
    }
    return value instanceof Enum<?> constant ? constant.name() : String.valueOf(value);
  }

  private static @Nullable Object part(ComponentType component, @Nullable Object value, int index) {
    if (value instanceof Object[] parts) {
      return parts[index];
    }
    return value == null ? null : component.getPropertyValue(value, index);
  }

  private static @Nullable Object identifier(EntityPersister entity, @Nullable Object value) {
    LazyInitializer lazy = HibernateProxy.extractLazyInitializer(value);
    if (lazy != null) {
      return lazy.getInternalIdentifier();
    }
    return value == null ? null : entity.getIdentifier(value);
  }
}
