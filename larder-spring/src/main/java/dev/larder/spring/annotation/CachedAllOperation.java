package dev.larder.spring.annotation;

import dev.larder.Cache;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.Expression;
import org.springframework.expression.spel.support.StandardEvaluationContext;

/** A call for many ids. */
final class CachedAllOperation implements Operation {

  private final Cache<List<@Nullable Object>, Object> cache;
  private final @Nullable Expression id;
  private final boolean givesMap;
  private final boolean takesSet;

  /**
   * @param id from a value to its id; null where the method returns a map
   * @param takesSet whether the method's parameter is a set
   */
  CachedAllOperation(
      Cache<List<@Nullable Object>, Object> cache,
      @Nullable Expression id,
      boolean givesMap,
      boolean takesSet) {
    this.cache = cache;
    this.id = id;
    this.givesMap = givesMap;
    this.takesSet = takesSet;
  }

  @Override
  public @Nullable Object answer(Call call) throws Exception {
    Collection<?> ids = (Collection<?>) call.arguments()[0];
    if (ids == null) {
      return call.proceed();
    }
    Map<List<@Nullable Object>, @Nullable Object> keys = new LinkedHashMap<>();
    for (Object one : ids) {
      keys.put(MethodKeys.of(one), one);
    }
    Map<List<@Nullable Object>, Object> found =
        cache.getAll(keys.keySet(), missing -> load(call, keys, missing));
    Map<@Nullable Object, Object> byId = new LinkedHashMap<>();
    keys.forEach((key, one) -> {
      Object value = found.get(key);
      if (value != null) {
        byId.put(one, value);
      }
    });
    return givesMap
        ? Collections.unmodifiableMap(byId)
        : Collections.unmodifiableList(new ArrayList<>(byId.values()));
  }

  private Map<List<@Nullable Object>, Object> load(
      Call call,
      Map<List<@Nullable Object>, @Nullable Object> keys,
      Set<List<@Nullable Object>> missing)
      throws Exception {
    Collection<@Nullable Object> ids = takesSet ? new LinkedHashSet<>() : new ArrayList<>();
    missing.forEach(key -> ids.add(keys.get(key)));
    Object given = call.proceed(new Object[] {ids});
    Map<List<@Nullable Object>, Object> loaded = new LinkedHashMap<>();
    if (given instanceof Map<?, ?> map) {
      map.forEach((one, value) -> loaded.put(MethodKeys.of(one), value));
    } else if (given instanceof Iterable<?> values && id != null) {
      for (Object value : values) {
        StandardEvaluationContext context = new StandardEvaluationContext();
        context.setVariable(Expressions.RESULT, value);
        loaded.put(MethodKeys.of(id.getValue(context)), value);
      }
    }
    return loaded;
  }
}
