package dev.larder.internal.engine;

import dev.larder.CacheTier;
import dev.larder.Lookup;
import dev.larder.internal.l1.L1Entry;
import dev.larder.internal.load.LoadState;
import dev.larder.internal.store.GuardedStore;
import dev.larder.key.SlotKey;
import dev.larder.log.Position;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Looking without loading: no placeholder is planted and nobody is waited for. */
final class Lookups {

  private Lookups() {}

  static <K, V> CompletableFuture<Lookup<V>> lookup(
      CacheEngine<K, V> engine, K key, @Nullable Position least) {
    if (!engine.isOn(key)) {
      engine.counters().passes.increment();
      return CompletableFuture.completedFuture(new Lookup.Miss<>());
    }
    LoadState around = LoadState.current();
    if (least == null) {
      return look(engine, key, false, around).toCompletableFuture();
    }
    return engine
        .runtime()
        .reach(least)
        .thenCompose(reached -> look(engine, key, !reached, around))
        .toCompletableFuture();
  }

  private static <K, V> CompletionStage<Lookup<V>> look(
      CacheEngine<K, V> engine, K key, boolean alone, @Nullable LoadState around) {
    long now = engine.time().nanos();
    L1Entry<K, V> entry = alone ? null : engine.nearest(key, now);
    if (entry != null) {
      engine.note(key, CacheTier.L1, !entry.isFresh(now));
      engine.wasRead(entry, around);
      return CompletableFuture.completedFuture(entry.lookup(now));
    }
    SlotKey slot = engine.keys().encode(key);
    if (alone) {
      return engine
          .mayTrustStores()
          .thenCompose(
              ok -> below(engine, ok ? 0 : engine.chain().size(), key, slot, true, around));
    }
    return below(engine, 0, key, slot, engine.mustBeStrict(), around);
  }

  private static <K, V> CompletionStage<Lookup<V>> below(
      CacheEngine<K, V> engine,
      int from,
      K key,
      SlotKey slot,
      boolean strict,
      @Nullable LoadState around) {
    for (int i = from; i < engine.chain().size(); i++) {
      GuardedStore store = engine.chain().get(i);
      if (store.isUsable()) {
        int next = i + 1;
        return engine
            .reader()
            .read(store, key, slot, strict)
            .handle((found, failure) -> failure == null
                ? CompletableFuture.completedFuture(answer(engine, key, found, store, around))
                : below(engine, next, key, slot, strict, around))
            .thenCompose(stage -> stage);
      }
    }
    engine.note(key, null, false);
    return CompletableFuture.completedFuture(new Lookup.Miss<>());
  }

  private static <K, V> Lookup<V> answer(
      CacheEngine<K, V> engine,
      K key,
      Found<K, V> found,
      GuardedStore store,
      @Nullable LoadState around) {
    L1Entry<K, V> entry = found.entry();
    if (found.state() != Found.State.HIT || entry == null) {
      engine.note(key, null, false);
      return new Lookup.Miss<>();
    }
    engine.putNear(key, entry);
    engine.wasRead(entry, around);
    long now = engine.time().nanos();
    engine.note(key, store.place(), !entry.isFresh(now));
    return entry.lookup(now) instanceof Lookup.Hit<V> hit
        ? new Lookup.Hit<>(hit.value(), store.place(), hit.isStale())
        : new Lookup.Absence<>(store.place());
  }
}
