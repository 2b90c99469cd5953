package dev.larder.cli.look;

import dev.larder.cli.look.ReadRates.Recent;
import dev.larder.manage.NodeView;
import dev.larder.manage.Overview;
import dev.larder.stats.CacheStats;
import dev.larder.stats.CostAdvice;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a cache has done since its nodes started, on one of them or on all.
 *
 * @param cache its name
 * @param node the node; empty for all of them together
 * @param readsPerSecond lookups a second: since the last look, or since the nodes started
 * @param recentLookups lookups since the last look; 0 at the first
 * @param recentHits those of them that were hits
 * @param l1Hits lookups that L1 answered
 * @param l2Hits lookups that L2 answered
 * @param databaseHits lookups that the database tier answered
 * @param staleHits hits past their ttl
 * @param misses lookups that no tier answered
 * @param passes lookups of keys that were switched off: they passed the cache by and went to the source;
 *     not among the lookups
 * @param waits lookups that waited for another's load
 * @param loads loads that succeeded
 * @param loadFailures loads that failed
 * @param loadNanos time of all loads
 * @param keysLoaded keys that loads were asked for
 * @param savedNanos what callers were spared by hits, less what lookups and misses cost them beside loads;
 *     negative where that is more; 0 where too little was measured ({@link CostAdvice})
 * @param fillsRefused loads whose value was not stored
 * @param invalidations invalidations asked for
 * @param l1Size entries in L1
 * @param l1Evictions entries that L1 dropped
 * @param percent least share of the keys that a node caches
 */
record CacheFigures(
    String cache,
    String node,
    double readsPerSecond,
    long recentLookups,
    long recentHits,
    long l1Hits,
    long l2Hits,
    long databaseHits,
    long staleHits,
    long misses,
    long passes,
    long waits,
    long loads,
    long loadFailures,
    long loadNanos,
    long keysLoaded,
    long savedNanos,
    long fillsRefused,
    long invalidations,
    long l1Size,
    long l1Evictions,
    int percent) {

  /** The figures of all caches that are wanted, by name. */
  static List<CacheFigures> of(
      Overview overview, ReadRates rates, Predicate<String> isWanted, boolean perNode) {
    Map<String, CacheFigures> all = new LinkedHashMap<>();
    for (NodeView node : overview.nodes()) {
      for (NodeView.CacheView view : node.caches()) {
        if (isWanted.test(view.stats().cache())) {
          CacheFigures figures = of(node, view, rates, perNode ? node.id() : "");
          all.merge(figures.cache() + '\n' + figures.node(), figures, CacheFigures::plus);
        }
      }
    }
    return all.values().stream()
        .sorted(Comparator.comparing(CacheFigures::cache).thenComparing(CacheFigures::node))
        .toList();
  }

  private static CacheFigures of(
      NodeView from, NodeView.CacheView view, ReadRates rates, String node) {
    CacheStats stats = view.stats();
    Recent recent = rates.of(from, view);
    return new CacheFigures(
        stats.cache(),
        node,
        recent.perSecond(),
        recent.lookups(),
        recent.hits(),
        stats.l1Hits(),
        stats.l2Hits(),
        stats.databaseHits(),
        stats.staleHits(),
        stats.misses(),
        stats.passes(),
        stats.waits(),
        stats.loads(),
        stats.loadFailures(),
        stats.loadNanos(),
        stats.times().keysLoaded(),
        CostAdvice.of(stats).saved().toNanos(),
        stats.fillsRefused(),
        stats.invalidations(),
        stats.l1Size(),
        stats.l1Evictions(),
        view.percent());
  }

  private CacheFigures plus(CacheFigures other) {
    return new CacheFigures(
        cache,
        node,
        readsPerSecond + other.readsPerSecond,
        recentLookups + other.recentLookups,
        recentHits + other.recentHits,
        l1Hits + other.l1Hits,
        l2Hits + other.l2Hits,
        databaseHits + other.databaseHits,
        staleHits + other.staleHits,
        misses + other.misses,
        passes + other.passes,
        waits + other.waits,
        loads + other.loads,
        loadFailures + other.loadFailures,
        loadNanos + other.loadNanos,
        keysLoaded + other.keysLoaded,
        savedNanos + other.savedNanos,
        fillsRefused + other.fillsRefused,
        invalidations + other.invalidations,
        l1Size + other.l1Size,
        l1Evictions + other.l1Evictions,
        Math.min(percent, other.percent));
  }

  /** All of them together, as one that is called {@code total}. */
  static CacheFigures total(List<CacheFigures> all) {
    CacheFigures sum = all.stream().reduce(CacheFigures::plus).orElseThrow();
    return sum.named("total", "");
  }

  private CacheFigures named(String name, String of) {
    return new CacheFigures(
        name,
        of,
        readsPerSecond,
        recentLookups,
        recentHits,
        l1Hits,
        l2Hits,
        databaseHits,
        staleHits,
        misses,
        passes,
        waits,
        loads,
        loadFailures,
        loadNanos,
        keysLoaded,
        savedNanos,
        fillsRefused,
        invalidations,
        l1Size,
        l1Evictions,
        percent);
  }

  long hits() {
    return l1Hits + l2Hits + databaseHits;
  }

  long lookups() {
    return hits() + misses;
  }

  double share(long part) {
    return lookups() == 0 ? 0 : (double) part / lookups();
  }

  /** Share of hits since the last look, 0 to 1. */
  double recentHitRatio() {
    return recentLookups == 0 ? 0 : (double) recentHits / recentLookups;
  }

  /** Mean time of a load, nanoseconds. */
  long meanLoadNanos() {
    long count = loads + loadFailures;
    return count == 0 ? 0 : loadNanos / count;
  }
}
