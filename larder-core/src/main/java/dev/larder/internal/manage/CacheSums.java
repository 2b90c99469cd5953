package dev.larder.internal.manage;

import dev.larder.manage.NodeView;
import dev.larder.manage.NodeView.CacheView;
import dev.larder.stats.CacheStats;
import dev.larder.stats.CacheStats.LookupTimes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What each cache has done on all nodes together; without the keys asked for most. */
final class CacheSums {

  private CacheSums() {}

  static Map<String, CacheStats> of(List<NodeView> nodes) {
    Map<String, CacheStats> sums = new LinkedHashMap<>();
    for (NodeView node : nodes) {
      for (CacheView cache : node.caches()) {
        sums.merge(cache.stats().cache(), cache.stats(), CacheSums::sum);
      }
    }
    return sums;
  }

  private static CacheStats sum(CacheStats one, CacheStats other) {
    return new CacheStats(
        one.cache(),
        one.l1Hits() + other.l1Hits(),
        one.l2Hits() + other.l2Hits(),
        one.databaseHits() + other.databaseHits(),
        one.staleHits() + other.staleHits(),
        one.misses() + other.misses(),
        one.waits() + other.waits(),
        one.loads() + other.loads(),
        one.loadFailures() + other.loadFailures(),
        one.loadNanos() + other.loadNanos(),
        one.fills() + other.fills(),
        one.fillsRefused() + other.fillsRefused(),
        one.unreadable() + other.unreadable(),
        one.tooLarge() + other.tooLarge(),
        one.invalidations() + other.invalidations(),
        one.passes() + other.passes(),
        one.l1Size() + other.l1Size(),
        one.l1Maximum() + other.l1Maximum(),
        one.l1Evictions() + other.l1Evictions(),
        sum(one.times(), other.times()),
        List.of());
  }

  private static LookupTimes sum(LookupTimes one, LookupTimes other) {
    return new LookupTimes(
        one.l1Timed() + other.l1Timed(),
        one.l1Nanos() + other.l1Nanos(),
        one.tierTimed() + other.tierTimed(),
        one.tierNanos() + other.tierNanos(),
        one.missNanos() + other.missNanos(),
        one.keysLoaded() + other.keysLoaded());
  }
}
