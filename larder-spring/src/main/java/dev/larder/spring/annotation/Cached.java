package dev.larder.spring.annotation;

import dev.larder.CacheScope;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;

/**
 * Answers a method's calls from a cache and runs it only for what the cache lacks, once for all callers
 * that ask at the same time, in every process.
 *
 * <pre>{@code
 * @Cached(cache = "story", ttl = "5m", tags = {"story", "author:#{#authorId}"})
 * List<Story> byAuthor(long authorId)
 * }</pre>
 *
 * <p>The method may return a value, {@code Optional}, a collection, {@code Stream}, {@code
 * CompletionStage}, {@code Mono} or {@code Flux}. Streams and collections are read to their end and
 * stored as unmodifiable ones, which all callers share. Null is remembered too.
 *
 * <p>Texts take {@code ${...}} placeholders. Expressions are Spring's; they see the parameters by name
 * ({@code #authorId}, {@code #p0}) and, where said so, {@code #result}: what is stored, so the element
 * of an {@code Optional} or {@code Mono}. Everything is checked when the application starts. May be
 * used as a meta-annotation, with {@link AliasFor}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface Cached {

  /** See {@link #cache}. */
  @AliasFor("cache")
  String value() default "";

  /**
   * The cache's name, 1 to 64 letters, digits, {@code _ . -}. Methods that name the same cache share
   * its entries, so what they store must have one type. Default: class and method.
   */
  @AliasFor("value")
  String cache() default "";

  /**
   * Expression of the key; a list gives its parts. Default: class, method and all arguments, each of
   * which then needs a stable form.
   */
  String key() default "";

  /**
   * How long an entry is fresh: {@code 5m}, {@code 300} (seconds), {@code PT5M}, or the name of a ttl
   * class ({@code larder.ttl.<name>}). Default 5 minutes.
   */
  String ttl() default "";

  /** How long past its ttl a valid entry is still served while it is refreshed. Default not at all. */
  String staleFor() default "";

  /** How long a null or an empty {@code Optional} is remembered. Default: as long as a value. */
  String negativeTtl() default "";

  /** Tags, with expressions as {@code #{...}}, which see {@code #result}; a collection gives many. */
  String[] tags() default {};

  /** Expression; where it is false the call goes round the cache. */
  String condition() default "";

  /** Expression that sees {@code #result}; where it is true the result is not stored. */
  String unless() default "";

  /**
   * Whom an entry is for. Below {@link CacheScope#PUBLIC} the key also names the tenant or user of the
   * {@link CallerIdentity}. A load that reads who is asking beyond its scope stores nothing.
   */
  CacheScope scope() default CacheScope.PUBLIC;

  /** Whether what the method reads becomes its tags; see {@link dev.larder.CachePolicyBuilder#capture}. */
  boolean capture() default false;

  /** Raise it when the meaning of keys or values changes: older entries are then out of reach. */
  int version() default 1;
}
