/**
 * Three ways to use a cache, for those who come with these words: {@link
 * dev.larder.strategy.TtlOnly}, {@link dev.larder.strategy.CacheAside}, {@link
 * dev.larder.strategy.WriteThrough}, and what an administrator does to them, {@link
 * dev.larder.strategy.CacheAdmin}.
 *
 * <p>Each is a few lines over {@link dev.larder.Cache}, which stays there to be used beside it: same
 * entries, same engine. Read {@link dev.larder.strategy.CacheStrategy} first.
 */
@NullMarked
package dev.larder.strategy;

import org.jspecify.annotations.NullMarked;
