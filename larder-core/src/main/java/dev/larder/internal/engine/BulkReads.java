package dev.larder.internal.engine;

import dev.larder.BulkLoader;
import dev.larder.Loading;
import dev.larder.internal.load.LoadState;
import dev.larder.internal.load.Owned;
import dev.larder.log.Position;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Many keys at once: one round trip for the hits below L1, one call of the bulk loader for what is
 * missing.
 *
 * <p>Keys that others are loading, in this process or another, are waited for only after this call's
 * own keys are loaded; so two overlapping calls never wait for each other in a circle.
 */
final class BulkReads<K, V> {

  private final CacheEngine<K, V> engine;

  BulkReads(CacheEngine<K, V> engine) {
    this.engine = engine;
  }

  <X extends Exception> Map<K, V> getAll(
      Collection<? extends K> keys,
      BulkLoader<K, V, X> loader,
      boolean alone,
      @Nullable Position least)
      throws X {
    Unit unit = engine.runtime().units().touched();
    if (unit != null) {
      return new UnitReads<>(engine).getAll(keys, loader, unit);
    }
    BulkPass<K, V> pass = Futures.join(BulkPass.over(engine, keys, alone)).told();
    if (!pass.tickets.isEmpty()) {
      Set<K> missing = new LinkedHashSet<>(pass.tickets.keySet());
      long start = System.nanoTime();
      Map<? extends K, ? extends V> loaded;
      Owned.enter();
      LoadState state = LoadState.open(engine.name(), engine.policy());
      try {
        loaded = taken(
            pass,
            Objects.requireNonNull(
                engine.load(missing.size(), () -> loader.loadAll(missing)),
                "the loader returned no map"));
      } catch (Throwable failure) {
        failed(pass, failure, start);
        throw failure;
      } finally {
        state.close();
        Owned.leave();
      }
      Futures.join(loaded(pass, loaded, state, start));
    }
    if (!pass.later.isEmpty()) {
      // Others load these: each is waited for; one whose owner failed is loaded here after all.
      for (K key : pass.later) {
        V value = awaitOrLoad(key, loader, least);
        pass.values.put(key, value);
      }
    }
    return inOrder(keys, pass);
  }

  private <X extends Exception> @Nullable V awaitOrLoad(
      K key, BulkLoader<K, V, X> loader, @Nullable Position least) throws X {
    return new SyncCache<>(engine, least)
        .get(key, k -> loader.loadAll(Set.of(k)).get(k));
  }

  CompletionStage<Map<K, V>> getAllAsync(
      Collection<? extends K> keys,
      Function<Set<K>, ? extends CompletionStage<? extends Map<? extends K, ? extends V>>> loader,
      boolean alone,
      @Nullable Position least) {
    CompletableFuture<BulkPass<K, V>> looked =
        BulkPass.over(engine, keys, alone).thenApply(BulkPass::told).toCompletableFuture();
    boolean isHere = looked.isDone();
    return looked
        .thenCompose(pass -> pass.tickets.isEmpty()
            ? CompletableFuture.completedFuture(pass)
            : isHere ? loadAll(pass, loader) : loadAllElsewhere(pass, loader))
        .thenCompose(pass -> later(pass, loader, least))
        .thenApply(pass -> inOrder(keys, pass));
  }

  /** Calls the loader on the executor: a store's own thread must not run what may block. */
  private CompletionStage<BulkPass<K, V>> loadAllElsewhere(
      BulkPass<K, V> pass,
      Function<Set<K>, ? extends CompletionStage<? extends Map<? extends K, ? extends V>>> loader) {
    CompletableFuture<CompletionStage<BulkPass<K, V>>> called = new CompletableFuture<>();
    try {
      engine
          .runtime()
          .executor()
          .execute(engine.runtime().context().apply(() -> called.complete(loadAll(pass, loader))));
    } catch (RuntimeException rejected) {
      failed(pass, rejected, System.nanoTime());
      called.completeExceptionally(rejected);
    }
    return called.thenCompose(loading -> loading);
  }

  private CompletionStage<BulkPass<K, V>> loadAll(
      BulkPass<K, V> pass,
      Function<Set<K>, ? extends CompletionStage<? extends Map<? extends K, ? extends V>>> loader) {
    long start = System.nanoTime();
    CompletionStage<Map<? extends K, ? extends V>> loading;
    LoadState state = LoadState.open(engine.name(), engine.policy(), pass.around, () -> null);
    try {
      loading = engine.loadLater(
          pass.tickets.size(),
          () -> Objects.requireNonNull(
                  loader.apply(new LinkedHashSet<>(pass.tickets.keySet())),
                  "the loader returned no stage")
              .thenApply(loaded -> loaded));
    } catch (Throwable failure) {
      loading = CompletableFuture.failedFuture(failure);
    } finally {
      state.close();
    }
    return loading
        .<Map<K, V>>thenApply(loaded -> taken(pass, loaded))
        .handle((loaded, failure) -> {
          if (failure == null) {
            return loaded(pass, loaded, state, start).thenApply(done -> pass);
          }
          Throwable cause = Futures.unwrap(failure);
          failed(pass, cause, start);
          return CompletableFuture.<BulkPass<K, V>>failedFuture(cause);
        })
        .thenCompose(stage -> stage);
  }

  private CompletionStage<BulkPass<K, V>> later(
      BulkPass<K, V> pass,
      Function<Set<K>, ? extends CompletionStage<? extends Map<? extends K, ? extends V>>> loader,
      @Nullable Position least) {
    CompletionStage<BulkPass<K, V>> chain = CompletableFuture.completedFuture(pass);
    var async = new SyncCache<>(engine, least).async();
    for (K key : pass.later) {
      chain = chain.thenCompose(soFar -> inside(
              pass.around,
              () -> async.get(
                  key, k -> loader.apply(Set.of(k)).thenApply(loaded -> (V) loaded.get(k))))
          .thenApply(value -> {
            pass.values.put(key, value);
            return pass;
          }));
    }
    return chain;
  }

  private static <T> T inside(@Nullable LoadState around, Supplier<T> call) {
    if (around == null) {
      return call.get();
    }
    Loading.Binding bound = around.bind();
    try {
      return call.get();
    } finally {
      bound.close();
    }
  }

  private Map<K, V> inOrder(Collection<? extends K> keys, BulkPass<K, V> pass) {
    Map<K, V> result = new LinkedHashMap<>();
    boolean nulls = engine.policy().nullValues();
    for (K key : keys) {
      V value = pass.values.get(key);
      if (value != null || (nulls && pass.values.containsKey(key))) {
        result.put(key, value);
      }
    }
    return result;
  }

  // ---- after the load

  /** What was asked for, out of the loader's own map: if that fails, the load has failed. */
  private Map<K, V> taken(BulkPass<K, V> pass, Map<? extends K, ? extends V> loaded) {
    Map<K, V> taken = new LinkedHashMap<>();
    for (K key : pass.tickets.keySet()) {
      V value = loaded.get(key);
      if (value != null) {
        taken.put(key, value);
      }
    }
    return taken;
  }

  private CompletionStage<Void> loaded(
      BulkPass<K, V> pass, Map<? extends K, ? extends V> loaded, LoadState state, long start) {
    long now = System.nanoTime();
    engine.notes().loaded(pass.tickets.values(), now - start, null);
    state.took((now - start) / pass.tickets.size());
    List<CompletableFuture<?>> fills = new ArrayList<>(pass.tickets.size());
    pass.tickets.forEach((key, ticket) -> {
      V value = loaded.get(key);
      pass.values.put(key, value);
      fills.add(engine.fills().finish(ticket, value, state).toCompletableFuture());
    });
    return CompletableFuture.allOf(fills.toArray(CompletableFuture[]::new))
        .thenRun(() -> engine.counters().missNanos.add(System.nanoTime() - now));
  }

  private void failed(BulkPass<K, V> pass, Throwable failure, long start) {
    engine.notes().loaded(pass.tickets.values(), System.nanoTime() - start, failure);
    pass.tickets.values().forEach(ticket -> engine.fills().fail(ticket, failure));
  }
}
