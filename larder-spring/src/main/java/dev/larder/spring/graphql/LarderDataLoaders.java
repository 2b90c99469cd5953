package dev.larder.spring.graphql;

import dev.larder.BulkLoader;
import dev.larder.Cache;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.dataloader.BatchLoaderEnvironment;
import reactor.core.publisher.Mono;

/**
 * Batch loaders that read through a cache. The DataLoader gathers the ids of one level of a query; the
 * cache answers those that it has, in one round trip, and the loader is asked once for the rest.
 *
 * <pre>{@code
 * registry.forTypePair(Long.class, Artist.class)
 *     .registerMappedBatchLoader(LarderDataLoaders.mapped(artists, repository::findAllById));
 * }</pre>
 *
 * <p>The loader runs as a load of the cache, so what it read before an invalidation is never stored after
 * it. That can't be had by looking up first and putting afterwards.
 */
public final class LarderDataLoaders {

  private LarderDataLoaders() {}

  /**
   * For a loader that answers at once. It runs on the thread that dispatches the DataLoader.
   *
   * @param loader values by id; ids that are not there are left out
   */
  public static <K, V> BiFunction<Set<K>, BatchLoaderEnvironment, Mono<Map<K, V>>> mapped(
      Cache<K, V> cache, BulkLoader<K, V, ?> loader) {
    return (ids, environment) -> {
      try {
        return Mono.just(cache.getAll(ids, loader));
      } catch (Exception failure) {
        return Mono.error(failure);
      }
    };
  }

  /** For a loader that answers later. It runs on the dispatching thread, or an executor of the larder. */
  public static <K, V> BiFunction<Set<K>, BatchLoaderEnvironment, Mono<Map<K, V>>> mappedLater(
      Cache<K, V> cache, Function<Set<K>, ? extends CompletionStage<Map<K, V>>> loader) {
    return (ids, environment) -> Mono.fromCompletionStage(cache.async().getAll(ids, loader));
  }
}
