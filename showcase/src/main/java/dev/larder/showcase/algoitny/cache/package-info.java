/**
 * AlgoItny's caches. Read {@link dev.larder.showcase.algoitny.cache.Tags}, which has the invalidation
 * matrix, then {@link dev.larder.showcase.algoitny.cache.ProblemCaches} and {@link
 * dev.larder.showcase.algoitny.cache.AccountCaches}, which have the caches.
 *
 * <p>Times are classes of {@code algoitny.properties} ({@code larder.ttl.*}), which {@code
 * CACHE_PROBLEM_LIST_TTL=300} and the like overrule. Nothing here listens to writes: the entities say
 * what they end. {@link dev.larder.showcase.algoitny.cache.Invalidations} is the same by hand, plans of
 * warming fill caches before anybody asks, {@link
 * dev.larder.showcase.algoitny.cache.TtlTrial} compares two times on the problem list.
 */
@NullMarked
package dev.larder.showcase.algoitny.cache;

import org.jspecify.annotations.NullMarked;
