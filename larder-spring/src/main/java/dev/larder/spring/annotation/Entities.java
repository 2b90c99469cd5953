package dev.larder.spring.annotation;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** Finds entities in what a method returns. */
final class Entities {

  private static final String ENTITY = "jakarta.persistence.Entity";

  private Entities() {}

  /** The first class with {@code @Entity} that a value of the type may hold; null if there is none. */
  static @Nullable Class<?> in(Type type, Class<?> owner) {
    return in(ResolvableType.forType(type, ResolvableType.forClass(owner)));
  }

  /**
   * Refuses to store entities: one belongs to a session, an entry to all callers, and what comes back
   * from a tier is no entity of anybody's.
   */
  static void refuse(
      Class<? extends Annotation> annotation, Method method, Type stored, Class<?> owner) {
    Class<?> entity = in(stored, owner);
    if (entity != null) {
      throw Fault.of(
          annotation,
          method,
          "it returns the entity " + entity.getName()
              + ", which belongs to its session, and an entry is shared by all callers",
          "return a record of what they need");
    }
  }

  private static @Nullable Class<?> in(ResolvableType type) {
    Class<?> raw = type.resolve();
    if (raw != null && raw.isArray()) {
      return in(type.getComponentType());
    }
    if (raw != null && AnnotatedElementUtils.isAnnotated(raw, ENTITY)) {
      return raw;
    }
    for (ResolvableType argument : type.getGenerics()) {
      Class<?> found = in(argument);
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
