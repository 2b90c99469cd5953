package dev.larder.spring.annotation;

import dev.larder.CacheScope;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;

/**
 * Caches a query, whose tags follow from the tables it reads: {@link Cached} with {@code capture}, for a
 * method of a Spring Data repository, a whole repository, or an entity.
 *
 * <pre>{@code
 * @Entity
 * @CachedQuery(ttl = "5m")
 * class Story { ... }
 *
 * interface Stories extends JpaRepository<Story, Long> {
 *   List<StoryLine> findByFeaturedTrue();      // cached for 5 minutes, until a story is written
 *
 *   @CachedQuery(ttl = "1h", tags = "front-page")
 *   long countByPublishedTrue();
 * }
 * }</pre>
 *
 * <p>On a repository it holds for the reading queries that the repository declares: methods with a
 * {@code @Query} that does not modify, and methods whose name is a query ({@code find...By}, {@code
 * count...By}, {@code exists...By}). On an entity it holds for those of each repository of the entity. A
 * method without time or tags of its own takes the repository's, else the entity's.
 *
 * <p>The capture needs {@code larder-hibernate}; without it an entry ends by its time and the tags that
 * are named here.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Cached(capture = true)
public @interface CachedQuery {

  /** See {@link Cached#cache}; not for types, whose methods each have a cache. */
  @AliasFor(annotation = Cached.class)
  String cache() default "";

  /** See {@link Cached#key}; not for types. */
  @AliasFor(annotation = Cached.class)
  String key() default "";

  /** See {@link Cached#ttl}. */
  @AliasFor(annotation = Cached.class)
  String ttl() default "";

  /** See {@link Cached#staleFor}. */
  @AliasFor(annotation = Cached.class)
  String staleFor() default "";

  /** Tags beside those of the tables; see {@link Cached#tags}. */
  @AliasFor(annotation = Cached.class)
  String[] tags() default {};

  /** See {@link Cached#scope}. */
  @AliasFor(annotation = Cached.class)
  CacheScope scope() default CacheScope.PUBLIC;
}
