package dev.larder.cli.look;

import dev.larder.manage.NodeView;
import java.util.HashMap;
import java.util.Map;

/**
 * How many lookups a second each cache of each node has had since the last look, or since the node
 * started where there was none. Not safe for many threads.
 */
final class ReadRates {

  private final Map<String, Seen> last = new HashMap<>();

  private record Seen(long startedMillis, long atMillis, long lookups, double perSecond) {}

  /** The rate, by the node's own clock. */
  double of(NodeView node, NodeView.CacheView cache, long lookups) {
    String key = node.id() + '\n' + cache.stats().cache();
    Seen before = last.get(key);
    long from = node.startedMillis();
    long done = lookups;
    if (before != null
        && before.startedMillis() == node.startedMillis()
        && before.lookups() <= lookups) {
      if (before.atMillis() >= node.atMillis()) {
        // The node has told nothing new.
        return before.perSecond();
      }
      from = before.atMillis();
      done -= before.lookups();
    }
    double perSecond = done * 1_000.0 / Math.max(1, node.atMillis() - from);
    last.put(key, new Seen(node.startedMillis(), node.atMillis(), lookups, perSecond));
    return perSecond;
  }
}
