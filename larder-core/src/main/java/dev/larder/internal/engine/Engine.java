package dev.larder.internal.engine;

import dev.larder.Acknowledgement;
import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.CacheTier;
import dev.larder.ConfigurationException;
import dev.larder.InvalidationBatch;
import dev.larder.LookupListener;
import dev.larder.Switches;
import dev.larder.TimeSource;
import dev.larder.UnitOfWork;
import dev.larder.codec.CodecProvider;
import dev.larder.internal.invalidation.Invalidator;
import dev.larder.internal.manage.CacheInspection;
import dev.larder.internal.manage.Journal;
import dev.larder.internal.manage.LocalManagement;
import dev.larder.internal.manage.LocalView;
import dev.larder.internal.node.Follower;
import dev.larder.internal.node.Moment;
import dev.larder.internal.node.Node;
import dev.larder.internal.store.GuardedStore;
import dev.larder.internal.store.Relay;
import dev.larder.internal.warm.Warmings;
import dev.larder.key.KeyEncoder;
import dev.larder.key.KeySettings;
import dev.larder.log.Change;
import dev.larder.log.OriginLog;
import dev.larder.log.Outbox;
import dev.larder.log.Position;
import dev.larder.log.Target;
import dev.larder.manage.Event;
import dev.larder.manage.Management;
import dev.larder.manage.NodeView;
import dev.larder.stats.CacheStats;
import dev.larder.stats.TierStats;
import dev.larder.tier.Store;
import dev.larder.warm.Warming;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the parts of one larder together and takes them apart again. */
public final class Engine implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder");
  private static final Duration MARKER_LIFE = Duration.ofDays(1);
  private static final Duration RELAY_EVERY = Duration.ofMillis(250);
  private static final long DRAIN_MILLIS = 250;

  private final Settings settings;
  private final NodeContext runtime;
  private final List<GuardedStore> stores;
  private final List<Store> opened;
  private final List<AutoCloseable> parts;
  private final Map<String, CacheEngine<?, ?>> caches = new ConcurrentSkipListMap<>();
  private final NodeSwitches switches = new NodeSwitches();
  private final Warmings warmings;
  private final LocalManagement management;
  private volatile boolean isClosed;

  /** What a larder was built with; see {@link dev.larder.LarderBuilder}. */
  public record Settings(
      String keyPrefix,
      @Nullable Store l2,
      @Nullable Store database,
      @Nullable CodecProvider codecs,
      TimeSource time,
      @Nullable Executor executor,
      @Nullable ScheduledExecutorService scheduler,
      UnaryOperator<Runnable> context,
      @Nullable LookupListener listener,
      byte @Nullable [] keySecret,
      Duration tierTimeout,
      Duration logTimeout,
      Duration heartbeat,
      Duration startTimeout,
      int maxTags,
      int ringSize,
      double checkedHits) {}

  private Engine(
      Settings settings,
      NodeContext runtime,
      List<GuardedStore> stores,
      List<Store> opened,
      List<AutoCloseable> parts,
      ScheduledExecutorService scheduler) {
    this.settings = settings;
    this.runtime = runtime;
    this.stores = stores;
    this.opened = opened;
    this.parts = parts;
    GuardedStore primary = runtime.primary();
    this.warmings = new Warmings(
        settings.keyPrefix(),
        runtime.nodeId(),
        primary != null ? primary : runtime.origin(),
        settings.time(),
        settings.executor(),
        runtime.scheduler());
    this.management = new LocalManagement(managed(scheduler));
    parts.add(management);
  }

  private LocalManagement.Parts managed(ScheduledExecutorService scheduler) {
    LocalView local = new LocalView(
        runtime.nodeId(),
        settings.time(),
        stores,
        () -> {
          List<CacheInspection> inspections = new ArrayList<>();
          caches.values().forEach(cache -> inspections.add(new Inspection<>(cache)));
          return inspections;
        },
        name -> Math.min(switches.all().percent(), switches.cache(name).percent()),
        this::tiers,
        this::waiting,
        runtime.journal());
    return new LocalManagement.Parts(
        settings.keyPrefix(),
        local,
        stores,
        ValueForm.codecs(settings.codecs()),
        scheduler,
        runtime.executor(),
        (targets, cause) -> Futures.join(runtime
            .invalidator()
            .invalidate(new Change(
                Change.newNonce(false),
                targets,
                runtime.nodeId(),
                cause,
                settings.time().millis()))),
        (cache, percent) ->
            (cache.isEmpty() ? switches.all() : switches.cache(cache)).percent(percent),
        change -> runtime.node().numberOf(change.nonce()),
        runtime.node()::hasReached,
        warmings);
  }

  /** See {@link dev.larder.Larder#self}. */
  public NodeView self() {
    return management.self();
  }

  /** See {@link dev.larder.Larder#management}. */
  public Management management() {
    return management;
  }

  /**
   * Starts the engine and waits for the stores up to the start time-out.
   *
   * @param opened stores that closing the engine closes
   */
  public static Engine start(Settings settings, List<Store> opened) {
    List<String> logs = new ArrayList<>();
    List<Store> all = new ArrayList<>();
    for (Store store : new @Nullable Store[] {settings.l2(), settings.database()}) {
      if (store != null) {
        all.add(store);
        logs.add(store.log().name());
      }
    }
    if (logs.stream().distinct().count() < logs.size()) {
      throw new ConfigurationException(
          "stores: both logs are named '" + logs.get(0) + "'; positions must tell them apart");
    }
    Node node = new Node(logs, settings.maxTags(), settings.ringSize());
    ScheduledExecutorService given = settings.scheduler();
    ScheduledExecutorService scheduler = given != null ? given : Threads.timers();
    List<AutoCloseable> parts = new ArrayList<>();
    List<GuardedStore> stores = new ArrayList<>();
    for (Store store : all) {
      Follower follower = new Follower(
          node, stores.size(), store.log(), settings.time(), scheduler, settings.heartbeat());
      stores.add(new GuardedStore(
          stores.size(),
          stores.isEmpty() && settings.l2() != null ? CacheTier.L2 : CacheTier.DATABASE,
          store,
          node,
          follower,
          settings.time(),
          settings.tierTimeout()));
    }
    GuardedStore primary =
        stores.stream().filter(s -> s.place() == CacheTier.L2).findFirst().orElse(null);
    GuardedStore origin =
        stores.stream().filter(s -> s.place() == CacheTier.DATABASE).findFirst().orElse(null);
    if (primary != null && origin != null) {
      primary.setOrigin(origin);
    }
    Invalidator invalidator =
        new Invalidator(node, primary, origin, MARKER_LIFE, settings.logTimeout());
    Executor executor = settings.executor();
    if (executor == null) {
      ExecutorService pool = Threads.loaders();
      parts.add(pool::shutdown);
      executor = pool;
    }
    String nodeId = UUID.randomUUID().toString().substring(0, 8);
    Journal journal = new Journal(nodeId, settings.time());
    node.listen(new Node.Listener() {
      @Override
      public void onKey(String slot, long sequence) {}

      @Override
      public void onForget(long sequence) {
        journal.note(
            Event.Kind.LINK, "", "node " + nodeId, "a log was lost: all was forgotten", 0, 1);
      }

      @Override
      public void onChange(Change change, @Nullable Position position, long sequence) {
        journal.applied(change, position, sequence);
      }
    });
    NodeContext runtime = new NodeContext(
        node,
        primary,
        origin,
        invalidator,
        settings.time(),
        executor,
        scheduler,
        settings.context(),
        settings.listener(),
        nodeId,
        new Units(),
        journal,
        settings.checkedHits());
    Engine engine = new Engine(settings, runtime, stores, opened, parts, scheduler);
    engine.startFollowing(scheduler);
    if (given == null) {
      parts.add(scheduler::shutdownNow);
    }
    return engine;
  }

  private void startFollowing(ScheduledExecutorService scheduler) {
    List<CompletableFuture<Boolean>> first = new ArrayList<>();
    for (GuardedStore store : stores) {
      first.add(store.follower().start().toCompletableFuture());
    }
    GuardedStore primary = runtime.primary();
    GuardedStore origin = runtime.origin();
    if (primary != null && origin != null && origin.store().log() instanceof OriginLog originLog) {
      Settling settling = new Settling(runtime.node(), primary, origin, originLog);
      first.add(CompletableFuture.allOf(first.toArray(CompletableFuture[]::new))
          .thenCompose(done -> settling.run())
          // The origin's proof has to be younger than the other log's, or that store is not used.
          .thenCompose(done -> primary.isUsable()
              ? CompletableFuture.completedFuture(true)
              : origin.follower().catchUp()));
      ScheduledFuture<?> settle = scheduler.scheduleWithFixedDelay(
          settling::run, DRAIN_MILLIS, DRAIN_MILLIS, TimeUnit.MILLISECONDS);
      parts.add(() -> settle.cancel(false));
      Relay relay = new Relay(originLog, origin, primary, MARKER_LIFE);
      relay.start(scheduler, RELAY_EVERY);
      parts.add(relay);
    }
    if (!stores.isEmpty()) {
      ScheduledFuture<?> drain = scheduler.scheduleWithFixedDelay(
          () -> {
            stores.forEach(GuardedStore::probe);
            runtime.invalidator().drain();
          },
          DRAIN_MILLIS,
          DRAIN_MILLIS,
          TimeUnit.MILLISECONDS);
      parts.add(() -> drain.cancel(false));
    }
    if (!settings.startTimeout().isZero()) {
      try {
        CompletableFuture.allOf(first.toArray(CompletableFuture[]::new))
            .get(settings.startTimeout().toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      } catch (java.util.concurrent.ExecutionException
          | java.util.concurrent.TimeoutException slow) {
        logger.warn("a store did not answer at the start; it takes part when it does");
      }
    }
    for (GuardedStore store : stores) {
      logger.info(
          "{}: {} {}",
          store.place(),
          store.store().name(),
          store.isUsable() ? "takes part" : "does not answer yet");
    }
  }

  /** See {@link dev.larder.Larder#cache}. */
  public <K, V> Cache<K, V> cache(String name, CachePolicy<K, V> policy) {
    if (isClosed) {
      throw new dev.larder.LarderClosedException("cache " + name + ": the larder is closed");
    }
    KeyEncoder keys;
    try {
      keys = KeyEncoder.of(new KeySettings(
          settings.keyPrefix(),
          name,
          policy.version(),
          policy.hashedKeys(),
          settings.keySecret(),
          KeySettings.DEFAULT_MAX_BYTES,
          policy.purpose()));
      keys.check(policy.keyType().type());
    } catch (IllegalArgumentException fault) {
      throw new ConfigurationException("cache " + name + ": " + fault.getMessage(), fault);
    }
    boolean isShared = !runtime.chain(policy.tiers()).isEmpty();
    if (!isShared && !policy.tiers().contains(CacheTier.L1)) {
      throw new ConfigurationException(
          "cache " + name + ": tiers " + policy.tiers() + ": the larder has none of them");
    }
    ValueForm<V> form = isShared ? ValueForm.of(name, policy, settings.codecs()) : null;
    CacheEngine<K, V> engine = new CacheEngine<>(name, policy, runtime, keys, form);
    if (caches.putIfAbsent(name, engine) != null) {
      throw new ConfigurationException("cache " + name + ": there is one of this name already");
    }
    switches.add(name, engine.share());
    if (policy.maxStaleness().compareTo(settings.heartbeat().multipliedBy(2)) < 0
        && !stores.isEmpty()) {
      logger.warn(
          "cache {}: maxStaleness {} is less than two heartbeats of {}; L1 will often be passed by",
          name,
          policy.maxStaleness(),
          settings.heartbeat());
    }
    return new SyncCache<>(engine, null);
  }

  /** See {@link dev.larder.Larder#find}. */
  public Optional<Cache<?, ?>> find(String name) {
    return Optional.ofNullable(caches.get(name)).map(Engine::face);
  }

  private static <K, V> Cache<K, V> face(CacheEngine<K, V> engine) {
    return new SyncCache<>(engine, null);
  }

  /** Names of the caches. */
  public List<String> cacheNames() {
    return List.copyOf(caches.keySet());
  }

  /** See {@link dev.larder.Larder#switches}. */
  public Switches switches() {
    return switches;
  }

  /** See {@link dev.larder.Larder#warming}. */
  public Warming warming() {
    return warmings;
  }

  /** See {@link dev.larder.Larder#clear}. */
  public Acknowledgement clear() {
    Unit unit = runtime.units().current();
    if (unit != null) {
      return unit.add(List.of(Target.ALL), "clear");
    }
    return Futures.join(runtime
        .invalidator()
        .invalidate(new Change(
            Change.newNonce(false),
            List.of(Target.ALL),
            runtime.nodeId(),
            "clear",
            runtime.time().millis())));
  }

  /** See {@link dev.larder.Larder#beginUnit}. */
  public UnitOfWork beginUnit() {
    Unit unit = new Unit(runtime);
    runtime.units().bind(unit);
    return unit;
  }

  /** See {@link dev.larder.Larder#currentUnit}. */
  public @Nullable UnitOfWork currentUnit() {
    return runtime.units().current();
  }

  /** See {@link dev.larder.Larder#outbox}. */
  public Optional<Outbox> outbox() {
    GuardedStore origin = runtime.origin();
    return origin == null
        ? Optional.empty()
        : Optional.ofNullable(origin.store().outbox());
  }

  /** See {@link dev.larder.Larder#batch}. */
  public InvalidationBatch batch() {
    return new Batch(runtime);
  }

  /** See {@link dev.larder.Larder#onChange}. */
  public void onChange(BiConsumer<Change, @Nullable Position> listener) {
    runtime.node().listen(new Node.Listener() {
      @Override
      public void onKey(String slot, long sequence) {}

      @Override
      public void onForget(long sequence) {}

      @Override
      public void onChange(Change change, @Nullable Position position, long sequence) {
        try {
          listener.accept(change, position);
        } catch (RuntimeException failure) {
          logger.warn("a listener of changes failed", failure);
        }
      }
    });
  }

  /** Statistics of each cache. */
  public List<CacheStats> stats() {
    List<CacheStats> stats = new ArrayList<>();
    caches.values().forEach(cache -> stats.add(cache.stats()));
    return stats;
  }

  /** Statistics of each shared tier. */
  public List<TierStats> tiers() {
    long now = settings.time().nanos();
    List<TierStats> tiers = new ArrayList<>();
    for (GuardedStore store : stores) {
      tiers.add(new TierStats(
          store.place(),
          store.store().name(),
          store.isDegraded(),
          store.circuit(),
          store.follower().isConfirmed(now, TimeUnit.SECONDS.toNanos(1)),
          Duration.ofNanos(Math.max(0, now - store.follower().confirmedAt())),
          store.calls(),
          store.failures()));
    }
    return tiers;
  }

  /** See {@link dev.larder.Larder#position}. */
  public Optional<Position> position() {
    if (stores.isEmpty()) {
      return Optional.empty();
    }
    Moment now = runtime.node().now();
    return now.epoch(0) == 0
        ? Optional.empty()
        : Optional.of(new Position(runtime.node().logs().get(0), now.epoch(0), now.position(0)));
  }

  /** How many invalidations wait. */
  public int waiting() {
    return runtime.invalidator().waiting();
  }

  /** Proves all logs' tails now. */
  public CompletionStage<Boolean> catchUp() {
    CompletionStage<Boolean> all = CompletableFuture.completedFuture(true);
    for (GuardedStore store : stores) {
      all = all.thenCombine(store.follower().catchUp(), Boolean::logicalAnd);
    }
    return all;
  }

  @Override
  public void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    warmings.close();
    stores.forEach(store -> store.follower().close());
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception failure) {
        logger.warn("closing failed", failure);
      }
    }
    opened.forEach(Store::close);
  }
}
