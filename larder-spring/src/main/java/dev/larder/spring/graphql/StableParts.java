package dev.larder.spring.graphql;

import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Arguments and variables in a form that is the same in every process, whatever their order. */
final class StableParts {

  private StableParts() {}

  /** Something among the arguments has no such form, an uploaded file for one. */
  static final class Unstable extends Exception {
    private static final long serialVersionUID = 1L;

    Unstable(Class<?> type) {
      super("a " + type.getName() + " has no stable form", null, false, false);
    }
  }

  /** Scalars as they are; a map becomes the list of its names and values, by name. */
  static @Nullable Object of(@Nullable Object value) throws Unstable {
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> sorted = new TreeMap<>();
      map.forEach((name, each) -> sorted.put(String.valueOf(name), each));
      List<@Nullable Object> parts = new ArrayList<>();
      parts.add("{}");
      for (Map.Entry<String, @Nullable Object> each : sorted.entrySet()) {
        parts.add(each.getKey());
        parts.add(of(each.getValue()));
      }
      return parts;
    }
    if (value instanceof Iterable<?> many) {
      List<@Nullable Object> parts = new ArrayList<>();
      parts.add("[]");
      for (Object each : many) {
        parts.add(of(each));
      }
      return parts;
    }
    if (value == null
        || value instanceof String
        || value instanceof Boolean
        || value instanceof Number
        || value instanceof Enum<?>
        || value instanceof UUID
        || value instanceof Temporal) {
      return value;
    }
    if (value instanceof Locale locale) {
      return locale.toLanguageTag();
    }
    throw new Unstable(value.getClass());
  }
}
