package dev.larder.internal.engine;

import dev.larder.CachePolicy;
import dev.larder.CacheScope;
import dev.larder.CacheTier;
import dev.larder.LoadObserver;
import dev.larder.TimeSource;
import dev.larder.internal.advise.Sampler;
import dev.larder.internal.l1.L1;
import dev.larder.internal.l1.L1Entry;
import dev.larder.internal.load.Dependency;
import dev.larder.internal.load.Flight;
import dev.larder.internal.load.Heed;
import dev.larder.internal.load.LoadState;
import dev.larder.internal.load.Ticket;
import dev.larder.internal.manage.Journal;
import dev.larder.internal.node.Moment;
import dev.larder.internal.store.GuardedStore;
import dev.larder.key.KeyEncoder;
import dev.larder.key.SlotKey;
import dev.larder.log.Change;
import dev.larder.log.Target;
import dev.larder.stats.Distribution.Measure;
import dev.larder.tier.Tier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine of one cache. Both faces run on it.
 *
 * <p><b>A lookup</b> goes {@link #nearest L1}, then {@link Tickets}. What comes back is an answer or the
 * duty to load. The face runs the loader (on the caller's thread, or as a stage) and hands the result
 * to {@link Fills}. Nothing is locked in between.
 */
final class CacheEngine<K, V> {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.cache");

  private final String name;
  private final CachePolicy<K, V> policy;
  private final NodeContext runtime;
  private final KeyEncoder keys;
  private final @Nullable ValueForm<V> form;
  private final @Nullable L1<K, V> l1;
  private final List<GuardedStore> chain;
  private final TierReader<K, V> reader;
  private final Flights<K, V> flights = new Flights<>();
  private final Tickets<K, V> tickets;
  private final Fills<K, V> fills;
  private final @Nullable HitChecks<K, V> hitChecks;
  private final Counters counters;
  private final Lives<K, V> lives;
  private final LeaseReturns leaseReturns;
  private final LookupNotes<K, V> notes;
  private final Share share;
  private final Sampler traffic;
  private final CacheTrial trial;
  private final long maxStalenessNanos;
  private final boolean withDatabase;
  private final boolean isPersonal;
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
    this.counters = new Counters(name, runtime.listener());
    this.share = new Share(keys);
    this.traffic = new Sampler(runtime.time(), runtime.node(), policy.ttl(), counters);
    this.l1 = policy.tiers().contains(CacheTier.L1)
        ? new L1<>(
            runtime.node(),
            runtime.time(),
            runtime.executor(),
            policy.l1Maximum(),
            policy.l1Weigher(),
            millis -> counters.histograms.record(Measure.LIFE_LEFT_WHEN_EVICTED, millis))
        : null;
    this.chain = form == null ? List.of() : runtime.chain(policy.tiers());
    this.trial = new CacheTrial(policy, runtime.time(), !chain.isEmpty());
    this.reader = new TierReader<>(this, runtime.node());
    this.maxStalenessNanos = policy.maxStaleness().toNanos();
    this.withDatabase = policy.tiers().contains(CacheTier.DATABASE);
    this.isPersonal = policy.scope() != CacheScope.PUBLIC;
    this.cacheTarget = Target.cache(keys.stem());
    this.lives = new Lives<>(name, policy, runtime.time());
    this.notes = new LookupNotes<>(this);
    this.leaseReturns = new LeaseReturns(policy.lease(), runtime.time(), runtime.scheduler());
    this.tickets = new Tickets<>(this);
    this.fills = new Fills<>(this);
    this.hitChecks =
        runtime.checkedHits() > 0 ? new HitChecks<>(this, runtime.checkedHits()) : null;
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
   * Whether the stores may answer a caller who asked for a position that this node could not reach:
   * only when the origin was proved after that, since a record it has may be in no other store yet.
   */
  CompletableFuture<Boolean> mayTrustStores() {
    GuardedStore origin = runtime.origin();
    return origin == null
        ? CompletableFuture.completedFuture(true)
        : origin.follower().catchUp().toCompletableFuture();
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

  /** A bulk read found an entry: L1 has it and the waiters are woken. */
  void accepted(K key, Flight<K, V> flight, L1Entry<K, V> entry) {
    putNear(key, entry);
    flights.land(key, flight, entry);
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

  /** Everything but the key that can end an entry. */
  List<Target> targets(SlotKey slot, Collection<String> tags) {
    List<Target> targets = new ArrayList<>(2 + slot.prefixes().size() + tags.size());
    targets.add(Target.ALL);
    targets.add(cacheTarget);
    slot.prefixes().forEach(prefix -> targets.add(Target.prefix(prefix)));
    tags.forEach(tag -> targets.add(Dependency.target(tag)));
    return targets;
  }

  // ---- switched off

  /** Whether a key is to be looked up and stored; see {@link dev.larder.Switch}. */
  boolean isOn(K key) {
    return share.has(key);
  }

  /**
   * The duty to load a key that is not cached: nobody waits for it, and every tier is left as it is.
   */
  Ticket<K, V> passing(K key) {
    counters.passes.increment();
    Flight<K, V> nobody = new Flight<>(runtime.time().nanos(), false, began());
    return new Ticket<>(
        key, keys.encode(key), nobody, null, Ticket.PASSING, false, asOf(nobody), null);
  }

  // ---- loads and units of work around a call

  /** When the unit of work of this thread began, or null outside of one. */
  @Nullable Moment began() {
    Unit unit = runtime.units().current();
    return unit == null ? null : unit.began();
  }

  /** What a load of this flight that begins now is as of. */
  Moment asOf(Flight<K, V> flight) {
    Moment since = flight.since();
    return since == null ? runtime.node().now() : since;
  }

  /** An entry was given to a caller on this thread: loads around the call may depend on it. */
  void wasRead(L1Entry<K, V> entry) {
    if (isPersonal || Heed.isAny()) {
      wasRead(entry, LoadState.current());
    }
  }

  /** As {@link #wasRead(L1Entry)}, for a read that was asked for inside of a load, or of none. */
  void wasRead(L1Entry<K, V> entry, @Nullable LoadState around) {
    if (around != null) {
      if (isPersonal) {
        around.identityWasRead("cache " + name, policy.scope());
      }
      around.read(entry.marks());
    }
  }

  /** Calls a loader that blocks, under the eyes of the observer. */
  <T, X extends Exception> @Nullable T load(int keys, LoadObserver.Body<T, X> body) throws X {
    return runtime.observer().observe(name, keys, body);
  }

  /** As {@link #load}, for a loader that gives a stage. */
  <T extends @Nullable Object> CompletionStage<T> loadLater(
      int keys, Supplier<CompletionStage<T>> body) {
    return runtime.observer().observeLater(name, keys, body);
  }

  // ---- what the faces and the other parts of the engine need

  Journal journal() {
    return runtime.journal();
  }

  /** Compares hits with the source; null where none are. */
  @Nullable HitChecks<K, V> hitChecks() {
    return hitChecks;
  }

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

  Flights<K, V> flights() {
    return flights;
  }

  Tickets<K, V> tickets() {
    return tickets;
  }

  Fills<K, V> fills() {
    return fills;
  }

  Counters counters() {
    return counters;
  }

  /** How long entries live. */
  Lives<K, V> lives() {
    return lives;
  }

  LeaseReturns leaseReturns() {
    return leaseReturns;
  }

  /** What lookups and loads did. */
  LookupNotes<K, V> notes() {
    return notes;
  }

  /** What a sample of its traffic has seen. */
  Sampler traffic() {
    return traffic;
  }

  /** The trial of ttls that it has, most often none. */
  CacheTrial trial() {
    return trial;
  }

  TimeSource time() {
    return runtime.time();
  }

  Share share() {
    return share;
  }

  Target cacheTarget() {
    return cacheTarget;
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
}
