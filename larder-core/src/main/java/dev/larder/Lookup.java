package dev.larder;

import org.jspecify.annotations.Nullable;

/**
 * What a cache knows of a key, without loading.
 *
 * @param <V> value type
 */
public sealed interface Lookup<V> permits Lookup.Hit, Lookup.Absence, Lookup.Miss {

  /** Whether the cache could answer: a hit or a remembered absence. */
  default boolean isAnswered() {
    return !(this instanceof Miss);
  }

  /** The value of a hit, otherwise null; where null may be a value, ask for the type instead. */
  default @Nullable V orNull() {
    return this instanceof Hit<V> hit ? hit.value() : null;
  }

  /**
   * A value that no invalidation covers.
   *
   * @param value the value; null only in a cache that takes null as a value
   * @param tier the tier that answered
   * @param isStale whether it is past its ttl (and provably valid all the same)
   * @param <V> value type
   */
  record Hit<V>(@Nullable V value, CacheTier tier, boolean isStale) implements Lookup<V> {}

  /**
   * The source said that there is nothing, and no invalidation covers that.
   *
   * @param tier the tier that answered
   * @param <V> value type
   */
  record Absence<V>(CacheTier tier) implements Lookup<V> {}

  /**
   * Nothing usable.
   *
   * @param <V> value type
   */
  record Miss<V>() implements Lookup<V> {}
}
