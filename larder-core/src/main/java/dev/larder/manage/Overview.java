package dev.larder.manage;

import dev.larder.stats.CacheStats;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A larder at one moment.
 *
 * @param keyPrefix the prefix of its keys
 * @param atMillis when, by the clock of the node that was asked
 * @param node id of the node that was asked; empty if the stores were asked without one
 * @param isWhole whether the other nodes could be asked; if not, {@code nodes} has this one alone
 * @param nodes each node as it said itself, at most a few seconds ago
 * @param switches the switches that were set for all nodes: name of the cache, empty for all, and
 *     percentage
 */
public record Overview(
    String keyPrefix,
    long atMillis,
    String node,
    boolean isWhole,
    List<NodeView> nodes,
    Map<String, Integer> switches) {

  /** What each cache has done on all nodes together, by name; without the keys asked for most. */
  public Map<String, CacheStats> totals() {
    Map<String, CacheStats> totals = new TreeMap<>();
    for (NodeView node : nodes) {
      node.caches()
          .forEach(cache -> totals.merge(cache.stats().cache(), cache.stats(), CacheStats::and));
    }
    return totals;
  }
}
