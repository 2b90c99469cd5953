package dev.larder.spring.cache;

import dev.larder.key.KeyEncoder;
import dev.larder.key.KeySettings;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.interceptor.SimpleKey;
import org.springframework.util.ReflectionUtils;

/**
 * Spring's keys as tuples. A {@link SimpleKey} is the tuple of its elements; anything else is the tuple
 * of one part. So different keys stay different: a {@code SimpleKey} of one element, which Spring
 * itself never makes of a plain argument, is marked.
 *
 * <p>Arrays are equal by their elements in a {@code SimpleKey} and become lists.
 */
final class SpringKeys {

  private static final Field ELEMENTS = elements();

  private final String cache;
  private final KeyEncoder probe;

  SpringKeys(String cache) {
    this.cache = cache;
    this.probe = KeyEncoder.of(KeySettings.of("k", "c", 1));
  }

  /** Stands for a {@code SimpleKey} of one element. */
  record Single(@Nullable Object element) {}

  /**
   * The tuple.
   *
   * @throws IllegalArgumentException if the key has no form that is the same in every process; names
   *     cache, class of the key and what to do
   */
  List<@Nullable Object> tuple(Object key) {
    List<@Nullable Object> tuple = parts(key);
    if (tuple.stream().allMatch(SpringKeys::isPlain)) {
      return tuple;
    }
    try {
      probe.encodeSlot(tuple);
    } catch (IllegalArgumentException unstable) {
      throw new IllegalArgumentException(
          "cache \"" + cache + "\": a key of " + key.getClass().getName()
              + " has no form that is the same in every process: " + unstable.getMessage()
              + ". Name a part of the argument in the annotation, as in key = \"#user.id\", or make"
              + " the class a record of such parts",
          unstable);
    }
    return tuple;
  }

  /** What surely has a stable form, so that most keys are encoded only when L1 has no entry. */
  private static boolean isPlain(@Nullable Object part) {
    return part == null
        || part instanceof String
        || part instanceof Long
        || part instanceof Integer
        || part instanceof Boolean
        || part instanceof UUID;
  }

  private static List<@Nullable Object> parts(Object key) {
    if (!(key instanceof SimpleKey simple)) {
      return Collections.singletonList(listed(key));
    }
    Object[] elements = (Object[]) ReflectionUtils.getField(ELEMENTS, simple);
    if (elements == null || elements.length == 0) {
      return List.of();
    }
    if (elements.length == 1) {
      return List.of(new Single(listed(elements[0])));
    }
    List<@Nullable Object> parts = new ArrayList<>(elements.length);
    for (Object element : elements) {
      parts.add(listed(element));
    }
    return Collections.unmodifiableList(parts);
  }

  private static @Nullable Object listed(@Nullable Object part) {
    if (part instanceof Object[] array) {
      return Collections.unmodifiableList(Arrays.stream(array)
          .map(SpringKeys::listed)
          .collect(ArrayList::new, List::add, List::addAll));
    }
    if (part == null || !part.getClass().isArray()) {
      return part;
    }
    List<@Nullable Object> list = new ArrayList<>();
    for (int i = 0; i < Array.getLength(part); i++) {
      list.add(Array.get(part, i));
    }
    return Collections.unmodifiableList(list);
  }

  /** Spring gives no other way to the elements; their text does not tell {@code 1} from {@code "1"}. */
  private static Field elements() {
    Field field = ReflectionUtils.findField(SimpleKey.class, "params");
    if (field == null) {
      throw new IllegalStateException("this Spring's SimpleKey has no elements");
    }
    ReflectionUtils.makeAccessible(field);
    return field;
  }
}
