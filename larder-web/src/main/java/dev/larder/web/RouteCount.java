package dev.larder.web;

import dev.larder.stats.RouteStats;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What was done for the requests of one route. Safe for many threads. */
final class RouteCount {

  private static final String UNKEYED = "not in the key";

  private final String route;
  private final String cache;
  private final LongAdder hits = new LongAdder();
  private final LongAdder staleHits = new LongAdder();
  private final LongAdder collapsed = new LongAdder();
  private final LongAdder stored = new LongAdder();
  private final LongAdder confirmed = new LongAdder();
  private final LongAdder standIns = new LongAdder();
  private final LongAdder notModified = new LongAdder();
  private final Reasons bypassed = new Reasons();
  private final Reasons notStored = new Reasons();
  private final Reasons unkeyed = new Reasons();
  private final Variants variants = new Variants();

  RouteCount(String route, String cache) {
    this.route = route;
    this.cache = cache;
  }

  /** A request has this key. */
  void keyed(RequestKey key) {
    variants.add(key.vary());
  }

  void hit(boolean isStale) {
    hits.increment();
    if (isStale) {
      staleHits.increment();
    }
  }

  void collapsed() {
    collapsed.increment();
  }

  void bypassed(String reason) {
    bypassed.add(reason(reason));
  }

  /** The handler ran, and its response is stored. */
  void stored(Fill fill) {
    stored.increment();
    if (fill.isConfirmed()) {
      confirmed.increment();
    }
  }

  void standIn() {
    standIns.increment();
  }

  /** The handler ran, and its response is not stored. */
  void notStored(@Nullable String reason, Fill fill) {
    notStored.add(reason == null ? "the handler failed" : reason(reason));
    fill.unkeyed().forEach(unkeyed::add);
  }

  /** The client has been answered with this status. */
  void answered(int status) {
    if (status == 304) {
      notModified.increment();
    }
  }

  /** Without the inputs that it lists, which are counted by themselves. */
  private static String reason(String reason) {
    return reason.startsWith(UNKEYED) ? UNKEYED : reason;
  }

  RouteStats stats() {
    return new RouteStats(
        route,
        cache,
        hits.sum(),
        staleHits.sum(),
        collapsed.sum(),
        stored.sum(),
        confirmed.sum(),
        standIns.sum(),
        notModified.sum(),
        bypassed.all(),
        notStored.all(),
        unkeyed.all(),
        variants.estimate());
  }
}
