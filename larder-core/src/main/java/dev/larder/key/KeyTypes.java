package dev.larder.key;

import dev.larder.ConfigurationException;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a declared key type before there are keys.
 *
 * <p>Refused is what can never be encoded, and a whole key of an interface or abstract type other than
 * {@code List}, {@code Set} and {@code Map}: its classes would have to be told apart by hand. Inside a
 * tuple, types that say little ({@code Object}, type variables, interfaces) pass: their values decide.
 */
final class KeyTypes {

  private final String cache;
  private final Set<Type> seen = new HashSet<>();

  KeyTypes(String cache) {
    this.cache = cache;
  }

  void check(Type type) {
    Class<?> raw = raw(type);
    if (raw != null && isOpen(raw)) {
      throw refused(
          "",
          type,
          raw == Object.class
              ? "it says nothing about the keys; name their class"
              : "keys of its classes with equal parts would share a slot; use one record with a part"
                  + " that tells them apart");
    }
    check(type, "");
  }

  private void check(Type type, String path) {
    if (type instanceof WildcardType wildcard) {
      check(wildcard.getUpperBounds()[0], path);
      return;
    }
    Class<?> raw = raw(type);
    if (raw == null) {
      if (!(type instanceof TypeVariable<?>)) {
        throw refused(path, type, "arrays are equal by identity; use a List");
      }
      return;
    }
    if (type instanceof ParameterizedType parameterized && isContainer(raw)) {
      for (Type argument : parameterized.getActualTypeArguments()) {
        check(argument, path + " in " + raw.getSimpleName());
      }
      return;
    }
    if (raw.isPrimitive()) {
      return;
    }
    if (raw.isRecord() && PartForm.known(raw)) {
      if (seen.add(raw)) {
        for (RecordComponent component : raw.getRecordComponents()) {
          check(component.getGenericType(), path + " component " + component.getName());
        }
      }
      return;
    }
    if (!PartForm.known(raw) && !(isOpen(raw) && !Refusals.isHopeless(raw))) {
      throw refused(path, type, Refusals.mend(raw));
    }
  }

  /** Whether it has no form itself but values of it may. */
  private static boolean isOpen(Class<?> raw) {
    return !raw.isArray()
        && !raw.isPrimitive()
        && !PartForm.known(raw)
        && (raw == Object.class || Modifier.isAbstract(raw.getModifiers()));
  }

  private static boolean isContainer(Class<?> raw) {
    return raw == Optional.class
        || Collection.class.isAssignableFrom(raw)
        || Map.class.isAssignableFrom(raw);
  }

  private static @Nullable Class<?> raw(Type type) {
    if (type instanceof Class<?> plain) {
      return plain;
    }
    return type instanceof ParameterizedType parameterized
        ? (Class<?>) parameterized.getRawType()
        : null;
  }

  private ConfigurationException refused(String path, Type type, String reason) {
    return new ConfigurationException("cache \""
        + cache
        + "\": key"
        + path
        + ": "
        + type.getTypeName()
        + " has no stable form: "
        + reason);
  }
}
