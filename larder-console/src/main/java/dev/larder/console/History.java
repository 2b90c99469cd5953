package dev.larder.console;

import dev.larder.manage.NodeView;
import dev.larder.manage.Overview;
import dev.larder.stats.CacheStats;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures of the last minutes, a sample a second, so that a chart has a past when it is opened.
 *
 * <p>A node's rate is the difference between two of its own views by its own clock. A view that has not
 * changed since keeps its rate, as other nodes speak about once a second and not in step; a node that is
 * gone, or was silent for {@value #SILENT_MILLIS} ms, counts nothing. A node that started again begins
 * at 0. Safe for many threads.
 */
final class History {

  private static final long SILENT_MILLIS = 5_000;

  private record Seen(Sums sums, Sample rate, long heardMillis) {}

  /** A node's counters, over its caches. */
  private record Sums(
      long startedMillis,
      long atMillis,
      long l1,
      long l2,
      long database,
      long source,
      long stale,
      long loads,
      long failures,
      long invalidations) {

    static Sums of(NodeView node) {
      long[] sums = new long[8];
      for (NodeView.CacheView cache : node.caches()) {
        CacheStats stats = cache.stats();
        sums[0] += stats.l1Hits();
        sums[1] += stats.l2Hits();
        sums[2] += stats.databaseHits();
        sums[3] += stats.misses();
        sums[4] += stats.staleHits();
        sums[5] += stats.loads();
        sums[6] += stats.loadFailures();
        sums[7] += stats.invalidations();
      }
      return new Sums(
          node.startedMillis(),
          node.atMillis(),
          sums[0],
          sums[1],
          sums[2],
          sums[3],
          sums[4],
          sums[5],
          sums[6],
          sums[7]);
    }

    Sample since(Sums before) {
      double seconds = (atMillis - before.atMillis) / 1000.0;
      return new Sample(
          atMillis,
          rate(l1 - before.l1, seconds),
          rate(l2 - before.l2, seconds),
          rate(database - before.database, seconds),
          rate(source - before.source, seconds),
          rate(stale - before.stale, seconds),
          rate(loads - before.loads, seconds),
          rate(failures - before.failures, seconds),
          rate(invalidations - before.invalidations, seconds));
    }

    private static double rate(long count, double seconds) {
      return Math.round(10 * Math.max(0, count) / seconds) / 10.0;
    }
  }

  private final int most;
  private final ArrayDeque<Sample> samples = new ArrayDeque<>();
  private Map<String, Seen> nodes = new HashMap<>();

  /**
   * An empty history.
   *
   * @param most samples that are kept, 0 or more
   */
  History(int most) {
    this.most = most;
  }

  /** Adds what has happened since the last call; the sample has no rates before the second call. */
  synchronized Sample add(Overview overview) {
    long now = overview.atMillis();
    Map<String, Seen> next = new HashMap<>();
    Sample sum = Sample.none(now);
    for (NodeView node : overview.nodes()) {
      Seen seen = seen(nodes.get(node.id()), node, now);
      next.put(node.id(), seen);
      sum = sum.plus(seen.rate());
    }
    nodes = next;
    if (most > 0) {
      samples.add(sum);
      if (samples.size() > most) {
        samples.remove();
      }
    }
    return sum;
  }

  private static Seen seen(@Nullable Seen before, NodeView node, long now) {
    if (before == null || before.sums().startedMillis() != node.startedMillis()) {
      return new Seen(Sums.of(node), Sample.none(now), now);
    }
    if (node.atMillis() > before.sums().atMillis()) {
      Sums sums = Sums.of(node);
      return new Seen(sums, sums.since(before.sums()), now);
    }
    return now - before.heardMillis() > SILENT_MILLIS
        ? new Seen(before.sums(), Sample.none(now), before.heardMillis())
        : before;
  }

  /** Oldest first. */
  synchronized List<Sample> samples() {
    return new ArrayList<>(samples);
  }
}
