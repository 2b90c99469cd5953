package dev.larder.cli.look;

import dev.larder.manage.NodeView;
import java.util.HashMap;
import java.util.Map;

/**
 * How many lookups a second each cache of each node has had since the last look, or since the node
 * started where there was none, and how many of them were hits. Not safe for many threads.
 */
final class ReadRates {

  private final Map<String, Seen> last = new HashMap<>();

  private record Seen(long startedMillis, long atMillis, long lookups, long hits, Recent recent) {}

  /**
   * Lookups of late.
   *
   * @param perSecond how many a second: since the last look, or since the nodes started
   * @param lookups how many since the last look; 0 at the first
   * @param hits how many of those were hits
   */
  record Recent(double perSecond, long lookups, long hits) {}

  /** By the node's own clock. */
  Recent of(NodeView node, NodeView.CacheView cache) {
    long lookups = cache.stats().requests();
    long hits = cache.stats().hits();
    String key = node.id() + '\n' + cache.stats().cache();
    Seen before = last.get(key);
    long from = node.startedMillis();
    long done = lookups;
    long hitsBefore = 0;
    boolean isFirst = true;
    if (before != null
        && before.startedMillis() == node.startedMillis()
        && before.lookups() <= lookups) {
      if (before.atMillis() >= node.atMillis()) {
        // The node has told nothing new.
        return before.recent();
      }
      from = before.atMillis();
      done -= before.lookups();
      hitsBefore = before.hits();
      isFirst = false;
    }
    double perSecond = done * 1_000.0 / Math.max(1, node.atMillis() - from);
    Recent recent =
        isFirst ? new Recent(perSecond, 0, 0) : new Recent(perSecond, done, hits - hitsBefore);
    last.put(key, new Seen(node.startedMillis(), node.atMillis(), lookups, hits, recent));
    return recent;
  }
}
