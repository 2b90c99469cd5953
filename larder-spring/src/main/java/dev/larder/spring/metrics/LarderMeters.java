package dev.larder.spring.metrics;

import dev.larder.Larder;
import dev.larder.log.Change;
import dev.larder.log.Target;
import dev.larder.manage.FreshnessCount;
import dev.larder.manage.NodeView;
import dev.larder.spring.metrics.Readings.Reading;
import dev.larder.stats.CacheStats;
import dev.larder.stats.NodeFigures;
import dev.larder.stats.TierStats;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * The meters of a larder: those that Micrometer has for all caches, and Larder's own, by the names in
 * {@link MeterNames}.
 *
 * <p>All but {@link MeterNames#CHANGES} are functions over counters that the engine keeps anyway, so a
 * lookup costs nothing more. They are read when a registry asks, at most twice a second. A cache that is made later gets its meters
 * when the registry asks next for any of the others, so it appears one scrape late at most. Safe for
 * use by many threads.
 */
public final class LarderMeters implements MeterBinder {

  private static final String MANAGER = "larder";

  private final Supplier<NodeView> node;
  private final NodeFigures figures;
  private final Consumer<Consumer<Change>> changes;

  /** The meters of a larder, which has to stay open for as long as they are read. */
  public LarderMeters(Larder larder) {
    this(larder::self, larder.figures(), larder::onChange);
  }

  LarderMeters(Supplier<NodeView> node) {
    this(node, new NodeFigures(), listener -> {});
  }

  LarderMeters(Supplier<NodeView> node, NodeFigures figures, Consumer<Consumer<Change>> changes) {
    this.node = node;
    this.figures = figures;
    this.changes = changes;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    new Bound(registry, node, figures).bind();
    Map<Target.Kind, Counter> covered = new EnumMap<>(Target.Kind.class);
    for (Target.Kind kind : Target.Kind.values()) {
      covered.put(
          kind,
          Counter.builder(MeterNames.CHANGES)
              .description("What invalidations covered that this node heard of")
              .tag("kind", kind.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
    changes.accept(change -> {
      for (Target target : change.targets()) {
        Counter counter = covered.get(target.kind());
        if (counter != null) {
          counter.increment();
        }
      }
    });
  }

  /** The meters in one registry. */
  private static final class Bound {

    private final MeterRegistry registry;
    private final Readings readings;
    private final FigureMeters ofModules;
    private final Set<String> caches = ConcurrentHashMap.newKeySet();
    private final Set<String> tiers = ConcurrentHashMap.newKeySet();

    Bound(MeterRegistry registry, Supplier<NodeView> node, NodeFigures figures) {
      this.registry = registry;
      this.ofModules = new FigureMeters(registry, figures);
      this.readings = new Readings(node, this::bindNew);
    }

    void bind() {
      Gauge.builder(MeterNames.WAITING, () -> readings.now().node().waiting())
          .description("Invalidations that wait for a log that does not answer")
          .strongReference(true)
          .register(registry);
      for (FreshnessCount.Check check : FreshnessCount.Check.values()) {
        Tags tags = Tags.of("check", check.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        freshness(MeterNames.FRESHNESS_SAMPLED, check, FreshnessCount::sampled)
            .description("Copies that were looked at again")
            .tags(tags)
            .register(registry);
        freshness(MeterNames.FRESHNESS_STALE, check, FreshnessCount::stale)
            .description("Those of them that were stale")
            .tags(tags)
            .register(registry);
      }
      readings.now();
    }

    private FunctionCounter.Builder<Readings> freshness(
        String name, FreshnessCount.Check check, ToLongFunction<FreshnessCount> figure) {
      return FunctionCounter.builder(
          name,
          readings,
          all -> all.now().node().freshness().stream()
              .filter(count -> count.check() == check)
              .mapToLong(figure)
              .sum());
    }

    private void bindNew(Reading reading) {
      ofModules.bindNew();
      reading.tiers().values().forEach(tier -> {
        if (tiers.add(tier.store())) {
          bind(tier);
        }
      });
      reading.caches().keySet().forEach(cache -> {
        if (caches.add(cache)) {
          bind(cache);
        }
      });
    }

    private void bind(TierStats tier) {
      Tags tags =
          Tags.of("tier", tier.tier().name().toLowerCase(Locale.ROOT), "store", tier.store());
      String store = tier.store();
      Gauge.builder(MeterNames.TIER_DEGRADED, () -> tier(store, now -> now.isDegraded() ? 1 : 0))
          .description("Whether the tier is skipped")
          .tags(tags)
          .strongReference(true)
          .register(registry);
      TimeGauge.builder(
              MeterNames.CONFIRMED_AGE,
              () -> tier(store, now -> now.confirmedAgo().toNanos()),
              TimeUnit.NANOSECONDS)
          .description("Time since the log's tail was last proved")
          .tags(tags)
          .strongReference(true)
          .register(registry);
      FunctionCounter.builder(
              MeterNames.TIER_CALLS, this, bound -> bound.tier(store, TierStats::calls))
          .description("Calls made to the tier")
          .tags(tags)
          .register(registry);
      FunctionCounter.builder(
              MeterNames.TIER_FAILURES, this, bound -> bound.tier(store, TierStats::failures))
          .description("Calls that failed, timed out or were skipped")
          .tags(tags)
          .register(registry);
    }

    private double tier(String store, ToDoubleFunction<TierStats> figure) {
      TierStats tier = readings.now().tiers().get(store);
      return tier == null ? Double.NaN : figure.applyAsDouble(tier);
    }

    private void bind(String cache) {
      Tags standard = Tags.of("cache", cache, "name", cache, "cache.manager", MANAGER);
      String gets = "Lookups by whether a tier answered";
      count(cache, MeterNames.CACHE_GETS, gets, standard.and("result", "hit"), CacheStats::hits);
      count(cache, MeterNames.CACHE_GETS, gets, standard.and("result", "miss"), CacheStats::misses);
      count(
          cache,
          MeterNames.CACHE_PUTS,
          "Values that loads brought",
          standard,
          stats -> stats.times().keysLoaded());
      count(
          cache,
          MeterNames.CACHE_EVICTIONS,
          "Entries that L1 dropped for size or age",
          standard,
          CacheStats::l1Evictions);
      gauge(cache, MeterNames.CACHE_SIZE, "Entries in L1", standard, CacheStats::l1Size);

      Tags own = Tags.of("cache", cache);
      gauge(cache, MeterNames.L1_MAXIMUM, "Most entries of L1", own, CacheStats::l1Maximum);
      String byTier = "Lookups by the tier that answered";
      count(cache, MeterNames.GETS, byTier, own.and("tier", "l1"), CacheStats::l1Hits);
      count(cache, MeterNames.GETS, byTier, own.and("tier", "l2"), CacheStats::l2Hits);
      count(cache, MeterNames.GETS, byTier, own.and("tier", "database"), CacheStats::databaseHits);
      count(cache, MeterNames.GETS, byTier, own.and("tier", "source"), CacheStats::misses);
      FunctionTimer.builder(
              MeterNames.LOADS,
              this,
              bound -> (long) bound.stats(cache, stats -> stats.loads() + stats.loadFailures()),
              bound -> bound.stats(cache, CacheStats::loadNanos),
              TimeUnit.NANOSECONDS)
          .description("Loads, failed ones included")
          .tags(own)
          .register(registry);
      count(cache, MeterNames.LOAD_FAILURES, "Loads that failed", own, CacheStats::loadFailures);
      count(
          cache,
          MeterNames.WAITS,
          "Lookups that waited for another's load",
          own,
          CacheStats::waits);
      count(
          cache,
          MeterNames.STALE_SERVED,
          "Hits that were past their ttl, and valid",
          own,
          CacheStats::staleHits);
      count(cache, MeterNames.FILLS, "Entries stored below L1", own, CacheStats::fills);
      count(
          cache,
          MeterNames.FILLS_REFUSED,
          "Values not stored, since they were invalidated meanwhile",
          own,
          CacheStats::fillsRefused);
      count(
          cache,
          MeterNames.UNREADABLE,
          "Stored bytes that were no entry of their key",
          own,
          CacheStats::unreadable);
      count(
          cache,
          MeterNames.TOO_LARGE,
          "Values not stored, since they are too large",
          own,
          CacheStats::tooLarge);
      count(
          cache,
          MeterNames.INVALIDATIONS,
          "Invalidations asked for through the cache",
          own,
          CacheStats::invalidations);
      count(
          cache,
          MeterNames.PASSES,
          "Lookups of keys that were switched off",
          own,
          CacheStats::passes);
    }

    private void count(
        String cache,
        String name,
        String description,
        Tags tags,
        ToLongFunction<CacheStats> figure) {
      FunctionCounter.builder(name, this, bound -> bound.stats(cache, figure))
          .description(description)
          .tags(tags)
          .register(registry);
    }

    private void gauge(
        String cache,
        String name,
        String description,
        Tags tags,
        ToLongFunction<CacheStats> figure) {
      Gauge.builder(name, () -> stats(cache, figure))
          .description(description)
          .tags(tags)
          .strongReference(true)
          .register(registry);
    }

    private double stats(String cache, ToLongFunction<CacheStats> figure) {
      CacheStats stats = readings.now().caches().get(cache);
      return stats == null ? 0 : figure.applyAsLong(stats);
    }
  }
}
