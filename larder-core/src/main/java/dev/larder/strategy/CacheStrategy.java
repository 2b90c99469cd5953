package dev.larder.strategy;

import dev.larder.Acknowledgement;
import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.Loader;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One namespace of keys and what reading and writing mean in it.
 *
 * <pre>
 *                  reads                       writes                        what you may rely on
 * TtlOnly          the cache alone             the cache alone               it is gone after the ttl
 * CacheAside       the cache, else the source  the source; then delete       as {@link Cache}: maxStaleness
 * WriteThrough     the cache, else the source  the source, then the cache    every acknowledged write
 * </pre>
 *
 * <p>A namespace is a {@link Cache} of that name, whose keys read
 * {@code {keyPrefix}:{namespace}:v{version}:{parts…}}; two namespaces never share a key. A failing tier
 * fails no call. Safe for many threads.
 *
 * @param <K> key type: a scalar, a record or a list of such
 * @param <V> value type
 */
public abstract sealed class CacheStrategy<K, V> permits TtlOnly, CacheAside, WriteThrough {

  final Larder larder;
  final Cache<K, V> cache;

  CacheStrategy(Larder larder, String namespace, CachePolicy<K, V> policy) {
    this.larder = larder;
    this.cache = larder.cache(namespace, policy);
  }

  /** The name of the namespace. */
  public final String namespace() {
    return cache.name();
  }

  /** The cache below, with all that it can do. */
  public final Cache<K, V> cache() {
    return cache;
  }

  /** What a key is called in the shared tiers: {@code themoon:feed:v1:42L:1}. No I/O. */
  public final String key(K key) {
    return larder.batch().key(cache, key).change().keys().get(0);
  }

  /** The value of a key; null if there is none. */
  public abstract @Nullable V get(K key);

  /** The values of many keys, in the order asked for; those that have none are left out. */
  public abstract Map<K, V> getMany(Collection<? extends K> keys);

  /** Sets a value. */
  public abstract Acknowledgement set(K key, V value);

  /** Sets many values, each for itself: if one fails, others may have been set. */
  public abstract void setMany(Map<? extends K, ? extends V> values);

  /** Ends an entry on all nodes. The source is not touched. */
  public final Acknowledgement delete(K key) {
    return cache.invalidate(key);
  }

  /** Ends many entries, in one step. */
  public final Acknowledgement deleteMany(Collection<? extends K> keys) {
    return cache.invalidateAll(keys);
  }

  /**
   * The value of a key, else what the loader finds, which is kept; one load at a time for a key, across
   * all processes.
   *
   * @throws X what the loader throws
   */
  public <X extends Exception> @Nullable V getOrSet(K key, Loader<? super K, ? extends V, X> loader)
      throws X {
    return cache.get(key, loader);
  }

  /** Puts all at once: each takes the round trips of one, but they do not wait for each other. */
  final void putAll(Map<? extends K, ? extends V> values) {
    CompletableFuture.allOf(values.entrySet().stream()
            .map(entry -> cache.async().put(entry.getKey(), entry.getValue()))
            .map(stage -> stage.toCompletableFuture())
            .toArray(CompletableFuture[]::new))
        .join();
  }
}
