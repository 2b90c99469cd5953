package dev.larder;

import dev.larder.log.Position;
import dev.larder.stats.CacheStats;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One named cache. What it returns is covered by no invalidation that this node was told of, and by
 * none anywhere that is older than the policy's {@code maxStaleness}.
 *
 * <p>Safe for many threads. Keys and values are shared between callers and must not be changed. A
 * failing tier never fails a call: it is skipped. What loaders throw arrives unwrapped. Cost in round
 * trips is given for two tiers (L1, L2).
 *
 * <p>Reads of a key on one node are linearizable as long as its writers change the source and then
 * invalidate, or come one at a time. While a {@link #write} or {@link #put} overlaps another writer, or
 * a {@link #refresh} overlaps a writer, no reader gets anything older than what was acknowledged when it
 * asked, but of what is not acknowledged yet one may get the new value and the next the old.
 *
 * @param <K> key type
 * @param <V> value type
 */
public interface Cache<K, V> {

  /** Its name. */
  String name();

  /** Its policy. */
  CachePolicy<K, V> policy();

  /**
   * The value of a key, loaded if need be; one load at a time for a key, across all processes.
   *
   * <p>The loader runs on this thread unless the policy sets a time-out. L1 hit: no round trip, no
   * allocation. L2 hit: one. Load: three (read, placeholder, fill).
   *
   * @return the value; null if the source has none
   * @throws X what the loader throws
   * @throws LoadTimeoutException if the load took longer than the policy's hard time-out
   */
  <X extends Exception> @Nullable V get(K key, Loader<? super K, ? extends V, X> loader) throws X;

  /** What the cache knows of a key, without loading and without waiting for one who loads. */
  Lookup<V> get(K key);

  /**
   * As {@link #get(Object)}, and neither counted nor told to listeners: for those who look before they
   * read, and for tools.
   */
  Lookup<V> peek(K key);

  /**
   * The values of many keys; the bulk loader is asked once, for those that are missing and that no one
   * else is loading. Keys for which the source has nothing are left out of the result. Hits from L2
   * cost one round trip together.
   *
   * @param keys keys, duplicates count once
   * @return in the order of {@code keys}
   * @throws X what the loader throws; then nothing is returned, what was read stays cached
   */
  <X extends Exception> Map<K, V> getAll(Collection<? extends K> keys, BulkLoader<K, V, X> loader)
      throws X;

  /** Stores a value that the caller knows to be the source's now. As {@link #write} with no source. */
  Acknowledgement put(K key, @Nullable V value);

  /**
   * Writes through: voids what is cached and loads under way, runs the writer, stores what it returns
   * and records that the key changed. If another writer came in between nothing is stored, and the key
   * is invalidated instead. Four round trips.
   *
   * @throws X what the writer throws; the key is invalidated then, since nobody knows what the source
   *     holds
   */
  <X extends Exception> Acknowledgement write(K key, SourceWriter<? extends V, X> writer) throws X;

  /**
   * Replaces a cached value by a function of it, atomically across processes; tried again when another
   * came first. The function may run more than once. Nothing is loaded.
   *
   * @return what the cache now has; a miss if it had none
   */
  Lookup<V> update(K key, UnaryOperator<V> change);

  /** Ends a key's entry, everywhere. Two round trips. */
  Acknowledgement invalidate(K key);

  /** Ends many keys' entries, as one record. */
  Acknowledgement invalidateAll(Collection<? extends K> keys);

  /** Ends all entries that carry one of the tags, in this and all other caches of the larder. */
  Acknowledgement invalidateTags(String... tags);

  /** Ends all entries whose key begins with these parts. One record, however many entries. */
  Acknowledgement invalidatePrefix(Object... parts);

  /** Ends all entries of this cache. One record, however many entries. */
  Acknowledgement clear();

  /**
   * Loads anew and replaces the entry, whatever is cached; readers do not wait. It ends nothing: a load
   * that began before may end after it and store what the source had then. Who changed the source
   * invalidates.
   */
  <X extends Exception> @Nullable V refresh(K key, Loader<? super K, ? extends V, X> loader)
      throws X;

  /** Lets an entry live {@code ttl} from now; its asOf stays. False if there is no valid entry. */
  boolean touch(K key, Duration ttl);

  /** Whether the {@link Larder#switches() switches} let this key be cached now, in this process. */
  boolean isOn(K key);

  /** What this cache has done in this process. */
  CacheStats stats();

  /**
   * A view that answers with nothing older than a position. It waits for this node to get there, and
   * goes round L1 if that takes long.
   */
  Cache<K, V> atLeast(Position position);

  /** The asynchronous face of the same cache. */
  AsyncCache<K, V> async();
}
