package dev.larder.spring.thymeleaf;

import dev.larder.spring.annotation.CallerIdentity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/** Whom one use of a fragment is for, as parts of its key; and what guards the render. */
final class FragmentAudience {

  static final boolean HAS_SECURITY = ClassUtils.isPresent(
      "org.springframework.security.core.context.SecurityContextHolder",
      FragmentAudience.class.getClassLoader());

  private FragmentAudience() {}

  /**
   * One part of a key. A user's rights are in it: what one user may see changes with them.
   *
   * @throws IllegalStateException if there is no tenant
   */
  static List<@Nullable Object> of(FragmentScope scope, CallerIdentity identity) {
    List<@Nullable Object> parts = new ArrayList<>();
    switch (scope) {
      case TENANT -> parts.add(identity.tenant());
      case USER -> {
        parts.add(identity.user());
        parts.add(HAS_SECURITY ? RolesOnly.of() : "");
      }
      case ROLES -> parts.add(RolesOnly.of());
      case PUBLIC -> {}
    }
    return parts;
  }

  /** Guards the security context while a fragment for roles is rendered; the result ends it. */
  static Runnable guard(FragmentScope scope, FragmentInputs inputs) {
    return scope == FragmentScope.ROLES ? RolesOnly.install(inputs) : () -> {};
  }
}
