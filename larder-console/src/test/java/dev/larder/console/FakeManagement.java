package dev.larder.console;

import dev.larder.CacheTier;
import dev.larder.manage.AdviceReport;
import dev.larder.manage.Aim;
import dev.larder.manage.Event;
import dev.larder.manage.Explanation;
import dev.larder.manage.FreshnessCount;
import dev.larder.manage.KeyPage;
import dev.larder.manage.KeyQuery;
import dev.larder.manage.Management;
import dev.larder.manage.ManagementException;
import dev.larder.manage.NodeView;
import dev.larder.manage.Outcome;
import dev.larder.manage.Overview;
import dev.larder.manage.Preview;
import dev.larder.manage.RouteReport;
import dev.larder.manage.SessionReport;
import dev.larder.manage.Simulation;
import dev.larder.manage.StoredValue;
import dev.larder.manage.Trials;
import dev.larder.manage.Verification;
import dev.larder.manage.WarmUp;
import dev.larder.stats.CacheStats;
import dev.larder.stats.Distribution;
import dev.larder.stats.TierStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A larder of figures: two nodes, a few caches, and whatever a test makes happen. */
final class FakeManagement implements Management {

  static final String EVIL = "app:album:v1:<script>document.title='owned'</script>";
  static final String EVIL_IMAGE = "app:album:v1:\"><img src=x onerror=document.title='owned'>";
  static final String SESSION = "app:session:v1:4f1c9a77d0a2";

  final List<String> orders = new CopyOnWriteArrayList<>();
  final FakeTrials trials = new FakeTrials(orders);
  final List<String> simulated = new CopyOnWriteArrayList<>();
  final List<Event> events = new CopyOnWriteArrayList<>();
  final List<Consumer<Event>> listeners = new CopyOnWriteArrayList<>();
  final AtomicLong reads = new AtomicLong();
  /** Lookups of the feed that pass it by, and how many more do on each node from one look to the next. */
  final AtomicLong passes = new AtomicLong();

  volatile long passing;

  /** What node-a tells of who acted. */
  final List<Event> acted = new CopyOnWriteArrayList<>();

  final AtomicLong slowReads = new AtomicLong();
  final AtomicInteger overviews = new AtomicInteger();
  final Map<String, Integer> switches = new TreeMap<>();
  final List<String> keys = new CopyOnWriteArrayList<>(
      List.of("app:album:v1:42", "app:feed:v1:user=7", EVIL, EVIL_IMAGE, SESSION));
  volatile String circuit = "closed";
  /** Why a preview may have missed entries. */
  volatile List<String> uncounted = List.of();

  /** The outage of L2 that both nodes remember. */
  volatile TierStats.@Nullable Outage outage;

  /** Whether one of the lookups that are looked at came by. */
  volatile boolean isSampled = true;

  /** Whether there is advice. */
  volatile boolean isAdvised = true;

  /** Calls to L2 that failed on each node, of those while it answers. */
  volatile long failures;

  /** What the last load of each key that is not gone threw. */
  volatile String loadFailure = "";

  volatile int moreCaches;
  /** Caches that come as a test goes on, with the lookups of each on a node, all of them misses. */
  final Map<String, Long> others = new ConcurrentSkipListMap<>();

  volatile boolean isGone;
  /** What L2 has of each key that is not gone. */
  volatile Explanation.State stored = Explanation.State.FRESH;

  volatile WarmUp.State warmUp = WarmUp.State.RUNNING;
  volatile RouteReport routes = FakeReports.routes();
  volatile SessionReport sessions = FakeReports.sessions();
  private final long startedMillis = System.currentTimeMillis() - 5_400_000;

  /** Lets a node tell of something. */
  void happen(Event.Kind kind, String cache, String subject, String text, long nanos, long count) {
    happen(System.currentTimeMillis(), kind, cache, subject, text, nanos, count);
  }

  void happen(
      long atMillis,
      Event.Kind kind,
      String cache,
      String subject,
      String text,
      long nanos,
      long count) {
    Event event =
        new Event(events.size() + 1L, "node-a", atMillis, kind, cache, subject, text, nanos, count);
    events.add(event);
    listeners.forEach(listener -> listener.accept(event));
  }

  @Override
  public Overview overview() {
    overviews.incrementAndGet();
    passes.addAndGet(passing);
    long now = System.currentTimeMillis();
    return new Overview(
        "app", now, "node-a", true, List.of(node("node-a", now), node("node-b", now)), switches);
  }

  private NodeView node(String id, long now) {
    List<NodeView.CacheView> caches = new ArrayList<>();
    long l1 = reads.get();
    caches.add(cache("feed", l1 * 80 / 100, l1 * 12 / 100, 0, l1 * 8 / 100, "app:feed:v1:user=7"));
    caches.add(cache("album", l1 * 97 / 100, l1 * 2 / 100, 0, l1 / 100, "app:album:v1:42"));
    caches.add(cache("search", l1 * 20 / 100, l1 * 8 / 100, slowReads.get(), l1 * 25 / 100, EVIL));
    caches.add(cache("session", l1 * 30 / 100, l1 * 9 / 100, 0, 3, SESSION));
    for (int more = 0; more < moreCaches; more++) {
      caches.add(cache("more-" + more, 0, 0, 0, 0, "app:more:v1:" + more));
    }
    others.forEach(
        (name, lookups) -> caches.add(cache(name, 0, 0, 0, lookups, "app:" + name + ":v1:1")));
    boolean isClosed = circuit.equals("closed");
    return new NodeView(
        id,
        "host-1",
        4711,
        "0.1.0",
        startedMillis,
        now,
        isClosed ? NodeView.State.IN_SYNC : NodeView.State.UNSURE,
        isClosed ? 0 : 2,
        310_000_000,
        1_000_000_000,
        "5e0c21",
        List.of(new FreshnessCount(FreshnessCount.Check.HIT, 6_000, 0)),
        List.of(distribution(Distribution.Measure.L1_HIT, 400)),
        List.of(
            new TierStats(
                CacheTier.L2,
                "redis",
                "10.0.0.7:6379",
                !isClosed,
                circuit,
                isClosed,
                Duration.ofMillis(isClosed ? 120 : 4_000),
                90_000,
                isClosed ? failures : 700,
                isClosed ? 0 : 20,
                isClosed ? 0 : 600,
                isClosed ? null : Duration.ofMillis(900),
                null,
                outage),
            new TierStats(
                CacheTier.DATABASE,
                "postgresql",
                "",
                false,
                "closed",
                true,
                Duration.ofMillis(210),
                12,
                0,
                0,
                0,
                null,
                null,
                null)),
        caches,
        id.equals("node-a") ? List.copyOf(acted) : List.of());
  }

  private NodeView.CacheView cache(
      String name, long l1, long l2, long database, long misses, String hot) {
    CacheStats stats = new CacheStats(
        name,
        l1,
        l2,
        database,
        l1 / 500,
        misses,
        misses / 20,
        misses,
        misses / 100,
        misses * 21_000_000,
        misses,
        misses / 300,
        0,
        0,
        misses / 10,
        name.equals("feed") ? passes.get() : 0,
        Math.min(l1, 9_400),
        10_000,
        l1 / 90,
        new CacheStats.LookupTimes(
            l1 / 256, l1 / 256 * 190, l2, l2 * 610_000, misses * 400_000, misses, 0, 0, 0, 0),
        isSampled
            ? List.of(
                new CacheStats.HotKey(hot, l1 / 10), new CacheStats.HotKey(hot + ":next", l1 / 30))
            : List.of());
    return new NodeView.CacheView(
        stats,
        Map.of("ttl", "5 min", "staleFor", "1 h", "tiers", "L1, L2, DATABASE", "jitter", "10 %"),
        switches.getOrDefault(name, 100));
  }

  @Override
  public KeyPage keys(KeyQuery query) {
    List<String> found = keys.stream()
        .filter(key -> query.cache().isEmpty() || key.startsWith("app:" + query.cache() + ":"))
        .filter(key -> key.contains(query.contains()))
        .toList();
    return new KeyPage(
        "L2",
        found.subList(0, Math.min(found.size(), query.limit())),
        found.size() > query.limit());
  }

  @Override
  public Explanation explain(String slot) {
    return FakeExplanation.of(
        slot, isGone, stored, isGone ? "SQLException" : loadFailure, startedMillis, events);
  }

  @Override
  public Optional<StoredValue> value(String slot) {
    return slot.endsWith("missing")
        ? Optional.empty()
        : Optional.of(new StoredValue(
            "L2", "json", "{\"title\":\"<b>OK Computer</b>\",\"tracks\":[1,2,3]}", false));
  }

  @Override
  public Preview preview(Aim aim) {
    return new Preview(
        aim.kind() == Aim.Kind.KEY ? 1 : 214,
        uncounted.isEmpty(),
        List.of(new Preview.CacheCount("feed", aim.kind() == Aim.Kind.KEY ? 1 : 214)),
        aim.kind() == Aim.Kind.ALL ? List.of("session") : List.of(),
        uncounted);
  }

  private Outcome done(String order, String who) {
    orders.add(order + " by " + who);
    return new Outcome("Done: " + order, "9.121", false);
  }

  @Override
  public Outcome invalidate(Aim aim, String who) {
    if (aim.names().contains("unreachable")) {
      throw new ManagementException(
          ManagementException.Reason.UNREACHABLE, "L2: redis does not answer");
    }
    isGone = true;
    happen(
        Event.Kind.INVALIDATION,
        "",
        aim.kind().name().toLowerCase() + " " + aim.names(),
        "console",
        2_000_000,
        1);
    return done("invalidate " + aim.kind() + " " + aim.names(), who);
  }

  @Override
  public Outcome refresh(String slot, String who) {
    isGone = false;
    return done("refresh " + slot, who);
  }

  @Override
  public Outcome touch(String slot, Duration ttl, String who) {
    return done("touch " + slot + " " + ttl, who);
  }

  @Override
  public Outcome turn(String cache, int percent, String who) {
    switches.put(cache, percent);
    return done("turn " + cache + " " + percent, who);
  }

  @Override
  public List<Event> events(long after, int limit) {
    return events.stream().filter(event -> event.id() > after).limit(limit).toList();
  }

  @Override
  public Subscription listen(Consumer<Event> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public Verification verify(int sample) {
    return new Verification(40, sample, sample / 2, 0, 0, List.of(), List.of());
  }

  private static Distribution distribution(Distribution.Measure measure, long upTo) {
    return new Distribution(
        measure,
        List.of(new Distribution.Bucket(upTo, 990), new Distribution.Bucket(4 * upTo, 10)));
  }

  @Override
  public List<Distribution> distributions(String cache) {
    return Stream.of(Distribution.Measure.values())
        .filter(measure -> isSampled
            || (measure != Distribution.Measure.L1_HIT
                && measure != Distribution.Measure.AGE_AT_HIT))
        .map(measure -> distribution(measure, 1_000_000))
        .toList();
  }

  @Override
  public AdviceReport adviceReport() {
    return FakeReports.advice(isAdvised);
  }

  @Override
  public Simulation simulate(String cache, Duration ttl, Long l1MaxEntries) {
    if (cache.equals("albun")) {
      throw new ManagementException(
          ManagementException.Reason.NOT_FOUND, "there is no cache 'albun'");
    }
    simulated.add(cache + " " + ttl + " " + l1MaxEntries);
    return FakeReports.simulation(cache, ttl, l1MaxEntries);
  }

  @Override
  public Trials trials() {
    return trials;
  }

  @Override
  public List<WarmUp> warmUps() {
    return List.of(new WarmUp(
        "problem-list",
        "every day at 05:00",
        warmUp,
        "node-a",
        10_000,
        6_200,
        310,
        2,
        410,
        System.currentTimeMillis() - 15_000,
        0,
        List.of("app:problem:v1:77: SQLException"),
        new WarmUp.Limits(0, 500, 4),
        false));
  }

  @Override
  public RouteReport routes() {
    return routes;
  }

  @Override
  public SessionReport sessions() {
    return sessions;
  }

  @Override
  public Outcome warm(String name, WarmUp.Action action, WarmUp.Limits limits, String who) {
    if (action == WarmUp.Action.PAUSE) {
      warmUp = WarmUp.State.PAUSED;
    }
    return done(("warm " + name + " " + action + " " + limits.shown()).strip(), who);
  }
}
