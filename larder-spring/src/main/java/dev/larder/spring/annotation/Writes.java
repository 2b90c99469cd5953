package dev.larder.spring.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;

/**
 * Writes through: the method changes the source, and what it returns is the key's new value, on every
 * node. If somebody else wrote or invalidated the key meanwhile, it is left to the next reader to load.
 *
 * <p>Inside a transaction this happens at its commit. If the method fails the key is invalidated, since
 * nobody knows what the source has.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface Writes {

  /** See {@link #cache}. */
  @AliasFor("cache")
  String value() default "";

  /** Name of a cache that exists: that of a {@link Cached} method, or one made by hand. */
  @AliasFor("value")
  String cache() default "";

  /**
   * Expression of the key, as the cache's other methods have it. With {@code #result} in it the key is
   * known too late to guard against other writers; the key is then invalidated and nothing is stored.
   */
  String key();

  /** Expression; where it is false the cache is left alone. */
  String condition() default "";
}
