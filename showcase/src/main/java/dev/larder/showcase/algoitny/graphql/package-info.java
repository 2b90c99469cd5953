/**
 * The same data by GraphQL, with three caches that work by themselves: whole responses ({@code
 * @cachedResponse} in {@code algoitny/schema.graphqls}), single fields ({@code @cached}), and a
 * DataLoader that reads through the cache of test cases.
 */
@NullMarked
package dev.larder.showcase.algoitny.graphql;

import org.jspecify.annotations.NullMarked;
