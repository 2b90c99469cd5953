package dev.larder.web.request;

import dev.larder.CacheTier;
import dev.larder.stats.RequestStats;
import dev.larder.stats.RouteStats;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** The figures of all requests so far, by route, of which there is a bounded number. */
final class RequestTotals {

  /** An application that has more handlers has them together under one name. */
  static final int MOST_ROUTES = 500;

  private final ConcurrentMap<String, Total> totals = new ConcurrentHashMap<>();

  private static final class Total {
    final LongAdder requests = new LongAdder();
    final LongAdder l1 = new LongAdder();
    final LongAdder l2 = new LongAdder();
    final LongAdder database = new LongAdder();
    final LongAdder stale = new LongAdder();
    final LongAdder misses = new LongAdder();
    final LongAdder loads = new LongAdder();
    final LongAdder lookNanos = new LongAdder();
    final LongAdder loadNanos = new LongAdder();
    final LongAdder requestNanos = new LongAdder();

    RequestStats stats(String route) {
      return new RequestStats(
          route,
          requests.sum(),
          l1.sum(),
          l2.sum(),
          database.sum(),
          stale.sum(),
          misses.sum(),
          loads.sum(),
          lookNanos.sum(),
          loadNanos.sum(),
          requestNanos.sum());
    }
  }

  void add(String route, RequestFigures figures) {
    Total total = totals.get(route);
    if (total == null) {
      String name = totals.size() < MOST_ROUTES ? route : RouteStats.OTHERS;
      total = totals.computeIfAbsent(name, unused -> new Total());
    }
    total.requests.increment();
    total.l1.add(figures.hits(CacheTier.L1));
    total.l2.add(figures.hits(CacheTier.L2));
    total.database.add(figures.hits(CacheTier.DATABASE));
    total.stale.add(figures.staleHits());
    total.misses.add(figures.misses());
    total.loads.add(figures.loads());
    total.lookNanos.add(figures.lookNanos());
    total.loadNanos.add(figures.loadNanos());
    total.requestNanos.add(figures.requestNanos());
  }

  List<RequestStats> stats() {
    List<RequestStats> all = new ArrayList<>();
    totals.forEach((route, total) -> all.add(total.stats(route)));
    return all;
  }
}
