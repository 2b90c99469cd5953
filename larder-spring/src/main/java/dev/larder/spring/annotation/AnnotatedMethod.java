package dev.larder.spring.annotation;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * A method with at least one annotation, as a bean's class has it.
 *
 * @param type class of the bean
 * @param method the method
 */
record AnnotatedMethod(Class<?> type, Method method) {

  static final List<Class<? extends Annotation>> KINDS =
      List.of(Cached.class, CachedAll.class, Writes.class, Invalidates.class);

  @Nullable Cached cached() {
    return RepositoryQueries.cached(method, type);
  }

  @Nullable CachedAll cachedAll() {
    return AnnotatedElementUtils.findMergedAnnotation(method, CachedAll.class);
  }

  @Nullable Writes writes() {
    return AnnotatedElementUtils.findMergedAnnotation(method, Writes.class);
  }

  Set<Invalidates> invalidates() {
    return AnnotatedElementUtils.findMergedRepeatableAnnotations(method, Invalidates.class);
  }

  static boolean isAnnotated(Method method, Class<?> type) {
    return isAnnotated(method) || RepositoryQueries.cached(method, type) != null;
  }

  private static boolean isAnnotated(Method method) {
    return KINDS.stream().anyMatch(kind -> AnnotatedElementUtils.hasAnnotation(method, kind))
        || AnnotatedElementUtils.hasAnnotation(method, Invalidates.List.class);
  }

  /** Whether a method of a bean has {@link Invalidates} or {@link Writes}. */
  static boolean changes(Method method, Class<?> type) {
    Method theirs = AopUtils.getMostSpecificMethod(method, type);
    return AnnotatedElementUtils.hasAnnotation(theirs, Invalidates.class)
        || AnnotatedElementUtils.hasAnnotation(theirs, Writes.class)
        || AnnotatedElementUtils.hasAnnotation(theirs, Invalidates.List.class);
  }

  /** All of them, of all beans, lazy ones too. No bean is made for that. */
  static Collection<AnnotatedMethod> of(ConfigurableListableBeanFactory beans) {
    List<AnnotatedMethod> methods = new ArrayList<>();
    for (String name : beans.getBeanNamesForType(Object.class, true, false)) {
      if (ScopedProxyUtils.isScopedTarget(name)) {
        continue;
      }
      Class<?> found = AutoProxyUtils.determineTargetClass(beans, name);
      Class<?> type = found == null ? null : RepositoryQueries.declaring(found);
      if (type == null || type.getName().startsWith("org.springframework.") || !mayHaveAny(type)) {
        continue;
      }
      for (Method method : MethodIntrospector.selectMethods(
              type, (MethodIntrospector.MetadataLookup<Boolean>)
                  each -> isAnnotated(each, type) ? true : null)
          .keySet()) {
        methods.add(new AnnotatedMethod(type, method));
      }
    }
    return methods;
  }

  private static boolean mayHaveAny(Class<?> type) {
    return RepositoryQueries.isRepository(type)
        || KINDS.stream().anyMatch(kind -> AnnotationUtils.isCandidateClass(type, kind));
  }
}
