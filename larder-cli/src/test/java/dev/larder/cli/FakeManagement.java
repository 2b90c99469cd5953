package dev.larder.cli;

import dev.larder.CacheTier;
import dev.larder.manage.Advice;
import dev.larder.manage.AdviceReport;
import dev.larder.manage.Aim;
import dev.larder.manage.Event;
import dev.larder.manage.Explanation;
import dev.larder.manage.Explanation.Copy;
import dev.larder.manage.Explanation.State;
import dev.larder.manage.Explanation.TagView;
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
import dev.larder.stats.CacheStats.HotKey;
import dev.larder.stats.CacheStats.LookupTimes;
import dev.larder.stats.Distribution;
import dev.larder.stats.RequestStats;
import dev.larder.stats.RouteStats;
import dev.larder.stats.TierStats;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A management whose answers stand in fields, and that notes what it was told to do. */
public class FakeManagement implements Management {

  static final long NOW = System.currentTimeMillis();
  static final String KEY = "shop:album:v1:42";

  public final List<String> orders = new ArrayList<>();
  public List<NodeView> nodes = new ArrayList<>(List.of(node("n1"), node("n2")));
  public Deque<List<NodeView>> nodesInTurn = new ArrayDeque<>();
  public Map<String, Integer> switches = Map.of();
  public boolean isWhole = true;
  public List<String> keys = List.of(KEY, "shop:album:v1:evil\u001b[2Jkey");
  private static final List<TagView> TAGS =
      List.of(new TagView("user:42", ""), new TagView("feed", "1-3"));

  public List<Copy> copies = List.of(
      new Copy("L1", "n1", "", State.FRESH, "1-4", 1_000, 41_000, -1, -1, TAGS),
      new Copy("L1", "n2", "", State.INVALID, "1-2", 9_000, 41_000, -1, -1, List.of()),
      new Copy("L2", "", "redis", State.FRESH, "1-4", 1_000, 41_000, 120, 400, TAGS));
  public Optional<StoredValue> value =
      Optional.of(new StoredValue("L2", "json", "{\"title\":\"Air\"}", false));
  public String loadFailure = "";
  public Preview preview = new Preview(
      1_234, true, List.of(new Preview.CacheCount("album", 1_234)), List.of("session"), List.of());
  public Verification verification = new Verification(
      7, 10, 5, 0, 0, List.of(), List.of(new FreshnessCount(FreshnessCount.Check.HIT, 100, 0)));
  public List<Event> events = List.of(
      event(1, Event.Kind.LOAD, "album", KEY, "FeedService.feed:88", 12_000_000),
      event(2, Event.Kind.LOAD_FAILED, "album", KEY, "FeedService.feed:88: IOException", 1_000),
      event(3, Event.Kind.INVALIDATION, "", "tag artist:7", "call at 1-2", 0));
  public List<Event> live = List.of();
  public List<Advice> advice = List.of(new Advice(
      "album", Advice.Kind.TTL, "5 min → 1 min frees 270 MB", Map.of("ttl", "1m"), 10_000));
  public List<AdviceReport.Sample> samples = List.of(
      new AdviceReport.Sample("album", 10_000, 900_000, ""),
      new AdviceReport.Sample("session", 12, 180_000, "12 lookups of 400"));
  public List<String> silent = List.of();
  public Simulation simulation = new Simulation(
      "album",
      new Simulation.Figures(300_000, 10_000, 0.461, 0.382, 41_000, 338_000_000),
      new Simulation.Figures(60_000, 5_000, 0.458, 0.379, 8_300, 68_000_000),
      0.464,
      12_345,
      0.016,
      840_000,
      2,
      List.of());
  public List<List<WarmUp>> warmUps = new ArrayList<>();
  public RouteReport routes = new RouteReport(
      List.of(new RouteStats(
          "acme.Albums.album(long) /albums/{id}",
          "http.Albums.album",
          90,
          10,
          3,
          5,
          2,
          1,
          40,
          Map.of("the visitor is logged in", 7L),
          Map.of("not in the key", 4L),
          Map.of("header X-Forwarded-Host", 4L),
          12)),
      List.of(new RequestStats(
          "GET /albums/{id}", 10, 40, 30, 20, 5, 10, 9, 2_000_000, 8_000_000, 90_000_000)),
      List.of("n1", "n2"),
      List.of());
  public ManagementException failure;
  ManagementException refusedOrder;
  final FakeTrials trials = new FakeTrials(orders);

  static Event event(
      long id, Event.Kind kind, String cache, String subject, String text, long nanos) {
    return new Event(id, "n1", NOW, kind, cache, subject, text, nanos, 1);
  }

  static CacheStats stats(String cache, long l1Hits, long misses) {
    return new CacheStats(
        cache,
        l1Hits,
        10,
        0,
        3,
        misses,
        2,
        misses,
        1,
        misses * 1_000_000,
        misses,
        0,
        0,
        0,
        4,
        0,
        100,
        1_000,
        7,
        new LookupTimes(0, 0, 0, 0, 0, misses, 0, 0, 0, 0),
        List.of(new HotKey(KEY, l1Hits), new HotKey("shop:" + cache + ":v1:7", 5)));
  }

  /** A node that has been up for 1,000 s, with one cache and these lookups of it. */
  static NodeView node(int percent, long hits, long misses, long passes, List<Event> events) {
    NodeView it = node("n1");
    CacheStats album = new CacheStats(
        "album",
        hits,
        0,
        0,
        0,
        misses,
        0,
        misses,
        0,
        misses * 12_000_000,
        misses,
        0,
        0,
        0,
        0,
        passes,
        100,
        1_000,
        0,
        new LookupTimes(0, 0, 0, 0, 0, misses, 0, 0, 0, 0),
        List.of());
    return like(
        it,
        NOW - 1_000_000,
        NOW,
        List.of(),
        List.of(new NodeView.CacheView(album, Map.of(), percent)),
        events);
  }

  /** Another node, but for this. */
  static NodeView like(
      NodeView it,
      long startedMillis,
      long atMillis,
      List<TierStats> tiers,
      List<NodeView.CacheView> caches,
      List<Event> events) {
    return new NodeView(
        it.id(),
        it.host(),
        it.process(),
        it.version(),
        startedMillis,
        atMillis,
        it.state(),
        it.waiting(),
        it.heapUsed(),
        it.heapMax(),
        it.policies(),
        it.freshness(),
        it.times(),
        tiers,
        caches,
        events);
  }

  static NodeView node(String id) {
    return node(id, NodeView.State.IN_SYNC, false);
  }

  static NodeView node(String id, NodeView.State state, boolean isDegraded) {
    return new NodeView(
        id,
        "host",
        4711,
        "0.1.0",
        NOW - 3_600_000,
        NOW,
        state,
        state == NodeView.State.BEHIND ? 3 : 0,
        1 << 20,
        1 << 30,
        "p",
        List.of(new FreshnessCount(FreshnessCount.Check.HIT, 100, 0)),
        List.of(),
        List.of(new TierStats(
            CacheTier.L2,
            "redis",
            "",
            isDegraded,
            isDegraded ? "open" : "closed",
            !isDegraded,
            Duration.ofMillis(20),
            1_000,
            isDegraded ? 9 : 0,
            isDegraded ? 5 : 0,
            isDegraded ? 3 : 0,
            isDegraded ? Duration.ofSeconds(2) : null,
            null,
            null)),
        List.of(
            new NodeView.CacheView(stats("album", 90, 10), Map.of("ttl", "5m"), 50),
            new NodeView.CacheView(stats("session", 50, 50), Map.of("protected", "true"), 100)),
        List.of());
  }

  private <T> T answer(T value) {
    if (failure != null) {
      throw failure;
    }
    return value;
  }

  private Outcome done(String order) {
    if (refusedOrder != null) {
      throw refusedOrder;
    }
    orders.add(order);
    return answer(new Outcome(order + " done", "1-5", false));
  }

  @Override
  public Overview overview() {
    if (!nodesInTurn.isEmpty()) {
      nodes = nodesInTurn.remove();
    }
    return answer(new Overview("shop", NOW, "n1", isWhole, nodes, switches));
  }

  @Override
  public KeyPage keys(KeyQuery query) {
    return answer(new KeyPage("L2", keys, keys.size() >= query.limit()));
  }

  @Override
  public Explanation explain(String slot) {
    return answer(new Explanation(
        slot,
        "album",
        copies,
        new Explanation.Ending("1-3", "tag feed", "invalidate tag by ann", "n2", NOW),
        new Explanation.Loaded("n1", "FeedService.feed:88", 12_000_000, NOW, loadFailure),
        "no tier had it",
        NOW,
        null,
        List.of(
            new Explanation.EndedBy("tag feed", "invalidate tag by ann", 7, NOW - 60_000, NOW),
            new Explanation.EndedBy("tag user:42", "UserService.rename", 2, NOW - 50_000, NOW),
            new Explanation.EndedBy("tag user:42", "OutboxRelay", 1, NOW - 40_000, NOW)),
        events,
        List.of("n3")));
  }

  @Override
  public Optional<StoredValue> value(String slot) {
    return answer(value);
  }

  @Override
  public Preview preview(Aim aim) {
    return answer(preview);
  }

  @Override
  public Outcome invalidate(Aim aim, String who) {
    return done("invalidate " + aim.kind() + " " + aim.names());
  }

  @Override
  public Outcome refresh(String slot, String who) {
    return done("refresh " + slot);
  }

  @Override
  public Outcome touch(String slot, Duration ttl, String who) {
    return done("touch " + slot + " " + ttl);
  }

  @Override
  public Outcome turn(String cache, int percent, String who) {
    return done("turn '" + cache + "' " + percent);
  }

  @Override
  public List<Event> events(long after, int limit) {
    return answer(events);
  }

  @Override
  public Subscription listen(Consumer<Event> listener) {
    live.forEach(listener);
    return () -> {};
  }

  @Override
  public Verification verify(int sample) {
    return answer(verification);
  }

  @Override
  public List<Distribution> distributions(String cache) {
    return Stream.of(Distribution.Measure.values())
        .map(measure -> new Distribution(
            measure,
            List.of(
                new Distribution.Bucket(2_000_000, 990), new Distribution.Bucket(8_000_000, 10))))
        .toList();
  }

  @Override
  public AdviceReport adviceReport() {
    return answer(new AdviceReport(advice, samples, silent));
  }

  @Override
  public Simulation simulate(String cache, Duration ttl, Long l1MaxEntries) {
    orders.add("simulate " + cache + " " + ttl + " " + l1MaxEntries);
    return answer(simulation);
  }

  @Override
  public Trials trials() {
    return trials;
  }

  @Override
  public List<WarmUp> warmUps() {
    return answer(
        warmUps.isEmpty() ? List.of() : warmUps.size() == 1 ? warmUps.get(0) : warmUps.remove(0));
  }

  @Override
  public RouteReport routes() {
    return answer(routes);
  }

  @Override
  public SessionReport sessions() {
    return answer(new SessionReport(List.of(), List.of()));
  }

  @Override
  public Outcome warm(String name, WarmUp.Action action, WarmUp.Limits limits, String who) {
    return done(("warm " + name + " " + action + " " + limits.shown()).strip());
  }
}
