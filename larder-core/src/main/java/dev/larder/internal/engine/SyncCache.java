package dev.larder.internal.engine;

import dev.larder.Acknowledgement;
import dev.larder.AsyncCache;
import dev.larder.BulkLoader;
import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.CacheTier;
import dev.larder.Loader;
import dev.larder.Lookup;
import dev.larder.SourceWriter;
import dev.larder.internal.engine.Lookups.Noted;
import dev.larder.internal.l1.L1Entry;
import dev.larder.internal.load.Owned;
import dev.larder.log.Position;
import dev.larder.stats.CacheStats;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The synchronous face. */
final class SyncCache<K, V> implements Cache<K, V> {

  private final CacheEngine<K, V> engine;
  private final Invalidations<K, V> invalidations;
  private final Writes<K, V> writes;
  private final BulkReads<K, V> bulk;
  private final UnitReads<K, V> unitReads;
  private final SyncLoads<K, V> loads;
  private final @Nullable Position least;

  SyncCache(CacheEngine<K, V> engine, @Nullable Position least) {
    this.engine = engine;
    this.invalidations = new Invalidations<>(engine);
    this.writes = new Writes<>(engine);
    this.bulk = new BulkReads<>(engine);
    this.unitReads = new UnitReads<>(engine);
    this.loads = new SyncLoads<>(engine);
    this.least = least;
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
      return loads.load(engine.passing(key), loader);
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
          loads.refreshLater(key, entry, loader);
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
    Step<K, V> step = loads.await(key, looking);
    engine.counters().lookBelowTook(step.isTierHit() ? 1 : 0, 1, System.nanoTime() - start);
    if (step instanceof Step.Answer<K, V> answer) {
      L1Entry<K, V> entry = answer.entry();
      long now = engine.time().nanos();
      engine
          .notes()
          .lookup(key, entry, answer.tier(), answer.tier() != null && !entry.isFresh(now));
      engine.wasRead(entry);
      if (answer.tier() != null && entry.isRefreshDue(now)) {
        loads.refreshLater(key, entry, loader);
      }
      return entry.value();
    }
    engine.notes().lookup(key, null, null, false);
    return loads.load(((Step.Load<K, V>) step).ticket(), loader);
  }

  @Override
  public <X extends Exception> @Nullable V refresh(K key, Loader<? super K, ? extends V, X> loader)
      throws X {
    Unit unit = engine.runtime().units().touched();
    if (unit != null) {
      return unitReads.load(() -> loader.load(key));
    }
    return loads.refresh(key, loader);
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
      return Futures.join(Lookups.lookup(engine, key, least, Noted.ALL));
    }
    long start = System.nanoTime();
    Lookup<V> found = Futures.join(Lookups.lookup(engine, key, least, Noted.REASON));
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
        : Futures.join(Lookups.lookup(engine, key, least, Noted.NOTHING));
  }

  CompletableFuture<Lookup<V>> lookup(K key) {
    Unit unit = engine.runtime().units().touched();
    if (unit != null) {
      return CompletableFuture.completedFuture(unitReads.get(key, unit));
    }
    return Lookups.lookup(engine, key, least, Noted.ALL);
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
