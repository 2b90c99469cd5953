package dev.larder.internal.engine;

import dev.larder.Acknowledgement;
import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.CacheTier;
import dev.larder.ConfigurationException;
import dev.larder.InvalidationBatch;
import dev.larder.LoadObserver;
import dev.larder.LookupListener;
import dev.larder.Switches;
import dev.larder.TimeSource;
import dev.larder.UnitOfWork;
import dev.larder.codec.CodecProvider;
import dev.larder.internal.manage.CacheInspection;
import dev.larder.internal.manage.LocalManagement;
import dev.larder.internal.manage.LocalView;
import dev.larder.internal.node.Moment;
import dev.larder.internal.node.Node;
import dev.larder.internal.store.GuardedStore;
import dev.larder.internal.warm.Warmings;
import dev.larder.key.KeyEncoder;
import dev.larder.key.KeySettings;
import dev.larder.log.Change;
import dev.larder.log.Outbox;
import dev.larder.log.Position;
import dev.larder.log.Target;
import dev.larder.manage.Event;
import dev.larder.manage.Management;
import dev.larder.manage.NodeView;
import dev.larder.stats.CacheStats;
import dev.larder.stats.CacheStats.HotKey;
import dev.larder.stats.NodeFigures;
import dev.larder.stats.TierStats;
import dev.larder.tier.Store;
import dev.larder.warm.Warming;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the parts of one larder together and takes them apart again. */
public final class Engine implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder");

  private final Settings settings;
  private final NodeContext runtime;
  private final List<GuardedStore> stores;
  private final List<Store> opened;
  private final List<AutoCloseable> parts;
  private final Map<String, CacheEngine<?, ?>> caches = new ConcurrentSkipListMap<>();
  private final NodeSwitches switches = new NodeSwitches();
  private final Warmings warmings;
  private final NodeFigures figures = new NodeFigures();
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
      LoadObserver observer,
      byte @Nullable [] keySecret,
      List<byte[]> valueSecrets,
      Duration tierTimeout,
      Duration logTimeout,
      Duration heartbeat,
      Duration startTimeout,
      int maxTags,
      int ringSize,
      double checkedHits) {}

  Engine(
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
        runtime.scheduler(),
        () -> caches.values().stream().<Cache<?, ?>>map(Engine::face).toList(),
        this::hotKeys,
        (cache, listener) -> {
          CacheEngine<?, ?> named = caches.get(cache);
          if (named != null) {
            named.notes().listen(listener);
          }
        },
        (cache, plan, text, nanos, keys) ->
            runtime.journal().note(Event.Kind.WARM_UP, cache, plan, text, nanos, keys),
        ValueForm.codecs(settings.codecs()));
    this.management = new LocalManagement(managed(scheduler));
    parts.add(management);
  }

  private List<HotKey> hotKeys(String cache, int most) {
    return management.hotKeys(cache, most);
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
        place -> runtime.node().numberBehind(place),
        warmings,
        figures);
  }

  /** See {@link dev.larder.Larder#self}. */
  public NodeView self() {
    return management.self();
  }

  /** See {@link dev.larder.Larder#figures}. */
  public NodeFigures figures() {
    return figures;
  }

  /** See {@link dev.larder.Larder#management}. */
  public Management management() {
    return management;
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
    ValueForm<V> form =
        isShared ? ValueForm.of(name, policy, settings.codecs(), settings.valueSecrets()) : null;
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
      public void onForget(String log, long sequence) {}

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

  /** See {@link dev.larder.Larder#onForget}. */
  public void onForget(Runnable listener) {
    runtime.node().listen(new Node.Listener() {
      @Override
      public void onKey(String slot, long sequence) {}

      @Override
      public void onForget(String log, long sequence) {
        try {
          listener.run();
        } catch (RuntimeException failure) {
          logger.warn("a listener of lost logs failed", failure);
        }
      }
    });
  }

  /** Statistics of each cache. */
  public List<CacheStats> stats() {
    List<CacheStats> stats = new ArrayList<>();
    caches.values().forEach(cache -> stats.add(cache.notes().stats()));
    return stats;
  }

  /** Statistics of each shared tier. */
  public List<TierStats> tiers() {
    return stores.stream().map(GuardedStore::stats).toList();
  }

  /** See {@link dev.larder.Larder#eraseTags}. */
  public CompletionStage<Long> eraseTags(Set<String> tags) {
    // On another thread, which is in no unit of work that it would wait for.
    return CompletableFuture.supplyAsync(
        () -> {
          batch().tags(tags).because("eraseTags").apply();
          return new Erasure(tags, settings.keyPrefix()).in(stores);
        },
        runtime.executor());
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
