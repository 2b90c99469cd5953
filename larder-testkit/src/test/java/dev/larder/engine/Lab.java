package dev.larder.engine;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.CachePolicyBuilder;
import dev.larder.Larder;
import dev.larder.LarderBuilder;
import dev.larder.Lookup;
import dev.larder.TimeSource;
import dev.larder.memory.MemoryStore;
import dev.larder.testkit.Call;
import dev.larder.testkit.FakeTime;
import dev.larder.testkit.FaultyStore;
import dev.larder.testkit.ManualScheduler;
import dev.larder.testkit.SkewedTime;
import dev.larder.testkit.Stall;
import dev.larder.testkit.TextCodecs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Nodes over stores in memory, in which nothing happens unless the test says so: time stands, timers
 * and background loads run when told, and a node hears of others only by {@link Node#catchUp}.
 */
final class Lab implements AutoCloseable {

  static final Long KEY = 1L;

  final Layout layout;
  final FakeTime time = new FakeTime();
  final ManualScheduler scheduler = new ManualScheduler(time);
  final Map<Long, String> source = new ConcurrentHashMap<>(Map.of(KEY, "v1"));
  private final List<MemoryStore> stores = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  MemoryStore l2 = store("lab-l2", false);
  MemoryStore database = store("lab-db", true);
  Consumer<LarderBuilder> options = builder -> {};
  private @Nullable FaultyStore nextDatabase;

  Lab(Layout layout) {
    this.layout = layout;
  }

  /** One process. */
  final class Node {
    final FaultyStore l2 = new FaultyStore(Lab.this.l2);
    final FaultyStore database;
    final Larder larder;
    final Cache<Long, String> cache;
    final SkewedTime clock;

    private Node(CachePolicy<Long, String> policy, Duration ahead) {
      clock = new SkewedTime(clock(), ahead);
      FaultyStore prepared = nextDatabase;
      nextDatabase = null;
      database = prepared != null ? prepared : new FaultyStore(Lab.this.database);
      l2.on(Call.LOG_AWAIT).drop();
      database.on(Call.LOG_AWAIT).drop();
      larder = builder().build();
      cache = larder.cache("album", policy);
    }

    private LarderBuilder builder() {
      LarderBuilder builder = Larder.builder()
          .keyPrefix("lab")
          .codecs(new TextCodecs())
          .time(clock)
          .scheduler(scheduler)
          .executor(scheduler)
          .tierTimeout(Duration.ofMinutes(1))
          .logTimeout(Duration.ofMinutes(1));
      if (layout.hasL2()) {
        builder.l2(l2);
      }
      if (layout.hasDatabase()) {
        builder.database(database);
      }
      options.accept(builder);
      return builder;
    }

    /** The store that a cache of this node reads first. */
    FaultyStore near() {
      return layout.hasL2() ? l2 : database;
    }

    /** The store whose log acknowledges. */
    FaultyStore first() {
      return layout.hasDatabase() ? database : l2;
    }

    /** Applies all records of all logs. */
    boolean catchUp() {
      return done(larder.catchUp());
    }

    /** The value as this node has it, from the source if need be. */
    @Nullable String get() {
      return cache.get(KEY, source::get);
    }

    /** As {@link #get}, of a cache that may not be asked for the source. */
    @Nullable String cached() {
      return cache.get(KEY).orNull();
    }

    boolean isMissing() {
      return cache.get(KEY) instanceof Lookup.Miss;
    }
  }

  private MemoryStore store(String name, boolean origin) {
    MemoryStore made = memory(name, origin, 100_000);
    stores.add(made);
    return made;
  }

  /** Gives the nodes to come another store in place of the one whose log acknowledges. */
  void replaceShared(MemoryStore store) {
    if (layout.hasDatabase()) {
      database = store;
    } else {
      l2 = store;
    }
  }

  /** A store with the lab's time. */
  MemoryStore memory(String name, boolean origin, int retained) {
    return MemoryStore.builder()
        .name(name)
        .origin(origin)
        .clock(time::millis)
        .scheduler(scheduler)
        .retainedRecords(retained)
        .build();
  }

  TimeSource clock() {
    return new TimeSource() {
      @Override
      public long nanos() {
        return time.nanos();
      }

      @Override
      public long millis() {
        return time.millis();
      }
    };
  }

  /** The policy of {@link #node()}: no jitter, the value's first letter as a tag, an hour fresh. */
  static CachePolicyBuilder<Long, String> policy() {
    return CachePolicy.of(Long.class, String.class)
        .jitter(0)
        .ttl(Duration.ofHours(1))
        .keyTags(id -> Set.of("id:" + id))
        .tags((id, value) -> Set.of("of:" + value.charAt(0)));
  }

  Node node() {
    return node(policy().build());
  }

  Node node(CachePolicy<Long, String> policy) {
    return node(policy, Duration.ZERO);
  }

  /** A node whose wall clock is ahead of the stores', or behind them by a negative time. */
  Node node(CachePolicy<Long, String> policy, Duration ahead) {
    Node node = new Node(policy, ahead);
    nodes.add(node);
    return node;
  }

  /** Slot key of the key. */
  String slot() {
    return nodes
        .get(0)
        .larder
        .batch()
        .key(nodes.get(0).cache, KEY)
        .change()
        .keys()
        .get(0);
  }

  /** Applies all records on all nodes. */
  void catchUpAll() {
    nodes.forEach(Node::catchUp);
  }

  /** A replica that lacks the newest record takes the place of L2, whose log is lost with that. */
  void loseLogOfL2(Node node, Node other) {
    other.larder.invalidateTags("lost");
    node.catchUp();
    MemoryStore replica = memory(node.l2.name(), false, 100_000);
    other.l2.failOver(replica, 1);
    node.l2.replaceWith(replica);
    catchUpAll();
  }

  /** Stops the first such call to the database that the next node makes. */
  Stall stallNext(Call call) {
    FaultyStore prepared = new FaultyStore(database);
    nextDatabase = prepared;
    return prepared.on(call).times(1).stall();
  }

  /** What the source has for the key from now on. */
  void commit(String value) {
    source.put(KEY, value);
  }

  String commitAndReturn(String value) {
    commit(value);
    return value;
  }

  /** The value of a stage that is complete already: nothing here completes by itself. */
  static <T extends @Nullable Object> T done(CompletionStage<T> stage) {
    if (!stage.toCompletableFuture().isDone()) {
      throw new AssertionError("not complete, though everything it needs has happened");
    }
    return stage.toCompletableFuture().join();
  }

  static boolean isDone(CompletionStage<?> stage) {
    return stage.toCompletableFuture().isDone();
  }

  /** Null where none may be, as a careless loader returns it. */
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals", "DoNotCallSuggester"})
  static <T> T nothing() {
    return null;
  }

  @Override
  public void close() {
    nodes.forEach(node -> {
      node.l2.heal();
      node.database.heal();
      node.larder.close();
    });
    stores.forEach(MemoryStore::close);
  }
}
