package dev.larder.warm;

import dev.larder.BulkLoader;
import dev.larder.Cache;
import dev.larder.Loader;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which keys of a cache to load, when, and how gently.
 *
 * <pre>{@code
 * larder.warming().declare(WarmPlan.of("albums", albums)
 *     .keys(repository::idsByFame)
 *     .loader(repository::findById)
 *     .every(Duration.ofMinutes(5))
 *     .perSecond(200)
 *     .build());
 * }</pre>
 *
 * <p>What is cached and fresh is not loaded again, so a run that was cut off and begun anew loads only
 * the missing. Immutable; its functions are called by the run's threads, the one that reads keys by one
 * thread at a time.
 *
 * @param <K> key type
 * @param <V> value type
 */
public final class WarmPlan<K, V> {

  private final WarmPlanBuilder<K, V> set;

  WarmPlan(WarmPlanBuilder<K, V> set) {
    this.set = set;
  }

  /**
   * Begins a plan.
   *
   * @param name 1 to 64 letters, digits, {@code _ . -}; the same on all nodes
   */
  public static <K, V> WarmPlanBuilder<K, V> of(String name, Cache<K, V> cache) {
    return new WarmPlanBuilder<>(name, Objects.requireNonNull(cache));
  }

  /**
   * Begins a plan of calls that cache what they return, as annotated methods do. Whether a call
   * finds its value cached is not known: each counts as a load.
   */
  public static WarmPlanBuilder<Callable<?>, Object> ofCalls(
      String name, Supplier<? extends Stream<? extends Callable<?>>> calls) {
    return new WarmPlanBuilder<Callable<?>, Object>(name, null)
        .keys(calls)
        .loader((Loader<Callable<?>, Object, Exception>) Callable::call);
  }

  /** Its name. */
  public String name() {
    return set.name;
  }

  /** The cache; null for a plan of calls. */
  public @Nullable Cache<K, V> cache() {
    return set.cache;
  }

  /** Type of the argument that its runs take; null if they take none. */
  public @Nullable Class<?> argumentType() {
    return set.argumentType;
  }

  /**
   * The keys of a run, read lazily.
   *
   * @param argument of the type that the plan takes; null if it takes none
   */
  public Stream<? extends K> keys(@Nullable Object argument) {
    Function<@Nullable Object, ? extends Stream<? extends K>> keys = set.keys;
    return Objects.requireNonNull(keys).apply(argument);
  }

  /** How many keys a run has; negative if not known. */
  public long total(@Nullable Object argument) {
    ToLongFunction<@Nullable Object> total = set.total;
    return total == null ? -1 : total.applyAsLong(argument);
  }

  /** What loads one key; null if it loads in bulk. */
  public @Nullable Loader<? super K, ? extends V, ?> loader() {
    return set.loader;
  }

  /** What loads many keys; null if it loads them one by one. */
  public @Nullable BulkLoader<K, V, ?> bulkLoader() {
    return set.bulkLoader;
  }

  /** Most keys of one load. */
  public int batchSize() {
    return set.batchSize;
  }

  /** When it runs by itself; null if only when asked. */
  public @Nullable WarmSchedule schedule() {
    return set.schedule;
  }

  /** Whether it runs when it is declared. */
  public boolean isOnStart() {
    return set.isOnStart;
  }

  /** Most keys asked of the source in any second. */
  public int perSecond() {
    return set.perSecond;
  }

  /** Most loads at a time. */
  public int concurrency() {
    return set.concurrency;
  }

  /** Whether what is fresh is left as it is. */
  public boolean isOnlyMissing() {
    return set.isOnlyMissing;
  }

  /** How many failures in a row end a run; 0 for never. */
  public int giveUpAfter() {
    return set.giveUpAfter;
  }

  /** Share of the keys that has to be there before the node is ready; 0 if readiness does not wait. */
  public double readyShare() {
    return set.readyShare;
  }

  /** Longest time that readiness waits. */
  public Duration readyLimit() {
    return set.readyLimit;
  }
}
