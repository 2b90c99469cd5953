package dev.larder.spring.annotation;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

/** The keys of calls that name none: class, method and arguments. */
final class MethodKeys {

  private MethodKeys() {}

  /**
   * A name of a method that no other has: class and method, and the parameters' types where the class
   * has several methods of the name.
   */
  static String id(Class<?> type, Method method) {
    boolean isOverloaded = Arrays.stream(ReflectionUtils.getAllDeclaredMethods(type))
            .filter(each -> !each.isBridge() && each.getName().equals(method.getName()))
            .map(each -> List.of(each.getParameterTypes()))
            .distinct()
            .count()
        > 1;
    String parameters = isOverloaded
        ? Arrays.stream(method.getParameterTypes())
            .map(Class::getTypeName)
            .collect(Collectors.joining(",", "(", ")"))
        : "";
    return type.getName() + "." + method.getName() + parameters;
  }

  /** A name first, then the arguments. */
  static List<@Nullable Object> of(String id, @Nullable Object[] arguments) {
    List<@Nullable Object> parts = new ArrayList<>(arguments.length + 1);
    parts.add(id);
    for (Object argument : arguments) {
      parts.add(frozen(argument));
    }
    return parts;
  }

  /** What an expression gave: a list is a tuple of parts, anything else one part. */
  static List<@Nullable Object> of(@Nullable Object value) {
    List<@Nullable Object> parts = new ArrayList<>();
    if (value instanceof List<?> list) {
      list.forEach(part -> parts.add(frozen(part)));
    } else {
      parts.add(frozen(value));
    }
    return parts;
  }

  /** A copy of what the caller may change while the key is in the cache. */
  private static @Nullable Object frozen(@Nullable Object part) {
    if (part instanceof Set<?> set) {
      return Collections.unmodifiableSet(new LinkedHashSet<>(set));
    }
    if (part instanceof Collection<?> collection) {
      return Collections.unmodifiableList(new ArrayList<>(collection));
    }
    if (part instanceof Map<?, ?> map) {
      return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
    return part;
  }
}
