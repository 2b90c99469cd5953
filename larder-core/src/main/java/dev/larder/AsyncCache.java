package dev.larder;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous face of a {@link Cache}: the same entries, flights and statistics. No method blocks.
 * A loader is called on the caller's thread if L1 alone decides, otherwise on the executor, never on a
 * thread of a store. Each stage is the caller's own; cancelling it changes nothing for others. Loaders must not wait for
 * one another in a circle: a stage has no thread by which that could be noticed.
 *
 * @param <K> key type
 * @param <V> value type
 */
public interface AsyncCache<K, V> {

  /** As {@link Cache#get(Object, Loader)}; null in the stage if the source has nothing. */
  CompletionStage<@Nullable V> get(
      K key, Function<? super K, ? extends CompletionStage<? extends @Nullable V>> loader);

  /** As {@link Cache#get(Object)}. */
  CompletionStage<Lookup<V>> get(K key);

  /** As {@link Cache#getAll}. */
  CompletionStage<Map<K, V>> getAll(
      Collection<? extends K> keys,
      Function<Set<K>, ? extends CompletionStage<? extends Map<? extends K, ? extends V>>> loader);

  /** As {@link Cache#put}. Many at once do not wait for each other. */
  CompletionStage<Acknowledgement> put(K key, @Nullable V value);

  /** As {@link Cache#invalidate}. */
  CompletionStage<Acknowledgement> invalidate(K key);

  /** As {@link Cache#invalidateAll}. */
  CompletionStage<Acknowledgement> invalidateAll(Collection<? extends K> keys);

  /** As {@link Cache#invalidatePrefix}. */
  CompletionStage<Acknowledgement> invalidatePrefix(Object... parts);

  /** As {@link Cache#clear}. */
  CompletionStage<Acknowledgement> clear();

  /** The synchronous face. */
  Cache<K, V> sync();
}
