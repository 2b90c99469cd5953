package dev.larder.spring.annotation;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.GenericTypeResolver;
import org.springframework.expression.Expression;

/**
 * What the signature of a method for many ids means.
 *
 * @param stored type of one value
 * @param id from a value to its id, null for a method that returns a map
 */
record BulkForm(
    Type stored,
    boolean givesMap,
    boolean takesSet,
    @Nullable Expression id) {

  static BulkForm of(Class<?> type, Method method, CachedAll annotation) {
    Class<?>[] parameters = method.getParameterTypes();
    if (parameters.length != 1
        || !(parameters[0] == Collection.class
            || parameters[0] == List.class
            || parameters[0] == Set.class)) {
      throw Fault.of(
          CachedAll.class,
          method,
          "its parameters are not one Collection, List or Set of ids",
          "take the ids alone, or use @Cached");
    }
    Type given = GenericTypeResolver.resolveType(method.getGenericReturnType(), type);
    Class<?> raw = ReturnForm.raw(given);
    boolean givesMap = raw == Map.class;
    if (!givesMap && raw != List.class && raw != Collection.class) {
      throw Fault.of(
          CachedAll.class,
          method,
          "it returns " + given.getTypeName(),
          "return a Map from id to value, or a List of values");
    }
    Type stored = ReturnForm.argument(given, givesMap ? 1 : 0);
    if (stored == Object.class) {
      throw Fault.of(
          CachedAll.class,
          method,
          "its return type " + given.getTypeName() + " does not say what is stored",
          "name the classes, such as Map<Long, Album>");
    }
    Entities.refuse(CachedAll.class, method, stored, type);
    if (givesMap != annotation.id().isBlank()) {
      throw Fault.of(
          CachedAll.class,
          method,
          givesMap ? "id is named, and the map has the ids" : "a list does not say the ids",
          givesMap ? "leave id out" : "add id, such as id = \"#result.id\"");
    }
    Expression id = givesMap
        ? null
        : new Expressions(CachedAll.class, method).parse("id", annotation.id(), Expressions.RESULT);
    return new BulkForm(stored, givesMap, parameters[0] == Set.class, id);
  }
}
