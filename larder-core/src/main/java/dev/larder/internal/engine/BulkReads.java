package dev.larder.internal.engine;

import dev.larder.BulkLoader;
import dev.larder.CacheTier;
import dev.larder.Loading;
import dev.larder.internal.l1.L1Entry;
import dev.larder.internal.load.Flight;
import dev.larder.internal.load.LoadState;
import dev.larder.internal.load.Owned;
import dev.larder.internal.load.Ticket;
import dev.larder.internal.node.Moment;
import dev.larder.internal.store.GuardedStore;
import dev.larder.key.SlotKey;
import dev.larder.log.Change;
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
import java.util.concurrent.ConcurrentHashMap;
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

  /** What the first pass over the keys came to. */
  private final class Pass {
    final Map<K, @Nullable V> values = new LinkedHashMap<>();
    final Map<K, Ticket<K, V>> tickets = new LinkedHashMap<>();
    final Set<K> later = new LinkedHashSet<>();
    final @Nullable LoadState around = LoadState.current();
    private final List<Runnable> notes = new ArrayList<>();

    /** Keeps what a tier below L1 answered, which is learnt on the thread of that tier. */
    void note(K key, @Nullable CacheTier tier, boolean isStale) {
      notes.add(() -> engine.note(key, tier, isStale));
    }

    /** As {@link #note}, for an entry that was read. */
    void hit(K key, CacheTier tier, boolean isStale, L1Entry<K, V> entry) {
      note(key, tier, isStale);
      notes.add(() -> engine.wasRead(entry, around));
    }

    /** Counts what was kept and tells the listener, on the thread that asked. */
    Pass told() {
      notes.forEach(Runnable::run);
      notes.clear();
      return this;
    }
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
    Pass pass = Futures.join(first(keys, alone)).told();
    if (!pass.tickets.isEmpty()) {
      Set<K> missing = new LinkedHashSet<>(pass.tickets.keySet());
      long start = System.nanoTime();
      Map<? extends K, ? extends V> loaded;
      Owned.enter();
      LoadState state = LoadState.open(engine.name(), engine.policy());
      try {
        loaded = taken(pass, loader.loadAll(missing));
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
    CompletableFuture<Pass> looked = first(keys, alone).thenApply(Pass::told).toCompletableFuture();
    boolean isHere = looked.isDone();
    return looked
        .thenCompose(pass -> pass.tickets.isEmpty()
            ? CompletableFuture.completedFuture(pass)
            : isHere ? loadAll(pass, loader) : loadAllElsewhere(pass, loader))
        .thenCompose(pass -> later(pass, loader, least))
        .thenApply(pass -> inOrder(keys, pass));
  }

  /** Calls the loader on the executor: a store's own thread must not run what may block. */
  private CompletionStage<Pass> loadAllElsewhere(
      Pass pass,
      Function<Set<K>, ? extends CompletionStage<? extends Map<? extends K, ? extends V>>> loader) {
    CompletableFuture<CompletionStage<Pass>> called = new CompletableFuture<>();
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

  private CompletionStage<Pass> loadAll(
      Pass pass,
      Function<Set<K>, ? extends CompletionStage<? extends Map<? extends K, ? extends V>>> loader) {
    long start = System.nanoTime();
    CompletionStage<? extends Map<? extends K, ? extends V>> loading;
    LoadState state = LoadState.open(engine.name(), engine.policy(), pass.around);
    try {
      loading = Objects.requireNonNull(
          loader.apply(new LinkedHashSet<>(pass.tickets.keySet())), "the loader returned no stage");
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
          return CompletableFuture.<Pass>failedFuture(cause);
        })
        .thenCompose(stage -> stage);
  }

  private CompletionStage<Pass> later(
      Pass pass,
      Function<Set<K>, ? extends CompletionStage<? extends Map<? extends K, ? extends V>>> loader,
      @Nullable Position least) {
    CompletionStage<Pass> chain = CompletableFuture.completedFuture(pass);
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

  private Map<K, V> inOrder(Collection<? extends K> keys, Pass pass) {
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

  // ---- first pass: L1, flights, one read of many slots

  private CompletionStage<Pass> first(Collection<? extends K> keys, boolean alone) {
    Pass pass = new Pass();
    boolean strict = alone || engine.mustBeStrict();
    boolean mayWait = !Owned.isLoading();
    long now = engine.time().nanos();
    Map<K, Flight<K, V>> mine = new LinkedHashMap<>();
    Map<K, SlotKey> slots = new LinkedHashMap<>();
    Moment began = engine.began();
    for (K key : new LinkedHashSet<>(keys)) {
      L1Entry<K, V> near = strict ? null : engine.nearest(key, now);
      if (near != null) {
        engine.note(key, CacheTier.L1, !near.isFresh(now), now);
        engine.wasRead(near);
        pass.values.put(key, near.value());
        continue;
      }
      Flight<K, V> flight = strict ? null : engine.flights().begin(key, now, began);
      if (flight == null && !strict && mayWait) {
        pass.later.add(key);
        continue;
      }
      mine.put(key, flight == null ? new Flight<>(now, strict, began) : flight);
      slots.put(key, engine.keys().encode(key));
    }
    if (mine.isEmpty()) {
      return CompletableFuture.completedFuture(pass);
    }
    CompletionStage<Boolean> trust =
        alone ? engine.mayTrustStores() : CompletableFuture.completedFuture(true);
    return trust
        .thenCompose(
            ok -> descend(ok ? 0 : engine.chain().size(), pass, mine, slots, strict, mayWait))
        .whenComplete((done, failure) -> {
          if (failure != null) {
            mine.forEach((key, flight) -> engine.flights().abandon(key, flight, failure));
          }
        });
  }

  private CompletionStage<Pass> descend(
      int from,
      Pass pass,
      Map<K, Flight<K, V>> mine,
      Map<K, SlotKey> slots,
      boolean strict,
      boolean mayWait) {
    for (int i = from; i < engine.chain().size(); i++) {
      GuardedStore store = engine.chain().get(i);
      if (store.isUsable()) {
        int next = i + 1;
        return engine
            .reader()
            .readAll(store, slots, strict)
            .thenCompose(found -> sort(store, found, pass, mine, slots, mayWait))
            .handle((done, failure) -> failure == null
                ? CompletableFuture.completedFuture(done)
                : descend(next, pass, mine, slots, strict, mayWait).toCompletableFuture())
            .thenCompose(stage -> stage);
      }
    }
    slots.forEach((key, slot) -> {
      if (!pass.values.containsKey(key) && !pass.tickets.containsKey(key)) {
        pass.note(key, null, false);
        pass.tickets.put(key, engine.tickets().unstored(key, slot, flightOf(mine, key)));
      }
    });
    return CompletableFuture.completedFuture(pass);
  }

  private CompletionStage<Pass> sort(
      GuardedStore store,
      Map<K, Found<K, V>> found,
      Pass pass,
      Map<K, Flight<K, V>> mine,
      Map<K, SlotKey> slots,
      boolean mayWait) {
    Map<String, Long> nonces = new LinkedHashMap<>();
    Map<K, Long> over = new LinkedHashMap<>();
    List<K> leased = new ArrayList<>();
    long now = engine.time().nanos();
    found.forEach((key, each) -> {
      L1Entry<K, V> entry = each.entry();
      switch (each.state()) {
        case HIT -> {
          L1Entry<K, V> hit = Objects.requireNonNull(entry);
          engine.accepted(key, flightOf(mine, key), hit);
          pass.hit(key, store.place(), !hit.isFresh(now), hit);
          pass.values.put(key, hit.value());
        }
        case LEASED -> leased.add(key);
        case STAND_IN ->
          pass.tickets.put(
              key,
              new Ticket<>(
                  key,
                  slotOf(slots, key),
                  flightOf(mine, key),
                  store,
                  each.nonce(),
                  false,
                  engine.asOf(flightOf(mine, key)),
                  entry));
        case MISS -> {
          if (each.nonce() == 0) {
            nonces.put(slotOf(slots, key).slot(), Change.newNonce(false));
          } else {
            over.put(key, each.nonce());
          }
        }
      }
    });
    for (K key : leased) {
      if (mayWait) {
        // Its flight is given up, so that the later get can wait for the other process.
        engine.flights().giveUp(key, flightOf(mine, key));
        pass.later.add(key);
      } else {
        pass.tickets.put(
            key, engine.tickets().unstored(key, slotOf(slots, key), flightOf(mine, key)));
      }
    }
    return plant(store, nonces, over, slots).thenApply(planted -> {
      found.forEach((key, each) -> {
        if (each.state() != Found.State.MISS) {
          return;
        }
        Long nonce = planted.get(slotOf(slots, key).slot());
        if (nonce != null) {
          pass.tickets.put(
              key,
              new Ticket<>(
                  key,
                  slotOf(slots, key),
                  flightOf(mine, key),
                  store,
                  nonce,
                  true,
                  engine.asOf(flightOf(mine, key)),
                  null));
        } else if (mayWait) {
          engine.flights().giveUp(key, flightOf(mine, key));
          pass.later.add(key);
        } else {
          pass.tickets.put(
              key, engine.tickets().unstored(key, slotOf(slots, key), flightOf(mine, key)));
        }
      });
      pass.tickets.keySet().forEach(key -> pass.note(key, null, false));
      return pass;
    });
  }

  private CompletionStage<Map<String, Long>> plant(
      GuardedStore store, Map<String, Long> nonces, Map<K, Long> over, Map<K, SlotKey> slots) {
    var lease = engine.policy().lease();
    Map<String, Long> planted = new ConcurrentHashMap<>();
    List<CompletableFuture<?>> all = new ArrayList<>();
    if (!nonces.isEmpty()) {
      all.add(store
          .call(() -> store.tier().plantAll(nonces, lease))
          .thenAccept(keys -> keys.forEach(key -> planted.put(key, nonce(nonces, key)))));
    }
    over.forEach((key, expected) -> {
      long nonce = Change.newNonce(false);
      String slot = slotOf(slots, key).slot();
      all.add(store.call(() -> store.tier().plant(slot, expected, nonce, lease)).thenAccept(ok -> {
        if (ok) {
          planted.put(slot, nonce);
        }
      }));
    });
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
        .thenApply(done -> planted);
  }

  // ---- after the load

  /** What was asked for, out of the loader's own map: if that fails, the load has failed. */
  private Map<K, V> taken(Pass pass, Map<? extends K, ? extends V> loaded) {
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
      Pass pass, Map<? extends K, ? extends V> loaded, LoadState state, long start) {
    engine.counters().loads.increment();
    engine.counters().loadNanos.add(System.nanoTime() - start);
    List<CompletableFuture<?>> fills = new ArrayList<>(pass.tickets.size());
    pass.tickets.forEach((key, ticket) -> {
      V value = loaded.get(key);
      pass.values.put(key, value);
      fills.add(engine.fills().finish(ticket, value, state).toCompletableFuture());
    });
    return CompletableFuture.allOf(fills.toArray(CompletableFuture[]::new));
  }

  private void failed(Pass pass, Throwable failure, long start) {
    engine.counters().loadFailures.increment();
    engine.counters().loadNanos.add(System.nanoTime() - start);
    pass.tickets.values().forEach(ticket -> engine.fills().fail(ticket, failure));
  }

  private Flight<K, V> flightOf(Map<K, Flight<K, V>> mine, K key) {
    return Objects.requireNonNull(mine.get(key));
  }

  private SlotKey slotOf(Map<K, SlotKey> slots, K key) {
    return Objects.requireNonNull(slots.get(key));
  }

  private static long nonce(Map<String, Long> nonces, String key) {
    return Objects.requireNonNull(nonces.get(key));
  }
}
