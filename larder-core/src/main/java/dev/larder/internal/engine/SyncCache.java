package dev.larder.internal.engine;

import dev.larder.Acknowledgement;
import dev.larder.AsyncCache;
import dev.larder.BulkLoader;
import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.CacheTier;
import dev.larder.LoadTimeoutException;
import dev.larder.Loader;
import dev.larder.Lookup;
import dev.larder.SourceWriter;
import dev.larder.internal.l1.L1Entry;
import dev.larder.internal.load.Flight;
import dev.larder.internal.load.LoadState;
import dev.larder.internal.load.Owned;
import dev.larder.internal.load.Ticket;
import dev.larder.internal.manage.CallSite;
import dev.larder.log.Position;
import dev.larder.stats.CacheStats;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The synchronous face: loaders run on the caller's thread unless the policy sets a time-out. */
final class SyncCache<K, V> implements Cache<K, V> {

  private final CacheEngine<K, V> engine;
  private final Invalidations<K, V> invalidations;
  private final Writes<K, V> writes;
  private final BulkReads<K, V> bulk;
  private final UnitReads<K, V> unitReads;
  private final boolean hasTimeouts;
  private final @Nullable Position least;

  SyncCache(CacheEngine<K, V> engine, @Nullable Position least) {
    this.engine = engine;
    this.invalidations = new Invalidations<>(engine);
    this.writes = new Writes<>(engine);
    this.bulk = new BulkReads<>(engine);
    this.unitReads = new UnitReads<>(engine);
    this.least = least;
    CachePolicy<K, V> policy = engine.policy();
    this.hasTimeouts = !policy.softTimeout().isZero() || !policy.hardTimeout().isZero();
  }

  @Override
  public String name() {
    return engine.name();
  }

  @Override
  public CachePolicy<K, V> policy() {
    return engine.policy();
  }

  @Override
  public <X extends Exception> @Nullable V get(K key, Loader<? super K, ? extends V, X> loader)
      throws X {
    Unit unit = engine.runtime().units().touched();
    if (unit != null) {
      return unitReads.get(key, loader, unit);
    }
    if (!engine.isOn(key)) {
      return loaded(engine.passing(key), loader);
    }
    boolean isBelow = isBelow();
    if (!isBelow) {
      long now = engine.time().nanos();
      L1Entry<K, V> entry = engine.nearest(key, now);
      if (entry != null) {
        boolean isStale = !entry.isFresh(now);
        engine.notes().near(entry, isStale, now);
        engine.wasRead(entry);
        if (entry.isRefreshDue(now)) {
          refreshLater(key, entry, loader);
        } else if (engine.hitChecks() != null) {
          engine.hitChecks().onHit(entry, loader, now);
        }
        return entry.value();
      }
    }
    return getBelow(key, loader, isBelow);
  }

  /** Whether a position was asked for that this node has not reached, though it tried. */
  private boolean isBelow() {
    return least != null && !Futures.join(engine.runtime().reach(least));
  }

  private <X extends Exception> @Nullable V getBelow(
      K key, Loader<? super K, ? extends V, X> loader, boolean alone) throws X {
    long start = System.nanoTime();
    boolean mayWait = !Owned.isLoading();
    CompletableFuture<Step<K, V>> looking = alone
        ? engine.tickets().prepareAlone(key, mayWait)
        : engine.tickets().prepare(key, mayWait, engine.mustBeStrict());
    Step<K, V> step = hasTimeouts ? within(key, looking) : Futures.join(looking);
    engine.counters().lookBelowTook(step.isTierHit() ? 1 : 0, 1, System.nanoTime() - start);
    if (step instanceof Step.Answer<K, V> answer) {
      L1Entry<K, V> entry = answer.entry();
      long now = engine.time().nanos();
      engine
          .notes()
          .lookup(key, entry, answer.tier(), answer.tier() != null && !entry.isFresh(now));
      engine.wasRead(entry);
      if (answer.tier() != null && entry.isRefreshDue(now)) {
        refreshLater(key, entry, loader);
      }
      return entry.value();
    }
    engine.notes().lookup(key, null, null, false);
    return loaded(((Step.Load<K, V>) step).ticket(), loader);
  }

  private <X extends Exception> @Nullable V loaded(
      Ticket<K, V> ticket, Loader<? super K, ? extends V, X> loader) throws X {
    return hasTimeouts ? loadWithin(ticket, loader) : load(ticket, loader);
  }

  /** The time-outs hold for those who wait for another's load too. */
  private Step<K, V> within(K key, CompletableFuture<Step<K, V>> looking) {
    Duration soft = engine.policy().softTimeout();
    Duration hard = engine.policy().hardTimeout();
    L1Entry<K, V> standIn = soft.isZero() ? null : engine.fills().standIn(key);
    Duration limit = standIn == null ? hard : soft;
    if (looking.isDone() || limit.isZero()) {
      return Futures.join(looking);
    }
    try {
      return looking.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failure) {
      throw Futures.sneak(Futures.unwrap(failure));
    } catch (TimeoutException slow) {
      leave(looking);
      L1Entry<K, V> still = engine.fills().standIn(key);
      if (still != null) {
        engine.counters().staleHits.increment();
        return new Step.Answer<>(still, null);
      }
      throw new LoadTimeoutException(
          "cache " + name() + ": another's load took longer than the time-out of " + limit);
    } catch (InterruptedException interrupted) {
      leave(looking);
      Thread.currentThread().interrupt();
      throw new LoadTimeoutException(
          "cache " + name() + ": interrupted while waiting for a load", interrupted);
    }
  }

  /** Goes away from a lookup: if it comes to a duty to load, that is given to whoever comes next. */
  private void leave(CompletableFuture<Step<K, V>> looking) {
    var unused = looking.thenAccept(step -> {
      if (step instanceof Step.Load<K, V> load) {
        engine.fills().release(load.ticket());
        engine.flights().giveUp(load.ticket().key(), load.ticket().flight());
      }
    });
  }

  private <X extends Exception> @Nullable V load(
      Ticket<K, V> ticket, Loader<? super K, ? extends V, X> loader) throws X {
    String site = CallSite.find();
    long start = System.nanoTime();
    V value;
    Owned.enter();
    LoadState state = LoadState.open(
        engine.name(),
        engine.policy(),
        LoadState.current(),
        () -> engine.fills().previous(ticket));
    try {
      value = engine.<V, X>load(1, () -> loader.load(ticket.key()));
    } catch (Throwable failure) {
      engine.notes().loaded(ticket, site, System.nanoTime() - start, failure);
      L1Entry<K, V> standIn = engine.fills().fail(ticket, failure);
      if (standIn == null) {
        throw failure;
      }
      engine.counters().staleHits.increment();
      return standIn.value();
    } finally {
      state.close();
      Owned.leave();
    }
    long loaded = System.nanoTime();
    engine.notes().loaded(ticket, site, loaded - start, null);
    Futures.join(engine.fills().finish(ticket, value, state));
    engine.counters().missNanos.add(System.nanoTime() - loaded);
    return value;
  }

  private <X extends Exception> @Nullable V loadWithin(
      Ticket<K, V> ticket, Loader<? super K, ? extends V, X> loader) {
    CompletableFuture<@Nullable V> loading = new CompletableFuture<>();
    Runnable task = engine.runtime().carried(() -> {
      try {
        loading.complete(load(ticket, loader));
      } catch (Throwable failure) {
        loading.completeExceptionally(failure);
      }
    });
    try {
      engine.runtime().executor().execute(task);
    } catch (RuntimeException rejected) {
      engine.fills().fail(ticket, rejected);
      throw rejected;
    }
    Duration soft = engine.policy().softTimeout();
    Duration hard = engine.policy().hardTimeout();
    try {
      L1Entry<K, V> standIn = soft.isZero() ? null : engine.fills().standIn(ticket);
      if (standIn != null) {
        try {
          return loading.get(soft.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
          engine.counters().staleHits.increment();
          return standIn.value();
        }
      }
      return hard.isZero() ? loading.get() : loading.get(hard.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException slow) {
      L1Entry<K, V> standIn = engine.fills().standIn(ticket);
      if (standIn != null) {
        engine.counters().staleHits.increment();
        return standIn.value();
      }
      throw new LoadTimeoutException(
          "cache " + name() + ": a load took longer than the hard time-out of " + hard);
    } catch (ExecutionException failure) {
      throw Futures.sneak(Futures.unwrap(failure));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new LoadTimeoutException(
          "cache " + name() + ": interrupted while waiting for a load", interrupted);
    }
  }

  /** Loads in the background while readers go on with the entry; failures are counted, not thrown. */
  private <X extends Exception> void refreshLater(
      K key, L1Entry<K, V> entry, Loader<? super K, ? extends V, X> loader) {
    if (!entry.beginRefresh()) {
      return;
    }
    Runnable task = engine.runtime().context().apply(() -> {
      try {
        refreshNow(key, loader);
      } catch (Throwable failure) {
        org.slf4j.LoggerFactory.getLogger("dev.larder.load")
            .warn("cache {}: a refresh failed: {}", name(), failure.toString());
      } finally {
        entry.endRefresh();
      }
    });
    try {
      engine.runtime().executor().execute(task);
    } catch (RuntimeException rejected) {
      entry.endRefresh();
    }
  }

  private <X extends Exception> @Nullable V refreshNow(
      K key, Loader<? super K, ? extends V, X> loader) throws X {
    Flight<K, V> flight = engine.flights().begin(key, engine.time().nanos(), null);
    if (flight == null) {
      return null;
    }
    return load(Futures.join(engine.tickets().refreshTicket(key, flight)), loader);
  }

  @Override
  public <X extends Exception> @Nullable V refresh(K key, Loader<? super K, ? extends V, X> loader)
      throws X {
    Unit unit = engine.runtime().units().touched();
    if (unit != null) {
      return unitReads.load(() -> loader.load(key));
    }
    Flight<K, V> mine = new Flight<>(engine.time().nanos(), true, engine.began());
    return load(Futures.join(engine.tickets().refreshTicket(key, mine)), loader);
  }

  @Override
  public Lookup<V> get(K key) {
    Unit unit = engine.runtime().units().touched();
    if (unit != null) {
      return unitReads.get(key, unit);
    }
    if (least == null && engine.isOn(key)) {
      long now = engine.time().nanos();
      L1Entry<K, V> entry = engine.nearest(key, now);
      if (entry != null) {
        engine.notes().near(entry, !entry.isFresh(now), now);
        engine.wasRead(entry);
        return entry.lookup(now);
      }
    }
    return lookBelow(key);
  }

  /** Looks below L1, and notes what came of it on the thread that asked. */
  private Lookup<V> lookBelow(K key) {
    if (!engine.isOn(key)) {
      return Futures.join(Lookups.lookup(engine, key, least, true));
    }
    long start = System.nanoTime();
    Lookup<V> found = Futures.join(Lookups.lookup(engine, key, least, false));
    CacheTier tier = found instanceof Lookup.Hit<V> hit
        ? hit.tier()
        : found instanceof Lookup.Absence<V> absence ? absence.tier() : null;
    if (tier != CacheTier.L1) {
      engine.counters().lookBelowTook(tier == null ? 0 : 1, 1, System.nanoTime() - start);
    }
    engine.notes().lookup(key, null, tier, found instanceof Lookup.Hit<V> hit && hit.isStale());
    return found;
  }

  @Override
  public Lookup<V> peek(K key) {
    Unit unit = engine.runtime().units().touched();
    return unit != null
        ? unitReads.peek(key, unit)
        : Futures.join(Lookups.lookup(engine, key, least, false));
  }

  CompletableFuture<Lookup<V>> lookup(K key) {
    Unit unit = engine.runtime().units().touched();
    if (unit != null) {
      return CompletableFuture.completedFuture(unitReads.get(key, unit));
    }
    return Lookups.lookup(engine, key, least, true);
  }

  @Override
  public boolean isOn(K key) {
    return engine.isOn(key);
  }

  @Override
  public <X extends Exception> Map<K, V> getAll(
      Collection<? extends K> keys, BulkLoader<K, V, X> loader) throws X {
    return bulk.getAll(keys, loader, isBelow(), least);
  }

  @Override
  public Acknowledgement put(K key, @Nullable V value) {
    return writes.write(key, () -> value);
  }

  @Override
  public <X extends Exception> Acknowledgement write(K key, SourceWriter<? extends V, X> writer)
      throws X {
    return writes.write(key, writer);
  }

  @Override
  public Lookup<V> update(K key, UnaryOperator<V> change) {
    return writes.update(key, change);
  }

  @Override
  public boolean touch(K key, Duration ttl) {
    return writes.touch(key, ttl);
  }

  @Override
  public Acknowledgement invalidate(K key) {
    return Futures.join(invalidations.key(key));
  }

  @Override
  public Acknowledgement invalidateAll(Collection<? extends K> keys) {
    return Futures.join(invalidations.keys(keys));
  }

  @Override
  public Acknowledgement invalidateTags(String... tags) {
    return Futures.join(invalidations.tags(tags));
  }

  @Override
  public Acknowledgement invalidatePrefix(Object... parts) {
    return Futures.join(invalidations.prefix(parts));
  }

  @Override
  public Acknowledgement clear() {
    return Futures.join(invalidations.clear());
  }

  @Override
  public CacheStats stats() {
    return engine.notes().stats();
  }

  @Override
  public Cache<K, V> atLeast(Position position) {
    return new SyncCache<>(engine, position);
  }

  @Override
  public AsyncCache<K, V> async() {
    return new AsyncFace<>(engine, this, least);
  }

  CacheEngine<K, V> engine() {
    return engine;
  }
}
