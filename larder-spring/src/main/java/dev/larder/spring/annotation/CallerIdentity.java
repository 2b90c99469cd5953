package dev.larder.spring.annotation;

import org.jspecify.annotations.Nullable;

/**
 * Says who is asking, for caches of a scope below public. A bean of this type replaces the default,
 * which takes the user's name from Spring Security and knows no tenants. Called once for each call of a
 * scoped method, on its thread; must be quick.
 */
public interface CallerIdentity {

  /** The user in a stable form, such as a name or number; null for visitors who are not known. */
  @Nullable Object user();

  /**
   * The tenant in a stable form.
   *
   * @throws IllegalStateException if there is none; the call then fails
   */
  Object tenant();
}
