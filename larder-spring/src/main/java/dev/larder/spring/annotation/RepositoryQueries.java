package dev.larder.spring.annotation;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.data.annotation.QueryAnnotation;
import org.springframework.data.repository.Repository;
import org.springframework.util.ClassUtils;

/** What a repository of Spring Data, or the entity it is for, says of its query methods. */
final class RepositoryQueries {

  private static final boolean HAS_SPRING_DATA = ClassUtils.isPresent(
      "org.springframework.data.repository.Repository", RepositoryQueries.class.getClassLoader());

  private static final String MODIFYING = "org.springframework.data.jpa.repository.Modifying";

  /** The names that Spring Data makes reading queries of. */
  private static final Pattern DERIVED =
      Pattern.compile("(find|read|get|query|search|stream|count|exists)(\\p{Lu}.*)?By(\\p{Lu}.*)?");

  private RepositoryQueries() {}

  /** Whether the type is a repository's interface. */
  static boolean isRepository(Class<?> type) {
    return HAS_SPRING_DATA && Data.isRepository(type);
  }

  /**
   * The repository's interface where the type is a proxy of one, else the type. Once somebody has been
   * given the repository, Spring knows its bean by the class of that proxy.
   */
  static Class<?> declaring(Class<?> type) {
    return HAS_SPRING_DATA && Proxy.isProxyClass(type)
        ? interfaces(type).filter(Data::isRepository).findFirst().orElse(type)
        : type;
  }

  /**
   * The annotation of a method, with what its repository and entity say where it says nothing.
   *
   * @param type the bean's class, or that of its proxy
   */
  static @Nullable Cached cached(Method method, Class<?> type) {
    Cached own = AnnotatedElementUtils.findMergedAnnotation(method, Cached.class);
    if (!HAS_SPRING_DATA || (own != null && !isCachedQuery(method))) {
      return own;
    }
    return interfaces(type)
        .filter(Data::isRepository)
        .filter(method.getDeclaringClass()::isAssignableFrom)
        .findFirst()
        .map(repository -> Data.cached(own, method, repository))
        .orElse(own);
  }

  private static boolean isCachedQuery(Method method) {
    return AnnotatedElementUtils.hasAnnotation(method, CachedQuery.class);
  }

  private static Stream<Class<?>> interfaces(Class<?> type) {
    return type.isInterface() ? Stream.of(type) : Arrays.stream(type.getInterfaces());
  }

  /** Apart, so that an application without Spring Data never loads its classes. */
  private static final class Data {

    static boolean isRepository(Class<?> type) {
      return type.isInterface()
          && Repository.class.isAssignableFrom(type)
          && !type.getName().startsWith("org.springframework.data.");
    }

    static @Nullable Cached cached(@Nullable Cached own, Method method, Class<?> repository) {
      if (own == null
          && (!isReadingQuery(method)
              || Entities.in(method.getGenericReturnType(), repository) != null)) {
        return null;
      }
      Class<?>[] arguments = GenericTypeResolver.resolveTypeArguments(repository, Repository.class);
      Cached cached = own;
      for (Class<?> type :
          arguments == null ? List.of(repository) : List.of(repository, arguments[0])) {
        Cached its = AnnotatedElementUtils.hasAnnotation(type, CachedQuery.class)
            ? AnnotatedElementUtils.findMergedAnnotation(type, Cached.class)
            : null;
        if (its != null) {
          cached = cached == null ? its : filled(cached, its);
        }
      }
      return cached;
    }

    private static boolean isReadingQuery(Method method) {
      Class<?> declared = method.getDeclaringClass();
      return Repository.class.isAssignableFrom(declared)
          && !declared.getName().startsWith("org.springframework.data.")
          && !method.isDefault()
          && !AnnotatedElementUtils.isAnnotated(method, MODIFYING)
          && (AnnotatedElementUtils.hasAnnotation(method, QueryAnnotation.class)
              || DERIVED.matcher(method.getName()).matches());
    }

    /** The first, with the second's time and tags where it has none. */
    private static Cached filled(Cached one, Cached other) {
      Map<String, Object> attributes = new LinkedHashMap<>();
      AnnotationUtils.getAnnotationAttributes(one)
          .forEach((name, value) -> attributes.put(name, Objects.requireNonNull(value)));
      if (one.ttl().isEmpty()) {
        attributes.put("ttl", other.ttl());
      }
      if (one.staleFor().isEmpty()) {
        attributes.put("staleFor", other.staleFor());
      }
      if (one.tags().length == 0) {
        attributes.put("tags", other.tags());
      }
      return AnnotationUtils.synthesizeAnnotation(attributes, Cached.class, null);
    }
  }
}
