package dev.larder.internal.engine;

import dev.larder.CachePolicy;
import dev.larder.CacheTier;
import dev.larder.TimeSource;
import dev.larder.internal.entry.Envelope;
import dev.larder.internal.entry.Sealed;
import dev.larder.internal.l1.L1;
import dev.larder.internal.l1.L1Entry;
import dev.larder.internal.load.Flight;
import dev.larder.internal.load.Ticket;
import dev.larder.internal.node.Moment;
import dev.larder.internal.store.GuardedStore;
import dev.larder.key.KeyEncoder;
import dev.larder.key.SlotKey;
import dev.larder.log.Change;
import dev.larder.log.Target;
import dev.larder.stats.CacheStats;
import dev.larder.tier.Tier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine of one cache. Both faces run on it.
 *
 * <p><b>A lookup</b> goes L1, then {@link #prepare}: single flight in this process, the first usable
 * store, and there either a valid entry or a placeholder of our own, which is the lease. What comes
 * back is an answer or a {@link Ticket}: the duty to load and the right to store. The face runs the
 * loader (on the caller's thread, or as a stage) and hands the result to {@link #finish} or {@link
 * #fail}. Nothing is locked in between.
 *
 * <p><b>A fill</b> is a compare-and-set on the nonce that the ticket carries. If the slot was deleted,
 * planted over or expired meanwhile it is refused; the callers who came before that still get the
 * value.
 */
final class CacheEngine<K, V> {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.cache");

  /** A flight ended without a result. */
  private static final class Yielded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Yielded() {
      super("the flight was given up", null, false, false);
    }
  }

  private final String name;
  private final CachePolicy<K, V> policy;
  private final NodeContext runtime;
  private final KeyEncoder keys;
  private final @Nullable ValueForm<V> form;
  private final @Nullable L1<K, V> l1;
  private final List<GuardedStore> chain;
  private final TierReader<K, V> reader;
  private final LeaseWait leases;
  private final HeldMarkers markers;
  private final ConcurrentMap<K, Flight<K, V>> flights = new ConcurrentHashMap<>();
  private final Counters counters = new Counters();
  private final TopKeys topKeys = new TopKeys();
  private final long maxStalenessNanos;
  private final boolean withDatabase;
  private final Target cacheTarget;

  CacheEngine(
      String name,
      CachePolicy<K, V> policy,
      NodeContext runtime,
      KeyEncoder keys,
      @Nullable ValueForm<V> form) {
    this.name = name;
    this.policy = policy;
    this.runtime = runtime;
    this.keys = keys;
    this.form = form;
    this.l1 = policy.tiers().contains(CacheTier.L1)
        ? new L1<>(
            runtime.node(),
            runtime.time(),
            runtime.executor(),
            policy.l1Maximum(),
            policy.l1Weigher())
        : null;
    this.chain = form == null ? List.of() : runtime.chain(policy.tiers());
    this.reader = new TierReader<>(this, runtime.node());
    this.leases = new LeaseWait(runtime.scheduler());
    this.markers = new HeldMarkers(runtime.time());
    this.maxStalenessNanos = policy.maxStaleness().toNanos();
    this.withDatabase = policy.tiers().contains(CacheTier.DATABASE);
    this.cacheTarget = Target.cache(keys.stem());
  }

  // ---- reading

  /** The entry in L1 if it may be served now without asking anyone. */
  @Nullable L1Entry<K, V> nearest(K key, long now) {
    if (l1 == null) {
      return null;
    }
    L1Entry<K, V> entry = l1.get(key, now);
    if (entry == null
        || !runtime.isCurrent(now, maxStalenessNanos, withDatabase)
        || !entry.isServed(now)) {
      return null;
    }
    if (!entry.isValid()) {
      l1.remove(key, entry);
      return null;
    }
    if (entry.use(now)) {
      used(entry);
    }
    return entry;
  }

  /** Whether reads below L1 have to ask the markers, since this node is not confirmed. */
  boolean mustBeStrict() {
    return !runtime.isCurrent(runtime.time().nanos(), maxStalenessNanos, withDatabase);
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
    Flight<K, V> mine = new Flight<>(now, strict);
    Flight<K, V> other = flights.putIfAbsent(key, mine);
    if (other == null) {
      return own(key, mine, mayWait, strict);
    }
    if (!mayWait) {
      return own(key, mine, false, strict);
    }
    if (strict && !(other.isStrict() && now - other.beganAt() <= maxStalenessNanos)) {
      // This node may have missed an invalidation; a flight is joined only if what it brings is no
      // older than the bound. Those who come after this one find a younger flight.
      flights.replace(key, other, mine);
      return own(key, mine, true, true);
    }
    counters.waits.increment();
    return other
        .landed()
        .<CompletionStage<Step<K, V>>>handle((entry, failure) -> {
          if (failure != null && !(Futures.unwrap(failure) instanceof Yielded)) {
            return CompletableFuture.<Step<K, V>>failedFuture(Futures.unwrap(failure));
          }
          return failure == null && isAcceptable(entry, arrival)
              ? CompletableFuture.<Step<K, V>>completedFuture(new Step.Answer<>(entry, null))
              : prepare(key, true, mustBeStrict());
        })
        .thenCompose(step -> step);
  }

  /**
   * As {@link #prepare}, for a caller who asked for a position that this node could not reach: shares
   * nothing with others.
   */
  CompletableFuture<Step<K, V>> prepareAlone(K key, boolean mayWait) {
    Flight<K, V> mine = new Flight<>(runtime.time().nanos(), true);
    return mayTrustStores()
        .thenCompose(ok -> ok
            ? own(key, mine, mayWait, true)
            : CompletableFuture.completedFuture(
                new Step.Load<>(unstored(key, keys.encode(key), mine))));
  }

  /**
   * Whether the stores may answer a caller who asked for a position that this node could not reach:
   * only when the origin was proved after that, since a record it has may be in no other store yet.
   */
  CompletableFuture<Boolean> mayTrustStores() {
    GuardedStore origin = runtime.origin();
    return origin == null
        ? CompletableFuture.completedFuture(true)
        : origin.follower().catchUp().toCompletableFuture();
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
      L1Entry<K, V> entry = strict ? null : nearest(key, runtime.time().nanos());
      if (entry != null) {
        settle(key, flight, entry);
        return CompletableFuture.completedFuture(new Step.Answer<>(entry, CacheTier.L1));
      }
      SlotKey slot = keys.encode(key);
      step = descend(0, key, slot, flight, mayWait, strict).toCompletableFuture();
    } catch (RuntimeException failure) {
      abandon(key, flight, failure);
      throw failure;
    }
    return step.whenComplete((ok, failure) -> {
      if (failure != null) {
        abandon(key, flight, failure);
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
        new Ticket<>(key, slot, flight, null, 0, false, runtime.node().now(), null)));
  }

  private CompletionStage<Step<K, V>> look(
      GuardedStore store,
      K key,
      SlotKey slot,
      Flight<K, V> flight,
      boolean mayWait,
      boolean strict,
      LeaseWait.Patience patience) {
    return reader.read(store, key, slot, strict).thenCompose(found -> {
      switch (found.state()) {
        case HIT -> {
          L1Entry<K, V> entry = Objects.requireNonNull(found.entry());
          putNear(key, entry);
          settle(key, flight, entry);
          return CompletableFuture.completedFuture(new Step.Answer<>(entry, store.place()));
        }
        case LEASED -> {
          if (!mayWait || patience.isOver(runtime.time().nanos())) {
            return CompletableFuture.completedFuture(new Step.Load<>(
                new Ticket<>(key, slot, flight, null, 0, false, runtime.node().now(), null)));
          }
          return patience
              .pause()
              .thenCompose(again -> look(store, key, slot, flight, true, strict, patience));
        }
        case STAND_IN -> {
          // The old entry stays in its slot to stand in; its nonce is what the fill names.
          return CompletableFuture.completedFuture(new Step.Load<>(new Ticket<>(
              key,
              slot,
              flight,
              store,
              found.nonce(),
              false,
              runtime.node().now(),
              found.entry())));
        }
        case MISS -> {
          long nonce = Change.newNonce(false);
          return store
              .call(
                  () -> store.tier().plant(slot.slot(), found.nonce(), nonce, policy.lease()),
                  late -> releaseLate(store, slot, nonce, late))
              .thenCompose(planted -> planted
                  ? CompletableFuture.completedFuture(new Step.Load<>(new Ticket<>(
                      key, slot, flight, store, nonce, true, runtime.node().now(), null)))
                  : look(store, key, slot, flight, mayWait, strict, patience));
        }
      }
      throw new IllegalStateException("unreachable");
    });
  }

  /**
   * A strict read of L2 also needs to know what the origin log has, or it must not be served. A
   * database that does not answer at all is no reason to go without L2.
   */
  CompletionStage<Boolean> originCaughtUp(GuardedStore store) {
    GuardedStore origin = runtime.origin();
    if (origin == null || origin == store || origin.isDown()) {
      return CompletableFuture.completedFuture(true);
    }
    return origin.follower().catchUp().thenApply(proved -> proved || origin.isDown());
  }

  // ---- after a load

  /** Stores what a load brought and wakes the waiters. The stage never fails. */
  CompletionStage<Boolean> finish(Ticket<K, V> ticket, @Nullable V value) {
    Moment moment = ticket.moment();
    return store(ticket, value, moment.sequence(), -1);
  }

  /**
   * Stores a value and wakes the waiters.
   *
   * @param keyAsOf local number from which records on the key count
   * @param keyPosition the key's own position in the store's log, or -1 for that of the moment
   * @return whether it was stored, or there was nothing to store; false when a fill was refused
   */
  CompletionStage<Boolean> store(
      Ticket<K, V> ticket, @Nullable V value, long keyAsOf, long keyPosition) {
    K key = ticket.key();
    Moment moment = ticket.moment();
    Sealed.Kind kind = value != null
        ? Sealed.Kind.VALUE
        : policy.nullValues() ? Sealed.Kind.NULL : Sealed.Kind.ABSENCE;
    List<String> tags;
    long ttl;
    try {
      tags = List.copyOf(new LinkedHashSet<>(policy.tagsOf(key, value)));
      ttl = ttlMillis(kind, key, value);
    } catch (RuntimeException failure) {
      logger.error("cache {}: the policy's tags or ttl failed; nothing is stored", name, failure);
      tags = List.of();
      ttl = 0;
    }
    long stale = Math.max(policy.staleFor().toMillis(), policy.staleIfError().toMillis());
    long life = kind == Sealed.Kind.ABSENCE ? ttl : ttl + stale;
    L1Entry<K, V> entry = new L1Entry<>(
        key,
        ticket.slot().slot(),
        kind,
        value,
        runtime.node().marks(targets(ticket.slot(), tags)),
        moment.sequence(),
        keyAsOf,
        lifeOf(ttl, life, ttl));
    GuardedStore store = ticket.store();
    if (ttl <= 0) {
      drop(ticket);
      settle(key, ticket.flight(), entry);
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
    return filled.handle((stored, failure) -> {
      boolean isRefused = failure == null && !stored;
      // What was written through is as of its own record, which says nothing of what happened while
      // the source was written: only a fill that succeeded does.
      boolean isStored = failure == null ? stored : !isWritten;
      if (isRefused) {
        counters.fillsRefused.increment();
      } else if (isStored) {
        putNear(key, entry);
      }
      settle(key, ticket.flight(), entry);
      return isStored;
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
    counters.fills.increment();
    markers.hold(store, store.index(), targets(slot, frame.tags()), fill.life());
    if (logger.isDebugEnabled()) {
      logger.debug("SET {} (ttl {} s)", slot.slot(), frame.freshMillis() / 1000.0);
    }
  }

  /** The sealed form of a value. */
  Tier.Fill fillOf(SlotKey slot, Sealed.Kind kind, @Nullable V value, ValueForm.Frame frame)
      throws ValueForm.TooLarge {
    Sealed sealed = Objects.requireNonNull(form).seal(kind, value, frame);
    long idle = policy.idleTime().toMillis();
    long life = frame.lifeMillis();
    return new Tier.Fill(
        Change.newNonce(false),
        Envelope.seal(slot.slot(), sealed),
        Duration.ofMillis(idle > 0 ? Math.min(life, idle) : life));
  }

  void notStored(Exception failure) {
    if (failure instanceof ValueForm.TooLarge) {
      counters.tooLarge.increment();
      logger.warn("cache {}: a value is not stored: {}", name, failure.getMessage());
    } else {
      logger.error("cache {}: a value is not stored: it has no stored form", name, failure);
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
    L1Entry<K, V> standIn = standIn(ticket);
    if (standIn == null) {
      abandon(ticket.key(), ticket.flight(), failure);
    } else {
      settle(ticket.key(), ticket.flight(), standIn);
    }
    return standIn;
  }

  /** A valid entry that may be served in place of a load; null if there is none. */
  @Nullable L1Entry<K, V> standIn(Ticket<K, V> ticket) {
    L1Entry<K, V> standIn = ticket.standIn();
    return standIn == null ? standIn(ticket.key()) : valid(standIn);
  }

  /** An entry of L1 that may be served in place of a load; null if there is none. */
  @Nullable L1Entry<K, V> standIn(K key) {
    return l1 == null || policy.staleIfError().isZero()
        ? null
        : valid(l1.get(key, runtime.time().nanos()));
  }

  private @Nullable L1Entry<K, V> valid(@Nullable L1Entry<K, V> standIn) {
    return standIn != null
            && standIn.isAlive(runtime.time().nanos())
            && standIn.isValid()
            && runtime.node().isKeyClean(standIn.slot(), standIn.keyAsOf())
            && !mustBeStrict()
        ? standIn
        : null;
  }

  /** Gives a lease back, so that others need not wait for it to run out. */
  void release(Ticket<K, V> ticket) {
    GuardedStore store = ticket.store();
    if (store != null && ticket.planted()) {
      // Not waited for: a placeholder that stays runs out by itself.
      var unused = store.call(() -> store.tier().release(ticket.slot().slot(), ticket.nonce()));
    }
  }

  /**
   * Empties the slot that a ticket names, since what was loaded can't be stored: the placeholder, or
   * the entry that was to be replaced, which is older than what the source said.
   */
  private void drop(Ticket<K, V> ticket) {
    GuardedStore store = ticket.store();
    if (store != null) {
      var unused = store.call(() -> store.tier().release(ticket.slot().slot(), ticket.nonce()));
    }
    L1Entry<K, V> near = l1 == null ? null : l1.get(ticket.key(), runtime.time().nanos());
    if (l1 != null && near != null && near.keyAsOf() <= ticket.moment().sequence()) {
      l1.remove(ticket.key(), near);
    }
  }

  /** Puts an entry into L1. A weigher that fails keeps it out and harms nobody else. */
  void putNear(K key, L1Entry<K, V> entry) {
    if (l1 != null) {
      try {
        l1.put(key, entry);
      } catch (RuntimeException failure) {
        logger.error("cache {}: an entry is not kept in L1", name, failure);
      }
    }
  }

  /** A lease that was granted after its taker had given up would keep others waiting in vain. */
  private static void releaseLate(GuardedStore store, SlotKey slot, long nonce, boolean isPlanted) {
    if (isPlanted) {
      var unused = store.call(() -> store.tier().release(slot.slot(), nonce));
    }
  }

  private void settle(K key, Flight<K, V> flight, L1Entry<K, V> entry) {
    flights.remove(key, flight);
    flight.land(entry);
  }

  void abandon(K key, Flight<K, V> flight, Throwable failure) {
    flights.remove(key, flight);
    flight.fail(failure);
  }

  /** A bulk read found an entry: L1 has it and the waiters are woken. */
  void accepted(K key, Flight<K, V> flight, L1Entry<K, V> entry) {
    putNear(key, entry);
    settle(key, flight, entry);
  }

  /** Gives up a flight without a result; those who joined it look for themselves. */
  void giveUp(K key, Flight<K, V> flight) {
    flights.remove(key, flight);
    flight.fail(new Yielded());
  }

  /** Joins or begins a flight for a refresh; null if one is under way. */
  @Nullable Flight<K, V> beginFlight(K key) {
    Flight<K, V> mine = new Flight<>(runtime.time().nanos(), false);
    return flights.putIfAbsent(key, mine) == null ? mine : null;
  }

  /** The flight of a key that is under way, if any. */
  @Nullable Flight<K, V> flight(K key) {
    return flights.get(key);
  }

  /**
   * A ticket to load a key that is cached already: the fill compares with the entry's own nonce, so
   * readers go on with it meanwhile.
   */
  CompletionStage<Ticket<K, V>> refreshTicket(K key, Flight<K, V> flight) {
    SlotKey slot = keys.encode(key);
    for (GuardedStore store : chain) {
      if (store.isUsable()) {
        return reader
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
          key, slot, flight, store, found.nonce(), false, runtime.node().now(), found.entry()));
    }
    if (found.state() == Found.State.LEASED) {
      return CompletableFuture.completedFuture(unstored(key, slot, flight));
    }
    long nonce = Change.newNonce(false);
    return store
        .call(
            () -> store.tier().plant(slot.slot(), found.nonce(), nonce, policy.lease()),
            late -> releaseLate(store, slot, nonce, late))
        .thenApply(planted -> planted
            ? new Ticket<>(key, slot, flight, store, nonce, true, runtime.node().now(), null)
            : unstored(key, slot, flight));
  }

  Ticket<K, V> unstored(K key, SlotKey slot, Flight<K, V> flight) {
    return new Ticket<>(key, slot, flight, null, 0, false, runtime.node().now(), null);
  }

  /** Lets the shared tier know of a use, where idle time counts; not waited for. */
  private void used(L1Entry<K, V> entry) {
    for (GuardedStore store : chain) {
      if (store.isUsable()) {
        Tier tier = store.tier();
        var unused = store
            .call(() -> tier.read(entry.slot()))
            .thenCompose(slot -> tier.touch(entry.slot(), slot.nonce(), policy.idleTime()));
        return;
      }
    }
  }

  // ---- times and targets

  private long ttlMillis(Sealed.Kind kind, K key, @Nullable V value) {
    Duration ttl = kind == Sealed.Kind.ABSENCE
        ? policy.negativeTtl()
        : value == null ? policy.ttl() : policy.ttlOf(key, value);
    long millis = ttl.toMillis();
    double shorter = policy.jitter() * ThreadLocalRandom.current().nextDouble();
    return millis - (long) (millis * shorter);
  }

  /** The life in L1 of an entry with so much left, milliseconds. */
  L1Entry.Life lifeOf(long freshLeft, long lifeLeft, long ttl) {
    long now = runtime.time().nanos();
    long l1Ttl = policy.l1Ttl().isZero() ? Long.MAX_VALUE : policy.l1Ttl().toMillis();
    long until = Math.min(lifeLeft, l1Ttl);
    long fresh = Math.min(freshLeft, until);
    long served = Math.min(freshLeft + policy.staleFor().toMillis(), until);
    long refresh = policy.earlyRefresh() == 0
        ? fresh
        : Math.min(fresh, freshLeft - (long) (ttl * (1 - policy.earlyRefresh())));
    return new L1Entry.Life(
        now,
        now + TimeUnit.MILLISECONDS.toNanos(refresh),
        now + TimeUnit.MILLISECONDS.toNanos(fresh),
        now + TimeUnit.MILLISECONDS.toNanos(served),
        now + TimeUnit.MILLISECONDS.toNanos(until),
        policy.idleTime().toNanos());
  }

  /** Everything but the key that can end an entry. */
  List<Target> targets(SlotKey slot, Collection<String> tags) {
    List<Target> targets = new ArrayList<>(2 + slot.prefixes().size() + tags.size());
    targets.add(Target.ALL);
    targets.add(cacheTarget);
    for (String prefix : slot.prefixes()) {
      targets.add(Target.prefix(prefix));
    }
    for (String tag : tags) {
      targets.add(Target.tag(tag));
    }
    return targets;
  }

  // ---- what the faces and the other parts of the engine need

  String name() {
    return name;
  }

  CachePolicy<K, V> policy() {
    return policy;
  }

  NodeContext runtime() {
    return runtime;
  }

  KeyEncoder keys() {
    return keys;
  }

  @Nullable ValueForm<V> form() {
    return form;
  }

  @Nullable L1<K, V> l1() {
    return l1;
  }

  List<GuardedStore> chain() {
    return chain;
  }

  TierReader<K, V> reader() {
    return reader;
  }

  Counters counters() {
    return counters;
  }

  TimeSource time() {
    return runtime.time();
  }

  Target cacheTarget() {
    return cacheTarget;
  }

  /** Counts an answered lookup and tells the listener. */
  void note(K key, @Nullable CacheTier tier, boolean isStale) {
    note(key, tier, isStale, runtime.time().nanos());
  }

  /** As {@link #note(Object, CacheTier, boolean)}, for a lookup that has read the clock. */
  void note(K key, @Nullable CacheTier tier, boolean isStale, long now) {
    counters.lookup(tier, isStale);
    topKeys.note(key, now);
    if (logger.isDebugEnabled()) {
      logger.debug("{} {}", tier == null ? "MISS" : "HIT", keys.encodeSlot(key));
    }
    var listener = runtime.listener();
    if (listener != null) {
      try {
        listener.onLookup(name, key, tier, isStale);
      } catch (RuntimeException failure) {
        logger.warn("cache {}: the listener of lookups failed", name, failure);
      }
    }
  }

  /** A change with these targets, made by this cache. */
  Change change(List<Target> targets, String cause) {
    counters.invalidations.increment();
    boolean oneLog = runtime.origin() != null && runtime.primary() != null && !withDatabase;
    return new Change(
        Change.newNonce(oneLog && targets.stream().noneMatch(this::isShared)),
        targets,
        runtime.nodeId(),
        cause,
        runtime.time().millis());
  }

  private boolean isShared(Target target) {
    return target.kind() == Target.Kind.TAG || target.kind() == Target.Kind.ALL;
  }

  CacheStats stats() {
    return new CacheStats(
        name,
        counters.l1Hits.sum(),
        counters.l2Hits.sum(),
        counters.databaseHits.sum(),
        counters.staleHits.sum(),
        counters.misses.sum(),
        counters.waits.sum(),
        counters.loads.sum(),
        counters.loadFailures.sum(),
        counters.loadNanos.sum(),
        counters.fills.sum(),
        counters.fillsRefused.sum(),
        counters.unreadable.sum(),
        counters.tooLarge.sum(),
        counters.invalidations.sum(),
        l1 == null ? 0 : l1.size(),
        l1 == null ? 0 : l1.evictions(),
        topKeys.top(20, key -> keys.encodeSlot(key)));
  }
}
