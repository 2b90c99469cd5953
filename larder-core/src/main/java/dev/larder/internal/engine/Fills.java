package dev.larder.internal.engine;

import dev.larder.CachePolicy;
import dev.larder.StaleTimes;
import dev.larder.internal.entry.Envelope;
import dev.larder.internal.entry.Sealed;
import dev.larder.internal.l1.L1;
import dev.larder.internal.l1.L1Entry;
import dev.larder.internal.load.LoadState;
import dev.larder.internal.load.Ticket;
import dev.larder.internal.node.Moment;
import dev.larder.internal.store.GuardedStore;
import dev.larder.key.SlotKey;
import dev.larder.log.Change;
import dev.larder.manage.Event;
import dev.larder.stats.Distribution.Measure;
import dev.larder.tier.Tier;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows a load: storing its value, and waking those who wait for it.
 *
 * <p>A fill is a compare-and-set on the nonce that the ticket carries. If the slot was deleted, planted
 * over or expired meanwhile it is refused; the callers who came before that still get the value.
 *
 * @param <K> key type
 * @param <V> value type
 */
final class Fills<K, V> {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.cache");

  private static final int MAX_REFUSALS = 100;

  private final CacheEngine<K, V> engine;
  private final CachePolicy<K, V> policy;
  private final NodeContext runtime;
  private final @Nullable L1<K, V> l1;
  private final HeldMarkers markers;
  private final StandIns<K, V> standIns;

  /** Reasons that were logged; bounded, since they name what a caller sent. */
  private final Set<String> refusals = Collections.newSetFromMap(bounded());

  Fills(CacheEngine<K, V> engine) {
    this.engine = engine;
    this.policy = engine.policy();
    this.runtime = engine.runtime();
    this.l1 = engine.l1();
    this.markers = new HeldMarkers(runtime.time());
    this.standIns = new StandIns<>(engine);
  }

  private static Map<String, Boolean> bounded() {
    return Collections.synchronizedMap(new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
        return size() > MAX_REFUSALS;
      }
    });
  }

  StandIns<K, V> standIns() {
    return standIns;
  }

  // ---- after a load

  /** Stores what a load brought and wakes the waiters. The stage never fails. */
  CompletionStage<Boolean> finish(Ticket<K, V> ticket, @Nullable V value, LoadState state) {
    String refusal = state.refusal();
    if (refusal != null) {
      return notShared(ticket, refusal);
    }
    return store(ticket, value, ticket.moment().sequence(), -1, state);
  }

  /** The value is its caller's alone: whoever waits for the load has to load for himself. */
  private CompletionStage<Boolean> notShared(Ticket<K, V> ticket, String reason) {
    if (refusals.add(reason)) {
      logger.warn("cache {}: an entry is not stored: {}", engine.name(), reason);
    }
    drop(ticket);
    engine.flights().giveUp(ticket.key(), ticket.flight());
    return CompletableFuture.completedFuture(false);
  }

  /**
   * Stores a value and wakes the waiters.
   *
   * @param keyAsOf local number from which records on the key count
   * @param keyPosition the key's own position in the store's log, or -1 for that of the moment
   * @param state what the load said of its entry; null for a value that was written
   * @return whether it was stored, or there was nothing to store; false when a fill was refused
   */
  CompletionStage<Boolean> store(
      Ticket<K, V> ticket,
      @Nullable V value,
      long keyAsOf,
      long keyPosition,
      @Nullable LoadState state) {
    K key = ticket.key();
    Moment moment = ticket.moment();
    Sealed.Kind kind = value != null
        ? Sealed.Kind.VALUE
        : policy.nullValues() ? Sealed.Kind.NULL : Sealed.Kind.ABSENCE;
    StaleTimes stale = engine.lives().pastTtl(key, value);
    List<String> tags;
    long ttl;
    boolean isStored;
    try {
      Set<String> all = new LinkedHashSet<>(policy.tagsOf(key, value));
      if (state != null) {
        all.addAll(state.tags());
      }
      tags = List.copyOf(all);
      Duration atMost = state == null ? null : state.ttl();
      ttl = Math.max(0, ttlMillis(kind, ticket, value, atMost));
      // One that never is fresh may be kept for loads to see.
      boolean isForLoads = kind == Sealed.Kind.VALUE
          && !stale.revalidateFor().isZero()
          && (atMost == null || atMost.toMillis() > 0);
      isStored = ttl > 0 || isForLoads;
    } catch (RuntimeException failure) {
      logger.error(
          "cache {}: the policy's tags or ttl failed; nothing is stored", engine.name(), failure);
      tags = List.of();
      ttl = 0;
      isStored = false;
    }
    long past = (ttl > 0 ? stale.longest() : stale.revalidateFor()).toMillis();
    long life = kind == Sealed.Kind.ABSENCE ? ttl : ttl + past;
    L1Entry<K, V> entry = new L1Entry<>(
        key,
        ticket.slot().slot(),
        kind,
        value,
        runtime.node().marks(engine.targets(ticket.slot(), tags)),
        moment.sequence(),
        keyAsOf,
        engine.lives().inL1(stale, ttl, life, ttl, state == null ? 0 : state.nanos()));
    if (state != null) {
      state.loaded(entry.marks());
    }
    // Before it is stored: a tier counts its life from later, and must not seem to end it too
    // early.
    long end = runtime.time().millis() + life;
    GuardedStore store = ticket.store();
    if (!isStored || ticket.isPassing() || !engine.isOn(key)) {
      drop(ticket);
      engine.flights().land(key, ticket.flight(), entry);
      return CompletableFuture.completedFuture(true);
    }
    CompletionStage<Boolean> filled;
    if (store == null || moment.epoch(store.index()) == 0) {
      filled = CompletableFuture.completedFuture(true);
    } else {
      int log = store.index();
      long asOf = moment.position(log);
      filled = fill(
          ticket,
          store,
          kind,
          value,
          new ValueForm.Frame(
              moment.epoch(log),
              asOf,
              Math.max(asOf, keyPosition),
              store.storeMillis(),
              ttl,
              life,
              tags));
    }
    boolean isWritten = keyPosition >= 0;
    List<String> tagged = tags;
    long ownTtl = ownTtl(kind, ttl);
    long freshMillis = ttl;
    return filled.handle((stored, failure) -> {
      if (failure != null) {
        release(ticket);
      }
      boolean isRefused = failure == null && !stored;
      // What was written through is as of its own record, which says nothing of what happened while
      // the source was written: only a fill that succeeded does.
      boolean isHeld = failure == null ? stored : !isWritten;
      if (isRefused) {
        engine.counters().fillsRefused.increment();
        engine
            .journal()
            .note(
                Event.Kind.REFUSED,
                engine.name(),
                ticket.slot().slot(),
                "something covering it was invalidated, or another filled it, while it was loaded",
                0,
                1);
      } else if (isHeld) {
        engine.putNear(key, entry);
        engine.journal().keys().made(entry.slot(), tagged, keyAsOf, end);
        engine.traffic().stored(entry, state == null, !tagged.isEmpty(), ownTtl);
        engine.notes().set(entry.slot(), freshMillis);
      }
      engine.flights().land(key, ticket.flight(), entry);
      return isHeld;
    });
  }

  private CompletionStage<Boolean> fill(
      Ticket<K, V> ticket,
      GuardedStore store,
      Sealed.Kind kind,
      @Nullable V value,
      ValueForm.Frame frame) {
    SlotKey slot = ticket.slot();
    Tier.Fill fill;
    try {
      fill = fillOf(slot, kind, value, frame);
    } catch (ValueForm.TooLarge | RuntimeException failure) {
      notStored(failure);
      drop(ticket);
      return frame.keyAsOf() > frame.asOf()
          ? CompletableFuture.failedFuture(failure)
          : CompletableFuture.completedFuture(true);
    }
    engine.traffic().sealed(ticket.key(), slot.slot(), fill.body());
    return store
        .call(() -> store.tier().fill(slot.slot(), ticket.nonce(), fill))
        .thenApply(stored -> {
          if (stored) {
            filled(store, slot, frame, fill);
          }
          return stored;
        });
  }

  /** An entry was stored: counts it and sees to its markers. */
  void filled(GuardedStore store, SlotKey slot, ValueForm.Frame frame, Tier.Fill fill) {
    engine.counters().fills.increment();
    engine.counters().histograms.record(Measure.STORED_SIZE, fill.body().length);
    markers.hold(store, store.index(), engine.targets(slot, frame.tags()), fill.life());
  }

  /** The sealed form of a value. */
  Tier.Fill fillOf(SlotKey slot, Sealed.Kind kind, @Nullable V value, ValueForm.Frame frame)
      throws ValueForm.TooLarge {
    Sealed sealed = Objects.requireNonNull(engine.form()).seal(slot.slot(), kind, value, frame);
    long idle = policy.idleTime().toMillis();
    long life = frame.lifeMillis();
    return new Tier.Fill(
        Change.newNonce(false),
        Envelope.seal(slot.slot(), sealed),
        Duration.ofMillis(idle > 0 ? Math.min(life, idle) : life));
  }

  void notStored(Exception failure) {
    if (failure instanceof ValueForm.TooLarge) {
      engine.counters().tooLarge.increment();
      logger.warn("cache {}: a value is not stored: {}", engine.name(), failure.getMessage());
    } else {
      logger.error(
          "cache {}: a value is not stored: it has no stored form", engine.name(), failure);
    }
  }

  /**
   * Ends a load that failed: the lease is given back, and a valid entry past its time stands in where
   * the policy allows it.
   *
   * @return the stand-in, or null when the failure is the callers'
   */
  @Nullable L1Entry<K, V> fail(Ticket<K, V> ticket, Throwable failure) {
    release(ticket);
    L1Entry<K, V> standIn = standIns.of(ticket);
    if (standIn == null) {
      engine.flights().abandon(ticket.key(), ticket.flight(), failure);
    } else {
      engine.flights().land(ticket.key(), ticket.flight(), standIn);
    }
    return standIn;
  }

  /** Gives a lease back, so that others need not wait for it to run out. */
  void release(Ticket<K, V> ticket) {
    GuardedStore store = ticket.store();
    if (store != null && ticket.planted()) {
      engine.leaseReturns().giveBack(store, ticket.slot().slot(), ticket.nonce());
    }
  }

  /**
   * Empties the slot that a ticket names, since what was loaded can't be stored: the placeholder, or
   * the entry that was to be replaced, which is older than what the source said.
   */
  private void drop(Ticket<K, V> ticket) {
    if (ticket.isPassing()) {
      return;
    }
    GuardedStore store = ticket.store();
    if (store != null) {
      engine.leaseReturns().giveBack(store, ticket.slot().slot(), ticket.nonce());
    }
    L1Entry<K, V> near = l1 == null ? null : l1.get(ticket.key(), runtime.time().nanos());
    if (l1 != null && near != null && near.keyAsOf() <= ticket.moment().sequence()) {
      l1.remove(ticket.key(), near);
    }
  }

  /** A lease that was granted after its taker had given up would keep others waiting in vain. */
  void releaseLate(GuardedStore store, String slot, long nonce, boolean isPlanted) {
    if (isPlanted) {
      engine.leaseReturns().giveBack(store, slot, nonce);
    }
  }

  // ---- times and targets

  private long ttlMillis(
      Sealed.Kind kind, Ticket<K, V> ticket, @Nullable V value, @Nullable Duration atMost) {
    Duration ttl = kind == Sealed.Kind.ABSENCE
        ? policy.negativeTtl()
        : value == null ? policy.ttl() : policy.ttlOf(ticket.key(), value);
    TrialRun trial = engine.trial().running();
    long tried = trial == null || kind == Sealed.Kind.ABSENCE
        ? -1
        : trial.ttlMillis(ticket.slot().slot());
    if (tried >= 0) {
      ttl = Duration.ofMillis(tried);
    }
    if (atMost != null && atMost.compareTo(ttl) < 0) {
      ttl = atMost;
    }
    long millis = ttl.toMillis();
    double shorter = policy.jitter() * ThreadLocalRandom.current().nextDouble();
    return millis - (long) (millis * shorter);
  }

  /** The ttl of an entry in milliseconds if another policy's ttl would not change it; else 0. */
  private long ownTtl(Sealed.Kind kind, long ttl) {
    long usual = policy.ttl().toMillis();
    boolean isUsual = ttl <= usual && ttl >= usual - (long) (usual * policy.jitter());
    return isUsual && kind != Sealed.Kind.ABSENCE ? 0 : Math.max(1, ttl);
  }
}
