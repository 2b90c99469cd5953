/**
 * What AlgoItny is about: four entities, and the records that are answered and cached.
 *
 * <p>{@link dev.larder.showcase.algoitny.domain.Problem}, {@link
 * dev.larder.showcase.algoitny.domain.TestCase} and {@link
 * dev.larder.showcase.algoitny.domain.SearchHistory} say by {@code @InvalidatesTags} what ends when one
 * of them is saved or deleted. Entities are never cached: they belong to their session.
 */
@NullMarked
package dev.larder.showcase.algoitny.domain;

import org.jspecify.annotations.NullMarked;
