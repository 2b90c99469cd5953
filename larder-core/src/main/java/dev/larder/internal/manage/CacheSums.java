package dev.larder.internal.manage;

import dev.larder.manage.NodeView;
import dev.larder.manage.NodeView.CacheView;
import dev.larder.stats.CacheStats;
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
        sums.merge(cache.stats().cache(), cache.stats(), CacheStats::and);
      }
    }
    return sums;
  }
}
