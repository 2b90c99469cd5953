package dev.larder.internal.load;

import dev.larder.internal.l1.L1Entry;
import dev.larder.internal.node.Moment;
import dev.larder.internal.store.GuardedStore;
import dev.larder.key.SlotKey;
import org.jspecify.annotations.Nullable;

/**
 * The duty to load a key, and the right to store what comes of it.
 *
 * @param key the caller's key
 * @param slot where it is stored
 * @param flight who waits
 * @param store where the lease was planted; null when nothing may be stored below L1
 * @param nonce what the slot must still hold for the fill to count; {@link #PASSING} where nothing is
 *     stored or taken away at all
 * @param planted whether {@code nonce} is our placeholder, which a failed load has to take away
 * @param moment what the load is as of
 * @param standIn a valid entry past its time, for the load to see and to serve if it fails; often null
 * @param <K> key type
 * @param <V> value type
 */
public record Ticket<K, V>(
    K key,
    SlotKey slot,
    Flight<K, V> flight,
    @Nullable GuardedStore store,
    long nonce,
    boolean planted,
    Moment moment,
    @Nullable L1Entry<K, V> standIn) {

  /** Nonce of a load of a key that is switched off. */
  public static final long PASSING = -1;

  /** Whether the load leaves every tier as it is. */
  public boolean isPassing() {
    return nonce == PASSING && store == null;
  }
}
