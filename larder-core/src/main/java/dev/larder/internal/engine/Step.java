package dev.larder.internal.engine;

import dev.larder.CacheTier;
import dev.larder.internal.l1.L1Entry;
import dev.larder.internal.load.Ticket;
import org.jspecify.annotations.Nullable;

/** What a lookup came to: an answer, or the duty to load. */
sealed interface Step<K, V> {

  /** Whether a tier answered. */
  default boolean isTierHit() {
    return this instanceof Answer<K, V> answer && answer.tier() != null;
  }

  /**
   * An entry answers.
   *
   * @param tier who had it; null when it was loaded by another whom this lookup waited for
   */
  record Answer<K, V>(L1Entry<K, V> entry, @Nullable CacheTier tier) implements Step<K, V> {}

  /** The caller has to load. */
  record Load<K, V>(Ticket<K, V> ticket) implements Step<K, V> {}
}
