package dev.larder.testkit;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.CachePolicyBuilder;
import dev.larder.Larder;
import dev.larder.stats.CacheStats;
import dev.larder.testkit.VersionedSource.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes at random on several larders, and checks that no read is older than promised.
 *
 * <p>The promise: a read returns no version older than the newest one whose invalidation had been
 * acknowledged when the read began, on the node that invalidated at once and on every other node
 * once the acknowledgement is older than the {@link Builder#bound}. At the end, when all
 * disturbances are over and every node has caught up, all nodes must have the newest versions.
 *
 * <pre>{@code
 * FreshnessChecker.builder()
 *     .node(larderOne).node(larderTwo)
 *     .disturb("flush", redis::flush, () -> {})
 *     .build().run();
 * }</pre>
 *
 * <p>Each thread draws its choices from the seed, which a failure names; how the threads interleave
 * is up to the machine.
 */
public final class FreshnessChecker {

  private static final String CACHE = "freshness";

  private final Builder settings;
  private final VersionedSource source;
  private final FreshnessFloors floors;
  private final List<FreshnessNode> nodes = new ArrayList<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final AtomicLong disturbed = new AtomicLong();
  private volatile boolean isOver;
  private volatile String disturbance = "";

  private record Disturbance(String name, Runnable begin, Runnable end) {}

  private FreshnessChecker(Builder settings) {
    this.settings = settings;
    source = new VersionedSource(settings.groups, settings.perGroup);
    CachePolicy<Item, String> policy = settings
        .policy
        .apply(CachePolicy.of(Item.class, String.class)
            .ttl(Duration.ofHours(1))
            .keyTags(item -> Set.of(item.tag())))
        .build();
    Duration bound = settings.bound == null ? policy.maxStaleness() : settings.bound;
    floors = new FreshnessFloors(
        source.size(), settings.larders.size(), bound.toNanos(), System::nanoTime);
    for (Larder larder : settings.larders) {
      Cache<Item, String> cache = larder.cache(CACHE, policy);
      nodes.add(
          new FreshnessNode(nodes.size(), larder, cache, source, floors, !settings.mayLoseRecords));
    }
    source.onRead(this::pause);
    source.onCommit(this::pause);
  }

  /** Begins a check. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Runs the check. Once only, since it makes a cache in each larder.
   *
   * @throws AssertionError if a read was too old, or anything threw; the message has the seed and the
   *     latest events of the item
   */
  public FreshnessReport run() {
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < settings.threads; i++) {
      Random random = new Random(settings.seed * 31 + i);
      workers.add(start("freshness-" + i, () -> work(random)));
    }
    Thread disturber = settings.disturbances.isEmpty()
        ? null
        : start("freshness-disturber", () -> disturb(new Random(~settings.seed)));
    workers.forEach(FreshnessChecker::join);
    isOver = true;
    if (disturber != null) {
      join(disturber);
    }
    guarded(this::checkEnd);
    Throwable failed = failure.get();
    if (failed != null) {
      throw new AssertionError(
          "seed " + settings.seed + disturbance + ": " + failed.getMessage(), failed);
    }
    return report();
  }

  private void work(Random random) {
    long end = System.nanoTime() + settings.leastTime.toNanos();
    for (int i = 0; i < settings.operations || System.nanoTime() - end < 0; i++) {
      if (failure.get() != null) {
        return;
      }
      step(random);
    }
  }

  private void step(Random random) {
    FreshnessNode node = nodes.get(random.nextInt(nodes.size()));
    // Squared: a few items are hot, as in life, so that loads, writes and reads of one meet.
    double place = random.nextDouble();
    Item item = source.item((int) (place * place * source.size()));
    int choice = random.nextInt(1_000);
    if (choice >= settings.writesPerThousand) {
      read(node, item, random);
    } else {
      write(node, item, random);
    }
  }

  private void read(FreshnessNode node, Item item, Random random) {
    int choice = random.nextInt(100);
    if (choice < 62) {
      node.get(item);
    } else if (choice < 72) {
      node.getAtLeast(item);
    } else if (choice < 80) {
      node.getAll(someOf(item.group(), random));
    } else if (choice < 86) {
      node.lookup(item);
    } else if (choice < 92) {
      node.getAsync(item);
    } else if (choice < 95) {
      node.refresh(item);
    } else if (choice < 98) {
      node.update(item);
    } else {
      node.touch(item);
    }
  }

  private void write(FreshnessNode node, Item item, Random random) {
    int choice = random.nextInt(100);
    Collection<Item> some = someOf(item.group(), random);
    if (choice < 35) {
      node.writeAndInvalidate(item);
    } else if (choice < 45) {
      node.writeAndInvalidateAsync(item);
    } else if (choice < 65) {
      node.writeThrough(item);
    } else if (choice < 73) {
      node.writeAllAndInvalidate(some);
    } else if (choice < 83) {
      node.writeAndInvalidateTag(some, item.group());
    } else if (choice < 89) {
      node.writeAndInvalidatePrefix(some, item.group());
    } else if (choice < 96) {
      node.writeAndInvalidateBatch(some, item.group());
    } else {
      node.writeAndClear(some, random.nextBoolean());
    }
  }

  /** One to four items of a group. */
  private Collection<Item> someOf(int group, Random random) {
    Set<Item> some = new LinkedHashSet<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      some.add(source.item(group * settings.perGroup + random.nextInt(settings.perGroup)));
    }
    return some;
  }

  private void disturb(Random random) {
    while (!isOver && failure.get() == null) {
      Disturbance next = settings.disturbances.get(random.nextInt(settings.disturbances.size()));
      disturbed.incrementAndGet();
      disturbance = ", while or after '" + next.name() + "'";
      next.begin().run();
      try {
        LockSupport.parkNanos(random.nextLong(settings.longestDisturbance.toNanos()));
      } finally {
        next.end().run();
      }
      LockSupport.parkNanos(random.nextLong(settings.longestCalm.toNanos()));
    }
  }

  private void checkEnd() {
    if (failure.get() != null) {
      return;
    }
    Awaitility.await("every node has caught up")
        .atMost(settings.recovery)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> nodes.stream().allMatch(node -> node.larder().waitingInvalidations() == 0)
            && nodes.stream().allMatch(FreshnessChecker::hasCaughtUp));
    for (FreshnessNode node : nodes) {
      for (int id = 0; id < source.size(); id++) {
        node.checkNewest(source.item(id));
      }
    }
  }

  private static boolean hasCaughtUp(FreshnessNode node) {
    return node.larder()
        .catchUp()
        .toCompletableFuture()
        .completeOnTimeout(false, 5, TimeUnit.SECONDS)
        .join();
  }

  /** Behind a read or a commit of the source: the answer takes its time, sometimes. */
  private void pause() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long longest = settings.longestPause.toNanos();
    if (longest > 0 && random.nextInt(4) == 0) {
      LockSupport.parkNanos(random.nextLong(longest) + 1);
    }
  }

  private FreshnessReport report() {
    long hits = 0;
    long loads = 0;
    for (FreshnessNode node : nodes) {
      CacheStats stats = node.cache().stats();
      hits += stats.hits();
      loads += stats.loads();
    }
    return new FreshnessReport(
        settings.seed,
        nodes.stream().mapToLong(node -> node.reads.get()).sum(),
        hits,
        loads,
        nodes.stream().mapToLong(node -> node.invalidations.get()).sum(),
        nodes.stream().mapToLong(node -> node.deferred.get()).sum(),
        disturbed.get());
  }

  private Thread start(String name, Runnable run) {
    Thread thread = new Thread(() -> guarded(run), name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void guarded(Runnable run) {
    try {
      run.run();
    } catch (RuntimeException | Error thrown) {
      failure.compareAndSet(null, thrown);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Collects the settings of a check. Not safe for use by many threads. */
  public static final class Builder {

    private final List<Larder> larders = new ArrayList<>();
    private final List<Disturbance> disturbances = new ArrayList<>();
    private UnaryOperator<CachePolicyBuilder<Item, String>> policy = UnaryOperator.identity();
    private long seed = ThreadLocalRandom.current().nextLong(1_000_000_000L);
    private int groups = 5;
    private int perGroup = 8;
    private int threads = 4;
    private int operations = 5_000;
    private int writesPerThousand = 100;
    private Duration longestPause = Duration.ofMillis(1);
    private Duration longestDisturbance = Duration.ofMillis(50);
    private Duration longestCalm = Duration.ofMillis(500);
    private Duration leastTime = Duration.ZERO;
    private boolean mayLoseRecords;
    private Duration recovery = Duration.ofSeconds(60);
    private @Nullable Duration bound;

    private Builder() {}

    /** Adds a node. All nodes share their stores. It needs a codec for strings; it stays open. */
    public Builder node(Larder larder) {
      larders.add(larder);
      return this;
    }

    /** Changes the policy of the cache that is checked; by default ttl 1 h and one tag a group. */
    public Builder policy(UnaryOperator<CachePolicyBuilder<Item, String>> policy) {
      this.policy = policy;
      return this;
    }

    /** What the choices are drawn from. Default: another each time. */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /** Items: default 5 groups of 8. The fewer, the more races. */
    public Builder items(int groups, int perGroup) {
      this.groups = groups;
      this.perGroup = perGroup;
      return this;
    }

    /** Threads, and what each does: default 4 threads with 5,000 operations each. */
    public Builder load(int threads, int operations) {
      this.threads = threads;
      this.operations = operations;
      return this;
    }

    /** How many of 1,000 operations write: default 100. */
    public Builder writesPerThousand(int writes) {
      this.writesPerThousand = writes;
      return this;
    }

    /** Longest pause between the source's step and its answer: default 1 ms; zero: none. */
    public Builder longestPause(Duration pause) {
      longestPause = pause;
      return this;
    }

    /** How long other nodes may serve what was invalidated. Default: the policy's maxStaleness. */
    public Builder bound(Duration bound) {
      this.bound = bound;
      return this;
    }

    /**
     * Something that happens at random moments meanwhile, one at a time, and is over by the end.
     *
     * @param begin breaks something
     * @param end mends it
     */
    public Builder disturb(String name, Runnable begin, Runnable end) {
      disturbances.add(new Disturbance(name, begin, end));
      return this;
    }

    /**
     * Longest time between a disturbance's begin and end (default 50 ms), and from there to the next
     * (default 500 ms).
     */
    public Builder disturbances(Duration longest, Duration longestCalm) {
      longestDisturbance = longest;
      this.longestCalm = longestCalm;
      return this;
    }

    /** Threads go on after their operations until so much time is over. Default: zero. */
    public Builder leastTime(Duration time) {
      leastTime = time;
      return this;
    }

    /**
     * Disturbances make the log lose acknowledged records. Their positions are then given out again,
     * until a node notices and opens an epoch: a read at least at a position is held to the bound
     * alone.
     */
    public Builder mayLoseRecords() {
      mayLoseRecords = true;
      return this;
    }

    /** The check, with its caches made. */
    public FreshnessChecker build() {
      if (larders.isEmpty()) {
        throw new IllegalStateException("a check needs a node");
      }
      return new FreshnessChecker(this);
    }
  }
}
