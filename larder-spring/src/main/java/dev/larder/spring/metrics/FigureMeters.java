package dev.larder.spring.metrics;

import dev.larder.stats.NodeFigures;
import dev.larder.stats.RequestStats;
import dev.larder.stats.RouteStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Meters of what modules count, in one registry: per route of the response cache, and per endpoint that
 * asks caches. Routes are patterns of the application, and their number is bounded where they are
 * counted. Safe for use by many threads.
 */
final class FigureMeters {

  private static final long KEPT_NANOS = 500_000_000;

  private final MeterRegistry registry;
  private final NodeFigures figures;
  private final Set<String> routes = ConcurrentHashMap.newKeySet();
  private final Set<String> requests = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Reading last;

  private record Reading(
      Map<String, RouteStats> routes, Map<String, RequestStats> requests, long atNanos) {}

  FigureMeters(MeterRegistry registry, NodeFigures figures) {
    this.registry = registry;
    this.figures = figures;
  }

  /** Binds what is there now and was not before. */
  void bindNew() {
    Reading now = read();
    now.routes().keySet().forEach(route -> {
      if (routes.add(route)) {
        bindRoute(route);
      }
    });
    now.requests().keySet().forEach(route -> {
      if (requests.add(route)) {
        bindRequest(route);
      }
    });
  }

  private Reading now() {
    Reading known = last;
    return known == null || System.nanoTime() - known.atNanos() > KEPT_NANOS ? read() : known;
  }

  private Reading read() {
    Map<String, RouteStats> byRoute = new HashMap<>();
    figures.routes().forEach(each -> byRoute.merge(each.route(), each, RouteStats::plus));
    Map<String, RequestStats> byEndpoint = new HashMap<>();
    figures.requests().forEach(each -> byEndpoint.merge(each.route(), each, RequestStats::plus));
    Reading read = new Reading(byRoute, byEndpoint, System.nanoTime());
    last = read;
    return read;
  }

  private void bindRoute(String route) {
    Tags tags = Tags.of("route", route);
    http(route, tags.and("result", "hit"), all -> all.hits() - all.staleHits());
    http(route, tags.and("result", "stale"), RouteStats::staleHits);
    http(route, tags.and("result", "collapsed"), RouteStats::collapsed);
    http(route, tags.and("result", "stored"), all -> all.stored() - all.confirmed());
    http(route, tags.and("result", "confirmed"), RouteStats::confirmed);
    http(route, tags.and("result", "stand-in"), RouteStats::standIns);
    http(route, tags.and("result", "not-stored"), all -> sum(all.notStored()));
    http(route, tags.and("result", "bypassed"), all -> sum(all.bypassed()));
    FunctionCounter.builder(
            MeterNames.HTTP_NOT_MODIFIED, this, all -> all.route(route, RouteStats::notModified))
        .description("Answers that told the client to keep what it has")
        .tags(tags)
        .register(registry);
    FunctionCounter.builder(
            MeterNames.HTTP_UNKEYED, this, all -> all.route(route, stats -> sum(stats.unkeyed())))
        .description("Inputs that handlers read and keys do not hold")
        .tags(tags)
        .register(registry);
    Gauge.builder(MeterNames.HTTP_VARIANTS, () -> route(route, RouteStats::variants))
        .description("Different sets of keyed headers, an estimate")
        .tags(tags)
        .strongReference(true)
        .register(registry);
  }

  private void http(String route, Tags tags, ToLongFunction<RouteStats> figure) {
    FunctionCounter.builder(MeterNames.HTTP_REQUESTS, this, all -> all.route(route, figure))
        .description("Requests that a response rule is for, by what came of them")
        .tags(tags)
        .register(registry);
  }

  private void bindRequest(String route) {
    Tags tags = Tags.of("route", route);
    lookups(route, tags.and("result", "l1"), RequestStats::l1Hits);
    lookups(route, tags.and("result", "l2"), RequestStats::l2Hits);
    lookups(route, tags.and("result", "database"), RequestStats::databaseHits);
    lookups(route, tags.and("result", "source"), RequestStats::misses);
    FunctionTimer.builder(
            MeterNames.REQUEST_CACHE_TIME,
            this,
            all -> (long) all.request(route, RequestStats::requests),
            all -> all.request(route, stats -> stats.lookNanos() + stats.loadNanos()),
            TimeUnit.NANOSECONDS)
        .description("Time of a request in looks below L1 and in loads")
        .tags(tags)
        .register(registry);
  }

  private void lookups(String route, Tags tags, ToLongFunction<RequestStats> figure) {
    FunctionCounter.builder(MeterNames.REQUEST_LOOKUPS, this, all -> all.request(route, figure))
        .description("Lookups of an endpoint's requests, by the tier that answered")
        .tags(tags)
        .register(registry);
  }

  private double route(String route, ToLongFunction<RouteStats> figure) {
    RouteStats stats = now().routes().get(route);
    return stats == null ? 0 : figure.applyAsLong(stats);
  }

  private double request(String route, ToLongFunction<RequestStats> figure) {
    RequestStats stats = now().requests().get(route);
    return stats == null ? 0 : figure.applyAsLong(stats);
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
