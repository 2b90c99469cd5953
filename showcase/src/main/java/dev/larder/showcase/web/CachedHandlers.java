package dev.larder.showcase.web;

import dev.larder.web.spring.CachedPage;
import dev.larder.web.spring.CachedResponse;
import java.lang.reflect.AnnotatedElement;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;

/** Tells the handlers whose responses Larder stores: it decides on their {@code Cache-Control}. */
final class CachedHandlers {
  private CachedHandlers() {}

  static boolean isCached(Object handler) {
    return handler instanceof HandlerMethod method && isCached(method.getMethod());
  }

  static boolean isCached(AnnotatedElement method) {
    return AnnotatedElementUtils.hasAnnotation(method, CachedResponse.class)
        || AnnotatedElementUtils.hasAnnotation(method, CachedPage.class);
  }
}
