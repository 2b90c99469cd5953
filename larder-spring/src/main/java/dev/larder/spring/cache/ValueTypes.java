package dev.larder.spring.cache;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.cache.interceptor.CacheEvictOperation;
import org.springframework.cache.interceptor.CacheOperation;
import org.springframework.cache.interceptor.CacheOperationSource;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * The types of the values in each cache, as annotated methods declare them.
 *
 * <p>{@code Optional}, {@code CompletableFuture} and reactive types of one value count as what they
 * hold, those of many values as a list of it. Immutable.
 */
public final class ValueTypes {

  /** By cache: each type's text, with the type and the first method that declares it. */
  private final Map<String, Map<String, Declared>> types = new TreeMap<>();

  /**
   * A type and who says so.
   *
   * @param type type of values
   * @param method the method, as {@code AlbumService.find}
   */
  record Declared(Type type, String method) {}

  private ValueTypes() {}

  /** Knows nothing. */
  public static ValueTypes none() {
    return new ValueTypes();
  }

  /**
   * What the annotated methods of all beans declare. Makes no bean, only looks at their classes.
   *
   * @param source which methods are annotated, and how
   */
  public static ValueTypes scan(
      ConfigurableListableBeanFactory beans, CacheOperationSource source) {
    ValueTypes found = new ValueTypes();
    for (String bean : beans.getBeanDefinitionNames()) {
      Class<?> type = typeOf(beans, bean);
      if (type != null && source.isCandidateClass(type)) {
        found.add(ClassUtils.getUserClass(type), source);
      }
    }
    return found;
  }

  private static @Nullable Class<?> typeOf(ConfigurableListableBeanFactory beans, String bean) {
    try {
      return beans.getType(bean, false);
    } catch (RuntimeException | LinkageError unknown) {
      // A bean whose class can't be told is met when it is made, and fails there if it must.
      return null;
    }
  }

  /** Adds what the methods of a class declare. */
  void add(Class<?> type, CacheOperationSource source) {
    ReflectionUtils.doWithMethods(
        type, method -> add(type, method, source), ReflectionUtils.USER_DECLARED_METHODS);
    for (Class<?> each : ClassUtils.getAllInterfacesForClass(type)) {
      for (Method method : each.getMethods()) {
        add(type, method, source);
      }
    }
  }

  private void add(Class<?> type, Method method, CacheOperationSource source) {
    if (method.isBridge() || method.isSynthetic()) {
      return;
    }
    Collection<CacheOperation> operations = source.getCacheOperations(method, type);
    if (operations == null) {
      return;
    }
    for (CacheOperation operation : operations) {
      if (!(operation instanceof CacheEvictOperation)) {
        Type value =
            plain(valueType(ResolvableType.forMethodReturnType(method, type))).getType();
        for (String cache : operation.getCacheNames()) {
          types
              .computeIfAbsent(cache, name -> new LinkedHashMap<>())
              .putIfAbsent(
                  value.getTypeName(),
                  new Declared(value, type.getSimpleName() + "." + method.getName()));
        }
      }
    }
  }

  /** The caches whose values some method declares. */
  Set<String> caches() {
    return types.keySet();
  }

  /** The types of a cache's values, each with the method that declares it. */
  List<Declared> of(String cache) {
    return List.copyOf(types.getOrDefault(cache, Map.of()).values());
  }

  /** The type with its variables replaced by what they stand for in this class. */
  private static ResolvableType plain(ResolvableType type) {
    Class<?> raw = type.resolve(Object.class);
    if (raw.isArray()) {
      return ResolvableType.forArrayComponent(plain(type.getComponentType()));
    }
    return type.hasGenerics()
        ? ResolvableType.forClassWithGenerics(
            raw,
            Arrays.stream(type.getGenerics()).map(ValueTypes::plain).toArray(ResolvableType[]::new))
        : ResolvableType.forClass(raw);
  }

  private static ResolvableType valueType(ResolvableType returned) {
    Class<?> raw = returned.resolve(Object.class);
    if (Optional.class == raw) {
      return valueType(returned.as(Optional.class).getGeneric(0));
    }
    if (CompletionStage.class.isAssignableFrom(raw)) {
      return returned.as(CompletionStage.class).getGeneric(0);
    }
    ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(raw);
    if (adapter != null && !adapter.isNoValue() && returned.hasGenerics()) {
      return adapter.isMultiValue()
          ? ResolvableType.forClassWithGenerics(List.class, returned.getGeneric(0))
          : returned.getGeneric(0);
    }
    return raw.isPrimitive() && raw != void.class
        ? ResolvableType.forClass(ClassUtils.resolvePrimitiveIfNecessary(raw))
        : returned;
  }
}
