/**
 * Spring's cache abstraction on Larder: {@code @Cacheable}, {@code @CacheEvict}, {@code @CachePut} and
 * {@code CacheManager} as they are.
 *
 * <p>Read {@link dev.larder.spring.cache.LarderCacheManager} first, then {@link
 * dev.larder.spring.cache.LarderCache}. {@link
 * dev.larder.spring.cache.LarderCacheInterceptor} is what makes an annotated method's load safe from
 * stale fills: Spring looks, runs the method and puts; here the method runs as the load of the entry.
 */
@NullMarked
package dev.larder.spring.cache;

import org.jspecify.annotations.NullMarked;
