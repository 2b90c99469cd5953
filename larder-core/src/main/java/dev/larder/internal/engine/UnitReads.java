package dev.larder.internal.engine;

import dev.larder.BulkLoader;
import dev.larder.CacheTier;
import dev.larder.Loader;
import dev.larder.Lookup;
import dev.larder.internal.l1.L1Entry;
import dev.larder.internal.load.LoadState;
import dev.larder.internal.load.Owned;
import dev.larder.internal.store.GuardedStore;
import dev.larder.key.SlotKey;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads inside a unit of work that has touched something.
 *
 * <p>What the caches know may still be read as long as nothing the unit has touched covers it. Anything
 * else comes from the source, on the caller's thread and so in its transaction; it is shared with
 * nobody and stored nowhere, since it may never commit.
 */
final class UnitReads<K, V> {

  private final CacheEngine<K, V> engine;

  UnitReads(CacheEngine<K, V> engine) {
    this.engine = engine;
  }

  /** An entry that may be read, and who had it. */
  private record Known<K, V>(L1Entry<K, V> entry, CacheTier tier) {}

  <X extends Exception> @Nullable V get(K key, Loader<? super K, ? extends V, X> loader, Unit unit)
      throws X {
    Lookup<V> known = get(key, unit);
    if (known instanceof Lookup.Hit<V> hit) {
      return hit.value();
    }
    if (known instanceof Lookup.Absence<V>) {
      return null;
    }
    return load(() -> loader.load(key));
  }

  Lookup<V> get(K key, Unit unit) {
    return look(key, unit, true);
  }

  /** As {@link #get(Object, Unit)}, and not counted. */
  Lookup<V> peek(K key, Unit unit) {
    return look(key, unit, false);
  }

  private Lookup<V> look(K key, Unit unit, boolean isCounted) {
    if (!engine.isOn(key)) {
      if (isCounted) {
        engine.counters().passes.increment();
      }
      return new Lookup.Miss<>();
    }
    SlotKey slot = engine.keys().encode(key);
    Unit.Put put = unit.put(slot);
    Known<K, V> known = put == null ? find(key, slot, unit, isCounted) : null;
    long now = engine.time().nanos();
    if (isCounted) {
      CacheTier tier = put != null ? CacheTier.L1 : known == null ? null : known.tier();
      engine
          .notes()
          .lookup(
              key,
              known == null ? null : known.entry(),
              tier,
              known != null && !known.entry().isFresh(now));
    }
    if (put != null) {
      return lookup(put);
    }
    if (known == null) {
      return new Lookup.Miss<>();
    }
    engine.wasRead(known.entry());
    return known.entry().lookup(now);
  }

  /** The caches were filled through this cache's own methods, so the value is one of its type. */
  @SuppressWarnings("unchecked")
  private Lookup<V> lookup(Unit.Put put) {
    V value = (V) put.value();
    return value != null || engine.policy().nullValues()
        ? new Lookup.Hit<>(value, CacheTier.L1, false)
        : new Lookup.Absence<>(CacheTier.L1);
  }

  <X extends Exception> Map<K, V> getAll(
      Collection<? extends K> keys, BulkLoader<K, V, X> loader, Unit unit) throws X {
    Map<K, @Nullable V> found = new LinkedHashMap<>();
    Set<K> missing = new LinkedHashSet<>();
    for (K key : new LinkedHashSet<>(keys)) {
      Lookup<V> known = get(key, unit);
      found.put(key, known.orNull());
      if (!known.isAnswered()) {
        missing.add(key);
      }
    }
    if (!missing.isEmpty()) {
      Map<K, V> loaded = load(() -> new LinkedHashMap<K, V>(loader.loadAll(missing)));
      if (loaded != null) {
        missing.forEach(key -> found.put(key, loaded.get(key)));
      }
    }
    Map<K, V> result = new LinkedHashMap<>();
    found.forEach((key, value) -> {
      if (value != null || engine.policy().nullValues()) {
        result.put(key, value);
      }
    });
    return result;
  }

  CompletionStage<@Nullable V> getAsync(
      K key,
      Function<? super K, ? extends CompletionStage<? extends @Nullable V>> loader,
      Unit unit) {
    Lookup<V> known = get(key, unit);
    if (known.isAnswered()) {
      return CompletableFuture.completedFuture(known.orNull());
    }
    try {
      CompletionStage<? extends @Nullable V> loading = load(() -> loader.apply(key));
      return Objects.requireNonNull(loading, "the loader returned no stage")
          .thenApply(value -> value);
    } catch (RuntimeException failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  interface Source<T, X extends Exception> {
    @Nullable T read() throws X;
  }

  <T, X extends Exception> @Nullable T load(Source<T, X> source) throws X {
    long start = System.nanoTime();
    Owned.enter();
    LoadState state = LoadState.open(engine.name(), engine.policy());
    boolean isLoaded = false;
    try {
      T value = engine.load(1, source::read);
      isLoaded = true;
      return value;
    } finally {
      state.close();
      Owned.leave();
      engine.counters().load(isLoaded, 1, System.nanoTime() - start);
    }
  }

  private @Nullable Known<K, V> find(K key, SlotKey slot, Unit unit, boolean isCounted) {
    if (unit.covers(slot, engine.cacheTarget())) {
      return null;
    }
    L1Entry<K, V> near = engine.nearest(key, engine.time().nanos());
    if (near != null) {
      return unit.covers(near.marks()) ? null : new Known<>(near, CacheTier.L1);
    }
    for (GuardedStore store : engine.chain()) {
      if (store.isUsable()) {
        L1Entry<K, V> entry = read(store, key, slot, isCounted);
        return entry == null || unit.covers(entry.marks())
            ? null
            : new Known<>(entry, store.place());
      }
    }
    return null;
  }

  private @Nullable L1Entry<K, V> read(GuardedStore store, K key, SlotKey slot, boolean isCounted) {
    try {
      Found<K, V> found =
          Futures.join(engine.reader().read(store, key, slot, engine.mustBeStrict()));
      if (isCounted) {
        engine.notes().missed(slot, found);
      }
      return found.state() == Found.State.HIT ? found.entry() : null;
    } catch (RuntimeException unanswered) {
      return null;
    }
  }
}
