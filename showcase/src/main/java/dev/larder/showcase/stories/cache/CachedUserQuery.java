package dev.larder.showcase.stories.cache;

import dev.larder.CacheScope;
import dev.larder.spring.annotation.Cached;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;

/** A cached query of users: for {@code CACHE_TTL_USER_PROFILE} seconds. */
@Cached
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CachedUserQuery {

  /** The cache's name. */
  @AliasFor(annotation = Cached.class, attribute = "cache")
  String value();

  /** How long an entry is fresh. */
  @AliasFor(annotation = Cached.class)
  String ttl() default "user-profile";

  /** What ends it. */
  @AliasFor(annotation = Cached.class)
  String[] tags() default {};

  /** Whom an entry is for. */
  @AliasFor(annotation = Cached.class)
  CacheScope scope() default CacheScope.PUBLIC;
}
