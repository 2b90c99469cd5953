package dev.larder.internal.engine;

import dev.larder.CacheTier;
import dev.larder.internal.l1.L1Entry;
import dev.larder.internal.load.Flight;
import dev.larder.internal.load.LoadState;
import dev.larder.internal.load.Owned;
import dev.larder.internal.load.Ticket;
import dev.larder.internal.node.Moment;
import dev.larder.internal.store.GuardedStore;
import dev.larder.key.SlotKey;
import dev.larder.log.Change;
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
import org.jspecify.annotations.Nullable;

/**
 * The first pass over many keys: L1, the flights, one read of the slots. It leaves three kinds of keys:
 * those with a value, those that this call must load, and those that others are loading.
 *
 * <p>One step after another, on whatever thread answers; so not safe for many threads at a time.
 */
final class BulkPass<K, V> {

  /** What was found, and later what was loaded. */
  final Map<K, @Nullable V> values = new LinkedHashMap<>();

  /** What this call must load. */
  final Map<K, Ticket<K, V>> tickets = new LinkedHashMap<>();

  /** What others are loading. */
  final Set<K> later = new LinkedHashSet<>();

  /** The load that this call is part of. */
  final @Nullable LoadState around = LoadState.current();

  private final CacheEngine<K, V> engine;
  private final boolean strict;
  private final boolean mayWait = !Owned.isLoading();
  private final Map<K, Flight<K, V>> mine = new LinkedHashMap<>();
  private final Map<K, SlotKey> slots = new LinkedHashMap<>();
  private final List<Runnable> notes = new ArrayList<>();
  private int asked;
  private int nearHits;
  private int tierHits;

  private BulkPass(CacheEngine<K, V> engine, boolean strict) {
    this.engine = engine;
    this.strict = strict;
  }

  /**
   * Looks for all keys.
   *
   * @param alone whether this node is behind what was asked for: L1 and flights are no answer then
   */
  static <K, V> CompletionStage<BulkPass<K, V>> over(
      CacheEngine<K, V> engine, Collection<? extends K> keys, boolean alone) {
    BulkPass<K, V> pass = new BulkPass<>(engine, alone || engine.mustBeStrict());
    pass.nearest(keys);
    if (pass.mine.isEmpty()) {
      return CompletableFuture.completedFuture(pass);
    }
    long start = System.nanoTime();
    CompletionStage<Boolean> trust =
        alone ? engine.mayTrustStores() : CompletableFuture.completedFuture(true);
    return trust
        .thenCompose(ok -> pass.descend(ok ? 0 : engine.chain().size()))
        .whenComplete((done, failure) -> {
          if (failure != null) {
            pass.mine.forEach((key, flight) -> engine.flights().abandon(key, flight, failure));
          } else {
            engine
                .counters()
                .lookBelowTook(pass.tierHits, pass.mine.size(), System.nanoTime() - start);
          }
        });
  }

  /** Counts what was kept and tells the listener, on the thread that asked. */
  BulkPass<K, V> told() {
    notes.forEach(Runnable::run);
    notes.clear();
    if (nearHits + tierHits > 0) {
      engine.counters().bulkHits(nearHits + tierHits, asked);
    }
    return this;
  }

  /** Keeps what a tier below L1 answered, which is learnt on the thread of that tier. */
  private void note(
      K key, @Nullable L1Entry<K, V> entry, @Nullable CacheTier tier, boolean isStale) {
    notes.add(() -> engine.notes().lookup(key, entry, tier, isStale));
  }

  private void nearest(Collection<? extends K> keys) {
    long now = engine.time().nanos();
    Moment began = engine.began();
    Set<K> distinct = new LinkedHashSet<>(keys);
    asked = distinct.size();
    for (K key : distinct) {
      if (!engine.isOn(key)) {
        tickets.put(key, engine.passing(key));
        continue;
      }
      L1Entry<K, V> near = strict ? null : engine.nearest(key, now);
      if (near != null) {
        engine.notes().lookup(key, near, CacheTier.L1, !near.isFresh(now), now);
        engine.wasRead(near);
        values.put(key, near.value());
        nearHits++;
        continue;
      }
      Flight<K, V> flight = strict ? null : engine.flights().begin(key, now, began);
      if (flight == null && !strict && mayWait) {
        later.add(key);
        continue;
      }
      mine.put(key, flight == null ? new Flight<>(now, strict, began) : flight);
      slots.put(key, engine.keys().encode(key));
    }
  }

  private CompletionStage<BulkPass<K, V>> descend(int from) {
    for (int i = from; i < engine.chain().size(); i++) {
      GuardedStore store = engine.chain().get(i);
      if (store.isUsable()) {
        int next = i + 1;
        return engine
            .reader()
            .readAll(store, slots, strict)
            .thenCompose(found -> sort(store, found))
            .handle((done, failure) -> failure == null
                ? CompletableFuture.completedFuture(done)
                : descend(next).toCompletableFuture())
            .thenCompose(stage -> stage);
      }
    }
    for (K key : slots.keySet()) {
      if (!values.containsKey(key) && !tickets.containsKey(key)) {
        note(key, null, null, false);
        unstored(key);
      }
    }
    return CompletableFuture.completedFuture(this);
  }

  private CompletionStage<BulkPass<K, V>> sort(GuardedStore store, Map<K, Found<K, V>> found) {
    Map<String, Long> nonces = new LinkedHashMap<>();
    Map<K, Long> over = new LinkedHashMap<>();
    List<K> leased = new ArrayList<>();
    long now = engine.time().nanos();
    found.forEach((key, each) -> {
      switch (each.state()) {
        case HIT -> hit(key, store, Objects.requireNonNull(each.entry()), now);
        case LEASED -> leased.add(key);
        case STAND_IN -> load(key, store, each.nonce(), false, each.entry());
        case MISS -> {
          engine.notes().missed(slot(key), each);
          if (each.nonce() == 0) {
            nonces.put(slot(key).slot(), Change.newNonce(false));
          } else {
            over.put(key, each.nonce());
          }
        }
      }
    });
    leased.forEach(this::leaveToOthers);
    return plant(store, nonces, over).thenApply(planted -> {
      found.forEach((key, each) -> {
        if (each.state() != Found.State.MISS) {
          return;
        }
        Long nonce = planted.get(slot(key).slot());
        if (nonce == null) {
          leaveToOthers(key);
        } else {
          load(key, store, nonce, true, null);
        }
      });
      mine.keySet().stream()
          .filter(tickets::containsKey)
          .forEach(key -> note(key, null, null, false));
      return this;
    });
  }

  private void hit(K key, GuardedStore store, L1Entry<K, V> entry, long now) {
    tierHits++;
    engine.accepted(key, flight(key), entry);
    note(key, entry, store.place(), !entry.isFresh(now));
    notes.add(() -> engine.wasRead(entry, around));
    values.put(key, entry.value());
  }

  private void load(
      K key, GuardedStore store, long nonce, boolean planted, @Nullable L1Entry<K, V> standIn) {
    Flight<K, V> flight = flight(key);
    tickets.put(
        key,
        new Ticket<>(key, slot(key), flight, store, nonce, planted, engine.asOf(flight), standIn));
  }

  /** Another process has the lease. Who may not wait loads for himself, and stores nothing. */
  private void leaveToOthers(K key) {
    if (mayWait) {
      // Its flight is given up, so that the later get can wait for the other process.
      engine.flights().giveUp(key, flight(key));
      later.add(key);
    } else {
      unstored(key);
    }
  }

  private void unstored(K key) {
    tickets.put(key, engine.tickets().unstored(key, slot(key), flight(key)));
  }

  private CompletionStage<Map<String, Long>> plant(
      GuardedStore store, Map<String, Long> nonces, Map<K, Long> over) {
    var lease = engine.policy().lease();
    Map<String, Long> planted = new ConcurrentHashMap<>();
    List<CompletableFuture<?>> all = new ArrayList<>();
    if (!nonces.isEmpty()) {
      all.add(store
          .call(
              () -> store.tier().plantAll(nonces, lease),
              late -> late.forEach(
                  key -> giveBack(store, key, Objects.requireNonNull(nonces.get(key)))))
          .thenAccept(keys ->
              keys.forEach(key -> planted.put(key, Objects.requireNonNull(nonces.get(key))))));
    }
    over.forEach((key, expected) -> {
      long nonce = Change.newNonce(false);
      String slot = slot(key).slot();
      all.add(store
          .call(
              () -> store.tier().plant(slot, expected, nonce, lease),
              late -> engine.fills().releaseLate(store, slot, nonce, late))
          .thenAccept(ok -> {
            if (ok) {
              planted.put(slot, nonce);
            }
          }));
    });
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
        .whenComplete((done, failure) -> {
          if (failure != null) {
            planted.forEach((key, nonce) -> giveBack(store, key, nonce));
          }
        })
        .thenApply(done -> planted);
  }

  private void giveBack(GuardedStore store, String slot, long nonce) {
    engine.leaseReturns().giveBack(store, slot, nonce);
  }

  private Flight<K, V> flight(K key) {
    return Objects.requireNonNull(mine.get(key));
  }

  private SlotKey slot(K key) {
    return Objects.requireNonNull(slots.get(key));
  }
}
