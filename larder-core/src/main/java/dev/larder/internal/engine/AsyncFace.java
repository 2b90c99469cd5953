package dev.larder.internal.engine;

import dev.larder.Acknowledgement;
import dev.larder.AsyncCache;
import dev.larder.Cache;
import dev.larder.CacheTier;
import dev.larder.LoadTimeoutException;
import dev.larder.Lookup;
import dev.larder.internal.l1.L1Entry;
import dev.larder.internal.load.Flight;
import dev.larder.internal.load.LoadState;
import dev.larder.internal.load.Ticket;
import dev.larder.internal.manage.CallSite;
import dev.larder.log.Position;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The asynchronous face. */
final class AsyncFace<K, V> implements AsyncCache<K, V> {

  private final CacheEngine<K, V> engine;
  private final SyncCache<K, V> sync;
  private final Invalidations<K, V> invalidations;
  private final Writes<K, V> writes;
  private final @Nullable Position least;

  AsyncFace(CacheEngine<K, V> engine, SyncCache<K, V> sync, @Nullable Position least) {
    this.engine = engine;
    this.sync = sync;
    this.invalidations = new Invalidations<>(engine);
    this.writes = new Writes<>(engine);
    this.least = least;
  }

  @Override
  public CompletionStage<@Nullable V> get(
      K key, Function<? super K, ? extends CompletionStage<? extends @Nullable V>> loader) {
    LoadState around = LoadState.current();
    if (least == null || !engine.isOn(key)) {
      return get(key, loader, false, around);
    }
    return engine.runtime().reach(least).thenCompose(reached -> get(key, loader, !reached, around));
  }

  private CompletionStage<@Nullable V> get(
      K key,
      Function<? super K, ? extends CompletionStage<? extends @Nullable V>> loader,
      boolean alone,
      @Nullable LoadState around) {
    Unit unit = engine.runtime().units().touched();
    if (unit != null) {
      return new UnitReads<>(engine).getAsync(key, loader, unit);
    }
    if (!engine.isOn(key)) {
      return within(engine.passing(key), loader, around).copy();
    }
    long now = engine.time().nanos();
    L1Entry<K, V> near = alone ? null : engine.nearest(key, now);
    if (near != null) {
      engine.wasRead(near, around);
      answered(key, near, CacheTier.L1, loader);
      return CompletableFuture.completedFuture(near.value());
    }
    long start = System.nanoTime();
    CompletableFuture<Step<K, V>> step = alone
        ? engine.tickets().prepareAlone(key, true)
        : engine.tickets().prepare(key, true, engine.mustBeStrict());
    boolean isHere = step.isDone();
    return step.<@Nullable V>thenCompose(done -> {
          engine.counters().lookBelowTook(done.isTierHit() ? 1 : 0, 1, System.nanoTime() - start);
          if (done instanceof Step.Answer<K, V> answer) {
            engine.wasRead(answer.entry(), around);
            answered(key, answer.entry(), answer.tier(), loader);
            return CompletableFuture.<@Nullable V>completedFuture(answer.entry().value());
          }
          engine.notes().lookup(key, null, null, false);
          Ticket<K, V> ticket = ((Step.Load<K, V>) done).ticket();
          return isHere
              ? within(ticket, loader, around)
              : elsewhere(ticket, () -> within(ticket, loader, around));
        })
        .copy();
  }

  /** Calls the loader on the executor: a store's own thread must not run what may block. */
  private CompletableFuture<@Nullable V> elsewhere(
      Ticket<K, V> ticket, Supplier<CompletableFuture<@Nullable V>> load) {
    CompletableFuture<CompletableFuture<@Nullable V>> called = new CompletableFuture<>();
    try {
      engine
          .runtime()
          .executor()
          .execute(engine.runtime().context().apply(() -> called.complete(load.get())));
    } catch (RuntimeException rejected) {
      engine.fills().fail(ticket, rejected);
      called.completeExceptionally(rejected);
    }
    return called.thenCompose(loading -> loading);
  }

  private void answered(
      K key,
      L1Entry<K, V> entry,
      @Nullable CacheTier tier,
      Function<? super K, ? extends CompletionStage<? extends @Nullable V>> loader) {
    long now = engine.time().nanos();
    engine.notes().lookup(key, entry, tier, tier != null && !entry.isFresh(now));
    if (tier == null || !entry.isRefreshDue(now) || !entry.beginRefresh()) {
      return;
    }
    Flight<K, V> flight = engine.flights().begin(key, engine.time().nanos(), null);
    if (flight == null) {
      entry.endRefresh();
      return;
    }
    engine
        .tickets()
        .refreshTicket(key, flight)
        .thenCompose(ticket -> elsewhere(ticket, () -> load(ticket, loader, null)))
        .whenComplete((done, failure) -> entry.endRefresh());
  }

  private CompletableFuture<@Nullable V> load(
      Ticket<K, V> ticket,
      Function<? super K, ? extends CompletionStage<? extends @Nullable V>> loader,
      @Nullable LoadState around) {
    String site = CallSite.find();
    long start = System.nanoTime();
    CompletionStage<@Nullable V> loading;
    LoadState state = LoadState.open(
        engine.name(), engine.policy(), around, () -> engine.fills().standIns().previous(ticket));
    try {
      loading = engine.<@Nullable V>loadLater(
          1,
          () -> Objects.requireNonNull(loader.apply(ticket.key()), "the loader returned no stage")
              .thenApply(value -> value));
    } catch (Throwable failure) {
      loading = CompletableFuture.failedFuture(failure);
    } finally {
      state.close();
    }
    return loading
        .<CompletionStage<@Nullable V>>handle((value, failure) -> {
          long loaded = System.nanoTime();
          engine
              .notes()
              .loaded(
                  ticket, site, loaded - start, failure == null ? null : Futures.unwrap(failure));
          if (failure == null) {
            state.took(loaded - start);
            return engine.fills().finish(ticket, value, state).<@Nullable V>thenApply(stored -> {
              engine.counters().missNanos.add(System.nanoTime() - loaded);
              return value;
            });
          }
          Throwable cause = Futures.unwrap(failure);
          L1Entry<K, V> standIn = engine.fills().fail(ticket, cause);
          if (standIn == null) {
            return CompletableFuture.<@Nullable V>failedFuture(cause);
          }
          engine.counters().staleHits.increment();
          return CompletableFuture.<@Nullable V>completedFuture(standIn.value());
        })
        .<@Nullable V>thenCompose(stage -> stage)
        .toCompletableFuture();
  }

  private CompletableFuture<@Nullable V> within(
      Ticket<K, V> ticket,
      Function<? super K, ? extends CompletionStage<? extends @Nullable V>> loader,
      @Nullable LoadState around) {
    CompletableFuture<@Nullable V> loading = load(ticket, loader, around);
    Duration soft = engine.policy().softTimeout();
    Duration hard = engine.policy().hardTimeout();
    L1Entry<K, V> standIn = soft.isZero() ? null : engine.fills().standIns().of(ticket);
    if (standIn == null && hard.isZero()) {
      return loading;
    }
    Duration limit = standIn != null ? soft : hard;
    return loading
        .copy()
        .orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS)
        .<CompletionStage<@Nullable V>>handle((value, failure) -> {
          if (failure == null) {
            return CompletableFuture.completedFuture(value);
          }
          if (!(Futures.unwrap(failure) instanceof TimeoutException)) {
            return CompletableFuture.<V>failedFuture(Futures.unwrap(failure));
          }
          L1Entry<K, V> stale = engine.fills().standIns().of(ticket);
          if (stale != null) {
            engine.counters().staleHits.increment();
            return CompletableFuture.completedFuture(stale.value());
          }
          return CompletableFuture.<V>failedFuture(new LoadTimeoutException(
              "cache " + engine.name() + ": a load took longer than " + limit));
        })
        .<@Nullable V>thenCompose(stage -> stage);
  }

  @Override
  public CompletionStage<Lookup<V>> get(K key) {
    return sync.lookup(key).copy();
  }

  @Override
  public CompletionStage<Map<K, V>> getAll(
      Collection<? extends K> keys,
      Function<Set<K>, ? extends CompletionStage<? extends Map<? extends K, ? extends V>>> loader) {
    CompletionStage<Boolean> reached = least == null
        ? CompletableFuture.completedFuture(true)
        : engine.runtime().reach(least);
    return reached.thenCompose(ok -> new BulkReads<>(engine).getAllAsync(keys, loader, !ok, least));
  }

  @Override
  public CompletionStage<Acknowledgement> put(K key, @Nullable V value) {
    return Invalidations.own(writes.put(key, value));
  }

  @Override
  public CompletionStage<Acknowledgement> invalidate(K key) {
    return Invalidations.own(invalidations.key(key));
  }

  @Override
  public CompletionStage<Acknowledgement> invalidateAll(Collection<? extends K> keys) {
    return Invalidations.own(invalidations.keys(keys));
  }

  @Override
  public CompletionStage<Acknowledgement> invalidatePrefix(Object... parts) {
    return Invalidations.own(invalidations.prefix(parts));
  }

  @Override
  public CompletionStage<Acknowledgement> clear() {
    return Invalidations.own(invalidations.clear());
  }

  @Override
  public Cache<K, V> sync() {
    return sync;
  }
}
