package dev.larder.internal.engine;

import dev.larder.CachePolicy;
import dev.larder.CacheTier;
import dev.larder.internal.l1.L1Entry;
import dev.larder.internal.load.Flight;
import dev.larder.internal.load.Ticket;
import dev.larder.internal.store.GuardedStore;
import dev.larder.key.KeyEncoder;
import dev.larder.key.SlotKey;
import dev.larder.log.Change;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The way below L1: an answer, or the duty to load with the right to store, which is a {@link Ticket}.
 *
 * <p>First comes single flight in this process, then the first usable store, and there either a valid
 * entry or a placeholder of our own, which is the lease.
 *
 * @param <K> key type
 * @param <V> value type
 */
final class Tickets<K, V> {

  private final CacheEngine<K, V> engine;
  private final CachePolicy<K, V> policy;
  private final NodeContext runtime;
  private final KeyEncoder keys;
  private final List<GuardedStore> chain;
  private final Flights<K, V> flights;
  private final LeaseWait leases;
  private final long maxStalenessNanos;

  Tickets(CacheEngine<K, V> engine) {
    this.engine = engine;
    this.policy = engine.policy();
    this.runtime = engine.runtime();
    this.keys = engine.keys();
    this.chain = engine.chain();
    this.flights = engine.flights();
    this.leases = new LeaseWait(runtime.scheduler());
    this.maxStalenessNanos = policy.maxStaleness().toNanos();
  }

  /**
   * Looks below L1 and, on a miss, takes the duty to load.
   *
   * @param mayWait whether this lookup may wait for another's flight or lease
   * @param strict whether the markers decide instead of what this node knows
   * @return never fails but with the failure of a load that was waited for
   */
  CompletableFuture<Step<K, V>> prepare(K key, boolean mayWait, boolean strict) {
    long arrival = runtime.node().sequence();
    long now = runtime.time().nanos();
    Flight<K, V> mine = new Flight<>(now, strict, engine.began());
    Flight<K, V> other = flights.enter(key, mine);
    if (other == null) {
      return own(key, mine, mayWait, strict);
    }
    if (!mayWait) {
      return own(key, mine, false, strict);
    }
    if (strict && !(other.isStrict() && now - other.beganAt() <= maxStalenessNanos)) {
      // This node may have missed an invalidation; a flight is joined only if what it brings is no
      // older than the bound. Those who come after this one find a younger flight.
      flights.overtake(key, other, mine);
      return own(key, mine, true, true);
    }
    engine.counters().waits.increment();
    return other
        .landed()
        .<CompletionStage<Step<K, V>>>handle((entry, failure) -> {
          if (failure != null && !Flights.isGivenUp(Futures.unwrap(failure))) {
            return CompletableFuture.<Step<K, V>>failedFuture(Futures.unwrap(failure));
          }
          return failure == null && isAcceptable(entry, arrival)
              ? CompletableFuture.<Step<K, V>>completedFuture(new Step.Answer<>(entry, null))
              : prepare(key, true, engine.mustBeStrict());
        })
        .thenCompose(step -> step);
  }

  /**
   * As {@link #prepare}, for a caller who asked for a position that this node could not reach: shares
   * nothing with others.
   */
  CompletableFuture<Step<K, V>> prepareAlone(K key, boolean mayWait) {
    Flight<K, V> mine = new Flight<>(runtime.time().nanos(), true, engine.began());
    return engine
        .mayTrustStores()
        .thenCompose(ok -> ok
            ? own(key, mine, mayWait, true)
            : CompletableFuture.completedFuture(
                new Step.Load<>(unstored(key, keys.encode(key), mine))));
  }

  /** Rule 9: a flight's value is taken only if nothing known here covers it after its asOf. */
  private boolean isAcceptable(L1Entry<K, V> entry, long arrival) {
    return entry.keyAsOf() >= arrival
        || (entry.isValid() && runtime.node().isKeyClean(entry.slot(), entry.keyAsOf()));
  }

  private CompletableFuture<Step<K, V>> own(
      K key, Flight<K, V> flight, boolean mayWait, boolean strict) {
    CompletableFuture<Step<K, V>> step;
    try {
      L1Entry<K, V> entry = strict ? null : engine.nearest(key, runtime.time().nanos());
      if (entry != null) {
        flights.land(key, flight, entry);
        return CompletableFuture.completedFuture(new Step.Answer<>(entry, CacheTier.L1));
      }
      SlotKey slot = keys.encode(key);
      step = descend(0, key, slot, flight, mayWait, strict).toCompletableFuture();
    } catch (RuntimeException failure) {
      flights.abandon(key, flight, failure);
      throw failure;
    }
    return step.whenComplete((ok, failure) -> {
      if (failure != null) {
        flights.abandon(key, flight, failure);
      }
    });
  }

  private CompletionStage<Step<K, V>> descend(
      int from, K key, SlotKey slot, Flight<K, V> flight, boolean mayWait, boolean strict) {
    for (int i = from; i < chain.size(); i++) {
      GuardedStore store = chain.get(i);
      if (store.isUsable()) {
        int next = i + 1;
        return look(store, key, slot, flight, mayWait, strict, leases.begin(policy.lease()))
            .handle((step, failure) -> failure == null
                ? CompletableFuture.completedFuture(step)
                : descend(next, key, slot, flight, mayWait, strict).toCompletableFuture())
            .thenCompose(stage -> stage);
      }
    }
    return CompletableFuture.completedFuture(new Step.Load<>(
        new Ticket<>(key, slot, flight, null, 0, false, engine.asOf(flight), null)));
  }

  private CompletionStage<Step<K, V>> look(
      GuardedStore store,
      K key,
      SlotKey slot,
      Flight<K, V> flight,
      boolean mayWait,
      boolean strict,
      LeaseWait.Patience patience) {
    return engine.reader().read(store, key, slot, strict).thenCompose(found -> {
      switch (found.state()) {
        case HIT -> {
          L1Entry<K, V> entry = Objects.requireNonNull(found.entry());
          engine.putNear(key, entry);
          flights.land(key, flight, entry);
          return CompletableFuture.completedFuture(new Step.Answer<>(entry, store.place()));
        }
        case LEASED -> {
          if (!mayWait || patience.isOver(runtime.time().nanos())) {
            return CompletableFuture.completedFuture(new Step.Load<>(
                new Ticket<>(key, slot, flight, null, 0, false, engine.asOf(flight), null)));
          }
          if (patience.isFirst()) {
            engine.counters().waits.increment();
          }
          return patience
              .pause()
              .thenCompose(again -> look(store, key, slot, flight, true, strict, patience));
        }
        case STAND_IN -> {
          L1Entry<K, V> old = Objects.requireNonNull(found.entry());
          if (!old.mayStandIn(runtime.time().nanos())) {
            // The load may see it, and nobody else wants it: its slot is free for the lease.
            return lease(store, key, slot, flight, mayWait, strict, patience, found);
          }
          // The old entry stays in its slot to stand in; its nonce is what the fill names.
          return CompletableFuture.completedFuture(new Step.Load<>(new Ticket<>(
              key, slot, flight, store, found.nonce(), false, engine.asOf(flight), old)));
        }
        case MISS -> {
          engine.notes().missed(slot, found);
          return lease(store, key, slot, flight, mayWait, strict, patience, found);
        }
      }
      throw new IllegalStateException("unreachable");
    });
  }

  private CompletionStage<Step<K, V>> lease(
      GuardedStore store,
      K key,
      SlotKey slot,
      Flight<K, V> flight,
      boolean mayWait,
      boolean strict,
      LeaseWait.Patience patience,
      Found<K, V> found) {
    long nonce = Change.newNonce(false);
    return store
        .call(
            () -> store.tier().plant(slot.slot(), found.nonce(), nonce, policy.lease()),
            late -> engine.fills().releaseLate(store, slot.slot(), nonce, late))
        .thenCompose(planted -> planted
            ? CompletableFuture.completedFuture(new Step.Load<>(new Ticket<>(
                key, slot, flight, store, nonce, true, engine.asOf(flight), found.entry())))
            : look(store, key, slot, flight, mayWait, strict, patience));
  }

  /**
   * A ticket to load a key that is cached already: the fill compares with the entry's own nonce, so
   * readers go on with it meanwhile.
   */
  CompletionStage<Ticket<K, V>> refreshTicket(K key, Flight<K, V> flight) {
    SlotKey slot = keys.encode(key);
    for (GuardedStore store : engine.chain()) {
      if (store.isUsable()) {
        return engine
            .reader()
            .read(store, key, slot, false)
            .thenCompose(found -> refreshOver(store, key, slot, flight, found))
            .exceptionally(failure -> unstored(key, slot, flight));
      }
    }
    return CompletableFuture.completedFuture(unstored(key, slot, flight));
  }

  private CompletionStage<Ticket<K, V>> refreshOver(
      GuardedStore store, K key, SlotKey slot, Flight<K, V> flight, Found<K, V> found) {
    if (found.state() == Found.State.HIT || found.state() == Found.State.STAND_IN) {
      return CompletableFuture.completedFuture(new Ticket<>(
          key, slot, flight, store, found.nonce(), false, engine.asOf(flight), found.entry()));
    }
    if (found.state() == Found.State.LEASED) {
      return CompletableFuture.completedFuture(unstored(key, slot, flight));
    }
    long nonce = Change.newNonce(false);
    return store
        .call(
            () -> store.tier().plant(slot.slot(), found.nonce(), nonce, policy.lease()),
            late -> engine.fills().releaseLate(store, slot.slot(), nonce, late))
        .thenApply(planted -> planted
            ? new Ticket<>(key, slot, flight, store, nonce, true, engine.asOf(flight), null)
            : unstored(key, slot, flight));
  }

  Ticket<K, V> unstored(K key, SlotKey slot, Flight<K, V> flight) {
    return new Ticket<>(key, slot, flight, null, 0, false, engine.asOf(flight), null);
  }
}
