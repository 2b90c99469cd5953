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

  /**
   * The application's own, else that of Spring Security where it is on the class path, else one that
   * knows nobody. From then on a load that reads Spring Security's context is noticed.
   *
   * @param own bean of the application; null if there is none
   */
  static CallerIdentity orDefault(@Nullable CallerIdentity own) {
    CallerIdentity found = LarderAnnotations.foundIdentity();
    if (own != null) {
      return own;
    }
    return found == null ? new NobodyKnown() : found;
  }

  /** Whether nothing says who is asking, so that a scope below public can't be told apart. */
  default boolean isNobodyKnown() {
    return false;
  }
}
