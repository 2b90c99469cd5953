package dev.larder.spring.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Invalidates after the method has returned; inside a transaction at its commit, and never if it is
 * rolled back. All annotations of one method make one record of the log. If the method throws, nothing
 * is invalidated.
 *
 * <p>Expressions see the parameters and {@code #result}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Repeatable(Invalidates.List.class)
public @interface Invalidates {

  /** Tags, with expressions as {@code #{...}}; a collection gives many. */
  String[] tags() default {};

  /** The cache that {@link #key}, {@link #prefix} and {@link #all} speak of. */
  String cache() default "";

  /** Expression of one key of the cache. */
  String key() default "";

  /** Expression of the first parts of keys: every key of the cache that begins with them and has more. */
  String prefix() default "";

  /** Ends every entry of the cache. */
  boolean all() default false;

  /** Expression; where it is false nothing is invalidated. */
  String condition() default "";

  /** Several of them. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
  @interface List {

    /** The annotations. */
    Invalidates[] value();
  }
}
