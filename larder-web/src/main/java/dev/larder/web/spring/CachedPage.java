package dev.larder.web.spring;

import dev.larder.web.Scope;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;

/**
 * A page that visitors who are not logged in may share: for 15 minutes, a variant for each language.
 * {@link CachedResponse} with other defaults.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@CachedResponse
public @interface CachedPage {

  /** See {@link CachedResponse#cache}. */
  @AliasFor(annotation = CachedResponse.class)
  String cache() default "";

  /** See {@link CachedResponse#ttl}. */
  @AliasFor(annotation = CachedResponse.class)
  String ttl() default "15m";

  /** See {@link CachedResponse#staleFor}. */
  @AliasFor(annotation = CachedResponse.class)
  String staleFor() default "0s";

  /** See {@link CachedResponse#staleIfError}. */
  @AliasFor(annotation = CachedResponse.class)
  String staleIfError() default "0s";

  /** See {@link CachedResponse#revalidateFor}. */
  @AliasFor(annotation = CachedResponse.class)
  String revalidateFor() default "0s";

  /** See {@link CachedResponse#tags}. */
  @AliasFor(annotation = CachedResponse.class)
  String[] tags() default {};

  /** See {@link CachedResponse#vary}. */
  @AliasFor(annotation = CachedResponse.class)
  String[] vary() default {"Accept-Language"};

  /** See {@link CachedResponse#query}. */
  @AliasFor(annotation = CachedResponse.class)
  String[] query() default {CachedResponse.OF_PARAMETERS};

  /** See {@link CachedResponse#scope}. */
  @AliasFor(annotation = CachedResponse.class)
  Scope scope() default Scope.ANONYMOUS;

  /** See {@link CachedResponse#roles}. */
  @AliasFor(annotation = CachedResponse.class)
  String[] roles() default {};

  /** See {@link CachedResponse#condition}. */
  @AliasFor(annotation = CachedResponse.class)
  String condition() default "";

  /** See {@link CachedResponse#purpose}. */
  @AliasFor(annotation = CachedResponse.class)
  String purpose() default "view";

  /** See {@link CachedResponse#browserTtl}. */
  @AliasFor(annotation = CachedResponse.class)
  String browserTtl() default "0s";
}
