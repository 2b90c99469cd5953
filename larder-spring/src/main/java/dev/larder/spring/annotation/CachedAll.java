package dev.larder.spring.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;

/**
 * Answers a method that reads many things by their ids: what the cache has comes from there in one
 * round trip, and the method is called once, with the ids that are missing.
 *
 * <pre>{@code
 * @CachedAll(cache = "album", ttl = "1h", tags = "artist:#{#result.artistId}")
 * Map<Long, Album> albums(Set<Long> ids)
 * }</pre>
 *
 * <p>The method has one parameter, a {@code Collection}, {@code List} or {@code Set} of ids, and returns
 * a {@code Map} from id to value, or a {@code List} of values, which then need {@link #id}. Entries are
 * shared with a {@link Cached} method of the same cache whose key is the id alone.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface CachedAll {

  /** See {@link #cache}. */
  @AliasFor("cache")
  String value() default "";

  /** As {@link Cached#cache}. */
  @AliasFor("value")
  String cache() default "";

  /** Expression over {@code #result}, one value: its id. Needed where the method returns a list. */
  String id() default "";

  /** As {@link Cached#ttl}. */
  String ttl() default "";

  /** As {@link Cached#staleFor}. */
  String staleFor() default "";

  /** As {@link Cached#negativeTtl}, for ids that the source does not have. Default: not remembered. */
  String negativeTtl() default "";

  /** Tags of one entry; expressions see {@code #id} and {@code #result}, one id and its value. */
  String[] tags() default {};

  /** As {@link Cached#version}. */
  int version() default 1;
}
