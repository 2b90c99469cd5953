/**
 * Caching in Spring for GraphQL, at three levels: {@link
 * dev.larder.spring.graphql.LarderDataLoaders} reads many things by their ids through a cache, the
 * directive {@code @cached} caches what one field fetches, and {@code @cachedResponse} (or {@link
 * dev.larder.spring.graphql.CachedResponseField}) allows whole responses to be stored. Start with {@link
 * dev.larder.spring.graphql.LarderGraphQl}, which switches the directives on.
 */
@NullMarked
package dev.larder.spring.graphql;

import org.jspecify.annotations.NullMarked;
