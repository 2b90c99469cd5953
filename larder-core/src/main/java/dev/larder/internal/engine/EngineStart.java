package dev.larder.internal.engine;

import dev.larder.CacheTier;
import dev.larder.ConfigurationException;
import dev.larder.internal.engine.Engine.Settings;
import dev.larder.internal.invalidation.Invalidator;
import dev.larder.internal.manage.Journal;
import dev.larder.internal.node.Follower;
import dev.larder.internal.node.Node;
import dev.larder.internal.store.GuardedStore;
import dev.larder.internal.store.Relay;
import dev.larder.log.Change;
import dev.larder.log.OriginLog;
import dev.larder.log.Position;
import dev.larder.manage.Event;
import dev.larder.tier.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts an engine together and sets it going. */
public final class EngineStart {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder");
  private static final Duration MARKER_LIFE = Duration.ofDays(1);
  private static final Duration RELAY_EVERY = Duration.ofMillis(250);
  private static final long DRAIN_MILLIS = 250;

  private final Settings settings;
  private final NodeContext runtime;
  private final List<GuardedStore> stores;
  private final List<AutoCloseable> parts;

  private EngineStart(
      Settings settings,
      NodeContext runtime,
      List<GuardedStore> stores,
      List<AutoCloseable> parts) {
    this.settings = settings;
    this.runtime = runtime;
    this.stores = stores;
    this.parts = parts;
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
    journal.note(Event.Kind.NODE, "", "node " + nodeId, "began", 0, 1);
    node.listen(new Node.Listener() {
      @Override
      public void onKey(String slot, long sequence) {}

      @Override
      public void onForget(String log, long sequence) {
        journal.forgot(log, sequence);
      }

      @Override
      public void onChange(Change change, @Nullable Position position, long sequence) {
        journal.applied(change, position, sequence);
      }

      @Override
      public void onOtherLog(Change change, Position position) {
        journal.alsoAt(change, position);
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
        settings.observer(),
        nodeId,
        new Units(),
        journal,
        settings.checkedHits());
    Engine engine = new Engine(settings, runtime, stores, opened, parts, scheduler);
    new EngineStart(settings, runtime, stores, parts).follow(scheduler);
    if (given == null) {
      parts.add(scheduler::shutdownNow);
    }
    return engine;
  }

  private void follow(ScheduledExecutorService scheduler) {
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
}
