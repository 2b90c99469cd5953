package dev.larder.spring.graphql;

import dev.larder.CacheScope;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Allows responses that contain the field of this controller method to be stored. The same as the
 * directive {@code @cachedResponse} in the schema; a field has one of the two.
 *
 * <pre>{@code
 * @QueryMapping
 * @CachedResponseField(ttl = "1m", tags = "albums")
 * List<Album> albums(@Argument String genre)
 * }</pre>
 *
 * <p>A response is stored if each of its fields that has a fetcher of its own is so marked, for the least
 * ttl of all and for the narrowest scope.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface CachedResponseField {

  /** How long a response may be served: {@code 5m}, {@code 300} (seconds), or a ttl class. */
  String ttl();

  /**
   * Tags that the response carries, with expressions as {@code #{...}} over the field's arguments by
   * name, {@code #source} and {@code #result}.
   */
  String[] tags() default {};

  /** Whom a response is for that contains the field. */
  CacheScope scope() default CacheScope.PUBLIC;
}
