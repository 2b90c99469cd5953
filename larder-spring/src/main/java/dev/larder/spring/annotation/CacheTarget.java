package dev.larder.spring.annotation;

import dev.larder.Cache;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A cache that an annotation names but does not declare, and how its keys look.
 *
 * @param cache the cache
 * @param form of the keys of a cache that annotations declare; null for one made by hand, whose keys
 *     are what the expression gives
 */
record CacheTarget(Cache<Object, Object> cache, @Nullable KeyForm form) {

  Object key(@Nullable Object value) {
    if (form == null) {
      return Objects.requireNonNull(value, () -> "cache " + cache.name() + ": the key is null");
    }
    return form.scoped(MethodKeys.of(value));
  }

  /** The parts of a prefix. */
  @Nullable Object[] prefix(@Nullable Object value) {
    List<@Nullable Object> parts = MethodKeys.of(value);
    return (form == null ? parts : form.scoped(parts)).toArray();
  }
}
