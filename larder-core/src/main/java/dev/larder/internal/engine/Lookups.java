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

  /** What is noted of a lookup. */
  enum Noted {
    /** Nothing: nobody asked for the value. */
    NOTHING,
    /** Why a tier had nothing. Who asks counts the lookup. */
    REASON,
    /** That, and the statistics and listeners hear of it. */
    ALL
  }

  private Lookups() {}

  /**
   * Looks.
   *
   * @param least position that the answer must not be older than; null for any
   * @param noted what is noted of it
   */
  static <K, V> CompletableFuture<Lookup<V>> lookup(
      CacheEngine<K, V> engine, K key, @Nullable Position least, Noted noted) {
    if (!engine.isOn(key)) {
      if (noted == Noted.ALL) {
        engine.counters().passes.increment();
      }
      return CompletableFuture.completedFuture(new Lookup.Miss<>());
    }
    Asking asking = new Asking(LoadState.current(), noted);
    if (least == null) {
      return look(engine, key, false, asking).toCompletableFuture();
    }
    return engine
        .runtime()
        .reach(least)
        .thenCompose(reached -> look(engine, key, !reached, asking))
        .toCompletableFuture();
  }

  /** Who looks: inside of which load, and what is noted of it. */
  private record Asking(@Nullable LoadState around, Noted noted) {

    <K, V> void note(
        CacheEngine<K, V> engine,
        K key,
        @Nullable L1Entry<K, V> entry,
        @Nullable CacheTier tier,
        boolean isStale) {
      if (noted == Noted.ALL) {
        engine.notes().lookup(key, entry, tier, isStale);
      }
    }

    <K, V> void missed(CacheEngine<K, V> engine, SlotKey slot, Found<K, V> found) {
      if (noted != Noted.NOTHING) {
        engine.notes().missed(slot, found);
      }
    }
  }

  private static <K, V> CompletionStage<Lookup<V>> look(
      CacheEngine<K, V> engine, K key, boolean alone, Asking asking) {
    long now = engine.time().nanos();
    L1Entry<K, V> entry = alone ? null : engine.nearest(key, now);
    if (entry != null) {
      asking.note(engine, key, entry, CacheTier.L1, !entry.isFresh(now));
      engine.wasRead(entry, asking.around());
      return CompletableFuture.completedFuture(entry.lookup(now));
    }
    SlotKey slot = engine.keys().encode(key);
    if (alone) {
      return engine
          .mayTrustStores()
          .thenCompose(
              ok -> below(engine, ok ? 0 : engine.chain().size(), key, slot, true, asking));
    }
    return below(engine, 0, key, slot, engine.mustBeStrict(), asking);
  }

  private static <K, V> CompletionStage<Lookup<V>> below(
      CacheEngine<K, V> engine, int from, K key, SlotKey slot, boolean strict, Asking asking) {
    for (int i = from; i < engine.chain().size(); i++) {
      GuardedStore store = engine.chain().get(i);
      if (store.isUsable()) {
        int next = i + 1;
        return engine
            .reader()
            .read(store, key, slot, strict)
            .handle((found, failure) -> failure == null
                ? CompletableFuture.completedFuture(answer(engine, key, slot, found, store, asking))
                : below(engine, next, key, slot, strict, asking))
            .thenCompose(stage -> stage);
      }
    }
    asking.note(engine, key, null, null, false);
    return CompletableFuture.completedFuture(new Lookup.Miss<>());
  }

  private static <K, V> Lookup<V> answer(
      CacheEngine<K, V> engine,
      K key,
      SlotKey slot,
      Found<K, V> found,
      GuardedStore store,
      Asking asking) {
    L1Entry<K, V> entry = found.entry();
    if (found.state() != Found.State.HIT || entry == null) {
      asking.missed(engine, slot, found);
      asking.note(engine, key, null, null, false);
      return new Lookup.Miss<>();
    }
    engine.putNear(key, entry);
    engine.wasRead(entry, asking.around());
    long now = engine.time().nanos();
    asking.note(engine, key, entry, store.place(), !entry.isFresh(now));
    return entry.lookup(now) instanceof Lookup.Hit<V> hit
        ? new Lookup.Hit<>(hit.value(), store.place(), hit.isStale())
        : new Lookup.Absence<>(store.place());
  }
}
