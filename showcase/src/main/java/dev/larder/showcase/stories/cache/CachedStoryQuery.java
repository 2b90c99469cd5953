package dev.larder.showcase.stories.cache;

import dev.larder.spring.annotation.Cached;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;

/** A cached query of stories: for {@code CACHE_TTL_STORY_LISTING} seconds. */
@Cached
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CachedStoryQuery {

  /** The cache's name. */
  @AliasFor(annotation = Cached.class, attribute = "cache")
  String value();

  /** How long an entry is fresh. */
  @AliasFor(annotation = Cached.class)
  String ttl() default "story-listing";

  /** What ends it. */
  @AliasFor(annotation = Cached.class)
  String[] tags() default {};
}
