package dev.larder.web;

import dev.larder.stats.RouteStats;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What was done, by route; of routes beyond the bound together. Safe for many threads. */
final class RouteCounts {

  /** A matcher that names a route after a path must not fill the memory. */
  static final int MOST_ROUTES = 500;

  private final ConcurrentMap<String, RouteCount> counts = new ConcurrentHashMap<>();

  RouteCount of(MatchedRoute route) {
    RouteCount count = counts.get(route.route());
    if (count != null) {
      return count;
    }
    boolean hasRoom = counts.size() < MOST_ROUTES;
    String name = hasRoom ? route.route() : RouteStats.OTHERS;
    String cache = hasRoom ? route.rule().cache().name() : "";
    return counts.computeIfAbsent(name, unused -> new RouteCount(name, cache));
  }

  List<RouteStats> stats() {
    List<RouteStats> all = new ArrayList<>();
    counts.values().forEach(count -> all.add(count.stats()));
    return all;
  }
}
