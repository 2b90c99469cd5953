package dev.larder.spring.graphql;

import dev.larder.BulkLoader;
import dev.larder.Cache;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.dataloader.Try;
import org.dataloader.ValueCache;

/**
 * A DataLoader's value cache over {@link Cache#getAll}, for DataLoaders that are made by hand:
 *
 * <pre>{@code
 * DataLoaderFactory.newDataLoader(anyBatchLoader,
 *     DataLoaderOptions.newOptions().setValueCache(LarderValueCache.of(artists, repository::findAllById)));
 * }</pre>
 *
 * <p>It answers every key, by loading what the cache lacks, so the DataLoader's own batch loader is never
 * asked. {@link #set} and {@link #setValues} store nothing: a DataLoader looks up, loads, and sets in three
 * steps, and whatever was invalidated in between would come back as a value that looks new.
 *
 * <p>Safe for many threads. Loads on the thread that dispatches. Where the source has nothing the value is
 * null.
 *
 * @param <K> key type
 * @param <V> value type
 */
public final class LarderValueCache<K, V> implements ValueCache<K, V> {

  private final Cache<K, V> cache;
  private final BulkLoader<K, V, ?> loader;

  private LarderValueCache(Cache<K, V> cache, BulkLoader<K, V, ?> loader) {
    this.cache = cache;
    this.loader = loader;
  }

  /** Over a cache and what reads its source. */
  public static <K, V> LarderValueCache<K, V> of(Cache<K, V> cache, BulkLoader<K, V, ?> loader) {
    return new LarderValueCache<>(cache, loader);
  }

  @Override
  @SuppressWarnings("NullAway") // DataLoader takes null for a value, and does not say so
  public CompletableFuture<V> get(K key) {
    return all(List.of(key)).thenApply(found -> found.get(key));
  }

  @Override
  @SuppressWarnings("NullAway") // as get
  public CompletableFuture<List<Try<V>>> getValues(List<K> keys) {
    return all(keys).thenApply(found -> {
      List<Try<V>> values = new ArrayList<>(keys.size());
      keys.forEach(key -> values.add(Try.succeeded(found.get(key))));
      return values;
    });
  }

  private CompletableFuture<Map<K, V>> all(List<K> keys) {
    try {
      return CompletableFuture.completedFuture(cache.getAll(keys, loader));
    } catch (Exception failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  /** Stores nothing. */
  @Override
  public CompletableFuture<V> set(K key, V value) {
    return CompletableFuture.completedFuture(value);
  }

  /** Stores nothing. */
  @Override
  public CompletableFuture<List<V>> setValues(List<K> keys, List<V> values) {
    return CompletableFuture.completedFuture(values);
  }

  /** Ends the key's entry, for everybody. */
  @Override
  public CompletableFuture<Void> delete(K key) {
    return cache.async().invalidate(key).thenAccept(done -> {}).toCompletableFuture();
  }

  /** Ends all entries of the cache, for everybody. */
  @Override
  public CompletableFuture<Void> clear() {
    return cache.async().clear().thenAccept(done -> {}).toCompletableFuture();
  }
}
