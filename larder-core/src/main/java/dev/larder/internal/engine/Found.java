package dev.larder.internal.engine;

import dev.larder.internal.entry.Sealed;
import dev.larder.internal.l1.L1Entry;
import org.jspecify.annotations.Nullable;

/**
 * What a slot of a tier came to.
 *
 * @param state see {@link State}
 * @param nonce what a compare-and-set has to name; 0 for an empty slot
 * @param entry the entry of a hit or of one that may only stand in; otherwise null
 * @param sealed the stored form of the entry; null where there is no entry
 * @param why of a miss, for people: a lookup that it was read for is to note it; else empty
 */
record Found<K, V>(
    State state,
    long nonce,
    @Nullable L1Entry<K, V> entry,
    @Nullable Sealed sealed,
    String why) {

  enum State {
    /** Nothing, or nothing that may be served: plant over {@code nonce}. */
    MISS,
    /** Another is loading. */
    LEASED,
    /** A valid entry. */
    HIT,
    /** A valid entry past the time it is served; it may stand in for a failed load. */
    STAND_IN
  }

  static <K, V> Found<K, V> miss(long nonce, String why) {
    return new Found<>(State.MISS, nonce, null, null, why);
  }
}
