package dev.larder.internal.manage;

import dev.larder.manage.Advice;
import dev.larder.manage.NodeView;
import dev.larder.manage.NodeView.CacheView;
import dev.larder.stats.CacheStats;
import dev.larder.stats.CostAdvice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the nodes' own figures say could be better. Pure. */
final class Advisor {

  private static final long LEAST = 1_000;

  private Advisor() {}

  static List<Advice> advise(List<NodeView> nodes) {
    List<Advice> advice = new ArrayList<>();
    for (NodeView node : nodes) {
      for (CacheView cache : node.caches()) {
        cost(node, cache, advice);
        size(node, cache, advice);
        big(cache, advice);
      }
    }
    advice.sort((a, b) -> Long.compare(b.lookups(), a.lookups()));
    return advice;
  }

  private static void cost(NodeView node, CacheView cache, List<Advice> advice) {
    CostAdvice cost = CostAdvice.of(cache.stats());
    if (cost.verdict() == CostAdvice.Verdict.COSTS_MORE) {
      advice.add(new Advice(
          cache.stats().cache(),
          Advice.Kind.COSTS_MORE,
          cost.sentence() + " (node " + node.id() + ")",
          Map.of(),
          cost.requests()));
    }
  }

  /** Evictions for want of room, and a hit rate that more room could lift. */
  private static void size(NodeView node, CacheView cache, List<Advice> advice) {
    CacheStats stats = cache.stats();
    boolean isFull = stats.l1Maximum() > 0 && stats.l1Size() >= stats.l1Maximum() * 0.95;
    if (isFull && stats.requests() >= LEAST && stats.l1Evictions() > stats.requests() / 20) {
      long doubled = stats.l1Maximum() * 2;
      advice.add(new Advice(
          stats.cache(),
          Advice.Kind.SIZE,
          String.format(
              Locale.ROOT,
              "%s: L1 is full with %d entries and dropped %d in %d lookups (node %s); twice the room"
                  + " would show whether they are asked for again",
              stats.cache(),
              stats.l1Size(),
              stats.l1Evictions(),
              stats.requests(),
              node.id()),
          Map.of("l1-max-entries", Long.toString(doubled)),
          stats.requests()));
    }
  }

  private static void big(CacheView cache, List<Advice> advice) {
    CacheStats stats = cache.stats();
    if (stats.tooLarge() > 0) {
      advice.add(new Advice(
          stats.cache(),
          Advice.Kind.TOO_BIG,
          stats.cache() + ": " + stats.tooLarge()
              + " values were not stored since they are larger than the limit; load less, or raise it",
          Map.of(),
          stats.requests()));
    }
  }
}
