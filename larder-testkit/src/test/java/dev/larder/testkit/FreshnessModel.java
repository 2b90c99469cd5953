package dev.larder.testkit;

import dev.larder.Acknowledgement;
import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.LarderBuilder;
import dev.larder.Lookup;
import dev.larder.TimeSource;
import dev.larder.memory.MemoryStore;
import dev.larder.testkit.VersionedSource.Item;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Three nodes over stores in memory, on one thread and in fake time, beside a source whose values
 * tell their age: but for the engine's dice (pauses, jitter) a sequence of steps has one outcome.
 *
 * <p>A read that has begun may stay open over many steps: its loader has read the source and its
 * answer is on the way, or it waits for another's lease. It is held against the floor of the moment
 * at which it began.
 */
final class FreshnessModel implements AutoCloseable {

  static final int NODES = 3;
  static final int GROUPS = 2;
  static final int PER_GROUP = 3;
  private static final Duration BOUND = Duration.ofSeconds(1);
  private static final Duration LEASE = Duration.ofSeconds(5);

  /** Which tiers the nodes share. */
  enum Layout {
    L2,
    DATABASE,
    L2_AND_DATABASE
  }

  private final Layout layout;
  private final FakeTime time = new FakeTime();
  private final ManualScheduler scheduler = new ManualScheduler(time);
  private final VersionedSource source = new VersionedSource(GROUPS, PER_GROUP);
  private final FreshnessFloors floors =
      new FreshnessFloors(source.size(), NODES, BOUND.toNanos(), time::nanos);
  private final List<Node> nodes = new ArrayList<>();
  private final Deque<Runnable> loads = new ArrayDeque<>();
  private final List<OpenRead> reads = new ArrayList<>();
  private MemoryStore l2 = memory("l2", false);
  private final MemoryStore database = memory("db", true);
  private int checked;

  FreshnessModel(Layout layout) {
    this(layout, Duration.ZERO);
  }

  /**
   * A model whose nodes disagree on what time it is.
   *
   * @param skew the first node's clock is behind by so much, the second's is right, the third's ahead
   */
  FreshnessModel(Layout layout, Duration skew) {
    this.layout = layout;
    for (int i = 0; i < NODES; i++) {
      nodes.add(new Node(i, new SkewedTime(time, skew.multipliedBy(i - 1))));
    }
  }

  /** A process, with links of its own to the stores. */
  private final class Node {
    final int index;
    final FaultyStore toL2 = new FaultyStore(l2);
    final FaultyStore toDatabase = new FaultyStore(database);
    final Larder larder;
    final Cache<Item, String> cache;

    Node(int index, TimeSource clock) {
      this.index = index;
      LarderBuilder builder = Larder.builder()
          .keyPrefix("model")
          .codecs(new TextCodecs())
          .time(clock)
          .scheduler(scheduler)
          .executor(scheduler)
          .tierTimeout(Duration.ofSeconds(10))
          .logTimeout(Duration.ofSeconds(10));
      if (layout != Layout.DATABASE) {
        builder.l2(toL2);
      }
      if (layout != Layout.L2) {
        builder.database(toDatabase);
      }
      larder = builder.build();
      cache = larder.cache(
          "freshness",
          CachePolicy.of(Item.class, String.class)
              .ttl(Duration.ofHours(1))
              .keyTags(item -> Set.of(item.tag()))
              .maxStaleness(BOUND)
              .lease(LEASE)
              .build());
    }

    /**
     * The link on which faults hurt. Beside an L2 the database stays: if it failed too, what a node
     * without L2 told it could reach nobody else in time, and the bound would not hold.
     */
    FaultyStore link() {
      return layout == Layout.DATABASE ? toDatabase : toL2;
    }
  }

  private record OpenRead(
      Item item, int node, long least, CompletionStage<@Nullable String> answer) {}

  private MemoryStore memory(String name, boolean origin) {
    return MemoryStore.builder()
        .name(name)
        .origin(origin)
        .clock(time::millis)
        .scheduler(scheduler)
        .build();
  }

  /** How many reads were held against a floor. */
  int checked() {
    return checked;
  }

  // Reads

  void read(int node, int id) {
    open(node, source.item(id), floors.least(node, id), this::loadAtOnce);
  }

  /** Begins a read whose loader, if it comes to one, reads the source now and answers later. */
  void beginSlowRead(int node, int id) {
    open(node, source.item(id), floors.least(node, id), item -> {
      CompletableFuture<String> answer = new CompletableFuture<>();
      String value = source.load(item);
      loads.add(() -> answer.complete(value));
      return answer;
    });
  }

  /** The oldest load under way gets its answer. */
  void finishLoad() {
    Runnable load = loads.poll();
    if (load != null) {
      load.run();
    }
    settle();
  }

  void lookup(int node, int id) {
    Item item = source.item(id);
    CompletionStage<@Nullable String> found =
        nodes.get(node).cache.async().get(item).thenApply(Lookup::orNull);
    reads.add(new OpenRead(item, node, floors.least(node, id), found));
    settle();
  }

  private CompletionStage<String> loadAtOnce(Item item) {
    return CompletableFuture.completedFuture(source.load(item));
  }

  private void open(
      int node, Item item, long least, Function<Item, CompletionStage<String>> loader) {
    CompletionStage<@Nullable String> answer = nodes.get(node).cache.async().get(item, loader);
    reads.add(new OpenRead(item, node, least, answer));
    settle();
  }

  /** Checks the reads that have ended. */
  private void settle() {
    Iterator<OpenRead> open = reads.iterator();
    while (open.hasNext()) {
      OpenRead read = open.next();
      if (read.answer().toCompletableFuture().isDone()) {
        open.remove();
        check(read, read.answer().toCompletableFuture().join());
      }
    }
  }

  private void check(OpenRead read, @Nullable String value) {
    if (value == null) {
      return; // A lookup that found nothing.
    }
    checked++;
    long version = VersionedSource.version(read.item(), value);
    floors.event(read.item().id(), "node " + read.node() + " got " + version);
    if (version < read.least()) {
      throw new AssertionError(
          "node %d read version %d of %s, though %d was acknowledged before it began%n%s"
              .formatted(
                  read.node(),
                  version,
                  read.item(),
                  read.least(),
                  floors.story(read.item().id())));
    }
  }

  // Writes

  void write(int node, int id) {
    Item item = source.item(id);
    source.commit(item);
    invalidate(node, "invalidate", List.of(item), () -> nodes.get(node).cache.invalidate(item));
  }

  /** Writes through; {@code meanwhile} happens between the commit and the write's end. */
  void writeThrough(int node, int id, Runnable meanwhile) {
    Item item = source.item(id);
    long[] version = new long[1];
    Acknowledgement done = nodes.get(node).cache.write(item, () -> {
      version[0] = source.commit(item);
      meanwhile.run();
      return VersionedSource.value(item, version[0]);
    });
    acknowledged(node, "write", item, version[0], done);
    settle();
  }

  void writeTag(int node, int id) {
    int group = source.item(id).group();
    source.commit(source.item(id));
    invalidate(
        node,
        "invalidateTags",
        group(group),
        () -> nodes.get(node).larder.invalidateTags(Item.tag(group)));
  }

  void writePrefix(int node, int id) {
    int group = source.item(id).group();
    source.commit(source.item(id));
    invalidate(
        node,
        "invalidatePrefix",
        group(group),
        () -> nodes.get(node).cache.invalidatePrefix(group));
  }

  void writeAndClear(int node, int id) {
    source.commit(source.item(id));
    invalidate(node, "clear", all(), () -> nodes.get(node).cache.clear());
  }

  private void invalidate(
      int node, String how, Collection<Item> covered, Supplier<Acknowledgement> call) {
    List<Long> versions = covered.stream().map(source::version).toList();
    Acknowledgement done = call.get();
    Iterator<Long> version = versions.iterator();
    covered.forEach(item -> acknowledged(node, how, item, version.next(), done));
    settle();
  }

  private void acknowledged(int node, String how, Item item, long version, Acknowledgement done) {
    floors.acknowledged(node, item.id(), version, done.position().orElse(null));
    floors.event(item.id(), "node " + node + " " + how + " of version " + version + ": " + done);
  }

  private Collection<Item> all() {
    return IntStream.range(0, source.size()).mapToObj(source::item).toList();
  }

  private Collection<Item> group(int group) {
    return all().stream().filter(item -> item.group() == group).toList();
  }

  // Time and faults

  void pass(Duration by) {
    scheduler.advance(by);
    settle();
  }

  /** A node's link to the store fails all calls. */
  void cut(int node) {
    nodes.get(node).link().down();
    event("link of node " + node + " cut");
    settle();
  }

  /** A node's calls happen and yet fail. */
  void halfCut(int node) {
    nodes.get(node).link().onAll().failAfter();
    event("link of node " + node + " half cut");
  }

  /** A node hears no records, but for its heartbeats. */
  void deafen(int node) {
    nodes.get(node).link().on(Call.LOG_AWAIT).fail();
    event("node " + node + " deaf");
  }

  void heal(int node) {
    nodes.get(node).link().heal();
    event("link of node " + node + " healed");
    settle();
  }

  /** The store drops an entry or a placeholder, as stores do when they are full. */
  void evict(int id) {
    Node any = nodes.get(0);
    List<String> slot =
        any.larder.batch().key(any.cache, source.item(id)).change().keys();
    l2.tier().delete(slot);
    database.tier().delete(slot);
    floors.event(id, "evicted");
  }

  /** The L2 store restarts without its data. Nothing in a layout without one. */
  void restartL2() {
    MemoryStore old = l2;
    l2 = memory("l2", false);
    nodes.forEach(node -> node.toL2.replaceWith(l2));
    old.close();
    event("L2 restarted empty");
    settle();
  }

  private void event(String what) {
    for (int id = 0; id < source.size(); id++) {
      floors.event(id, what);
    }
  }

  /** Mends everything, lets all reads end, and checks that all nodes have the newest versions. */
  void end() {
    nodes.forEach(node -> node.link().heal());
    pass(Duration.ofSeconds(20));
    // Whoever waited for another's lease may load itself now.
    while (!loads.isEmpty()) {
      finishLoad();
      pass(LEASE);
    }
    checkAllEnded();
    for (Node node : nodes) {
      if (node.larder.waitingInvalidations() > 0) {
        throw new AssertionError("node " + node.index + " never told its invalidations");
      }
    }
    for (Node node : nodes) {
      for (Item item : all()) {
        open(node.index, item, floors.newest(item.id()), this::loadAtOnce);
      }
    }
    // A lease whose holder could not fill runs out first.
    pass(LEASE.multipliedBy(2));
    checkAllEnded();
  }

  private void checkAllEnded() {
    if (!reads.isEmpty()) {
      throw new AssertionError("a read never ended: " + reads);
    }
  }

  @Override
  public void close() {
    nodes.forEach(node -> node.larder.close());
    l2.close();
    database.close();
  }
}
