package dev.larder.spring.thymeleaf;

import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/** Values that are one visitor's by their type. */
final class OneVisitors {

  private static final @Nullable Class<?> CSRF_TOKEN =
      found("org.springframework.security.web.csrf.CsrfToken");

  private OneVisitors() {}

  private static @Nullable Class<?> found(String name) {
    ClassLoader loader = OneVisitors.class.getClassLoader();
    return ClassUtils.isPresent(name, loader) ? ClassUtils.resolveClassName(name, loader) : null;
  }

  /** The value itself; what it tells of the visitor is noted. */
  static @Nullable Object noted(@Nullable Object value, String name, FragmentInputs inputs) {
    if (CSRF_TOKEN != null && CSRF_TOKEN.isInstance(value)) {
      inputs.read("CSRF token");
    } else if (value instanceof Principal) {
      inputs.readUser("user (" + name + ")");
    }
    return value;
  }
}
