package dev.larder.internal.engine;

import dev.larder.LoadTimeoutException;
import dev.larder.Loader;
import dev.larder.internal.l1.L1Entry;
import dev.larder.internal.load.Flight;
import dev.larder.internal.load.LoadState;
import dev.larder.internal.load.Owned;
import dev.larder.internal.load.Ticket;
import dev.larder.internal.manage.CallSite;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads whose callers wait for them: on the caller's thread unless the policy sets a time-out. And those
 * that callers do not wait for, since an entry serves meanwhile.
 */
final class SyncLoads<K, V> {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.load");

  private final CacheEngine<K, V> engine;
  private final Duration soft;
  private final Duration hard;
  private final boolean hasTimeouts;

  SyncLoads(CacheEngine<K, V> engine) {
    this.engine = engine;
    this.soft = engine.policy().softTimeout();
    this.hard = engine.policy().hardTimeout();
    this.hasTimeouts = !soft.isZero() || !hard.isZero();
  }

  /** Loads and stores a value: this thread's duty by the ticket. */
  <X extends Exception> @Nullable V load(
      Ticket<K, V> ticket, Loader<? super K, ? extends V, X> loader) throws X {
    return hasTimeouts ? loadWithin(ticket, loader) : loadHere(ticket, loader);
  }

  /** Waits for what a lookup comes to. */
  Step<K, V> await(K key, CompletableFuture<Step<K, V>> looking) {
    return hasTimeouts ? within(key, looking) : Futures.join(looking);
  }

  /** The time-outs hold for those who wait for another's load too. */
  private Step<K, V> within(K key, CompletableFuture<Step<K, V>> looking) {
    L1Entry<K, V> standIn = soft.isZero() ? null : engine.fills().standIns().of(key);
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
      L1Entry<K, V> still = engine.fills().standIns().of(key);
      if (still != null) {
        engine.counters().staleHits.increment();
        return new Step.Answer<>(still, null);
      }
      throw new LoadTimeoutException(
          "cache " + engine.name() + ": another's load took longer than the time-out of " + limit);
    } catch (InterruptedException interrupted) {
      leave(looking);
      Thread.currentThread().interrupt();
      throw new LoadTimeoutException(
          "cache " + engine.name() + ": interrupted while waiting for a load", interrupted);
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

  private <X extends Exception> @Nullable V loadHere(
      Ticket<K, V> ticket, Loader<? super K, ? extends V, X> loader) throws X {
    String site = CallSite.find();
    long start = System.nanoTime();
    V value;
    Owned.enter();
    LoadState state = LoadState.open(
        engine.name(),
        engine.policy(),
        LoadState.current(),
        () -> engine.fills().standIns().previous(ticket));
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
    state.took(loaded - start);
    Futures.join(engine.fills().finish(ticket, value, state));
    engine.counters().missNanos.add(System.nanoTime() - loaded);
    return value;
  }

  private <X extends Exception> @Nullable V loadWithin(
      Ticket<K, V> ticket, Loader<? super K, ? extends V, X> loader) {
    CompletableFuture<@Nullable V> loading = new CompletableFuture<>();
    Runnable task = engine.runtime().carried(() -> {
      try {
        loading.complete(loadHere(ticket, loader));
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
    try {
      L1Entry<K, V> standIn = soft.isZero() ? null : engine.fills().standIns().of(ticket);
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
      L1Entry<K, V> standIn = engine.fills().standIns().of(ticket);
      if (standIn != null) {
        engine.counters().staleHits.increment();
        return standIn.value();
      }
      throw new LoadTimeoutException(
          "cache " + engine.name() + ": a load took longer than the hard time-out of " + hard);
    } catch (ExecutionException failure) {
      throw Futures.sneak(Futures.unwrap(failure));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new LoadTimeoutException(
          "cache " + engine.name() + ": interrupted while waiting for a load", interrupted);
    }
  }

  /** Loads in the background while readers go on with the entry; failures are counted, not thrown. */
  <X extends Exception> void refreshLater(
      K key, L1Entry<K, V> entry, Loader<? super K, ? extends V, X> loader) {
    if (!entry.beginRefresh()) {
      return;
    }
    Runnable task = engine.runtime().context().apply(() -> {
      try {
        refreshNow(key, loader);
      } catch (Throwable failure) {
        logger.warn("cache {}: a refresh failed: {}", engine.name(), failure.toString());
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
    return loadHere(Futures.join(engine.tickets().refreshTicket(key, flight)), loader);
  }

  /** Loads anew, whatever is there, and on the caller's thread even where time-outs are set. */
  <X extends Exception> @Nullable V refresh(K key, Loader<? super K, ? extends V, X> loader)
      throws X {
    Flight<K, V> mine = new Flight<>(engine.time().nanos(), true, engine.began());
    return loadHere(Futures.join(engine.tickets().refreshTicket(key, mine)), loader);
  }
}
