package dev.larder.spring.metrics;

import dev.larder.CacheTier;
import dev.larder.manage.FreshnessCount;
import dev.larder.manage.NodeView;
import dev.larder.stats.TierStats;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Nodes as they might say of themselves. */
final class NodeViews {

  private NodeViews() {}

  static TierStats redis(boolean isDegraded, Duration confirmedAgo) {
    return redis(isDegraded, confirmedAgo, null);
  }

  static TierStats redis(boolean isDegraded, Duration confirmedAgo, @Nullable Duration logLostAgo) {
    return new TierStats(
        CacheTier.L2,
        "redis",
        "",
        isDegraded,
        isDegraded ? "open" : "closed",
        confirmedAgo.toMillis() < 1_000,
        confirmedAgo,
        40,
        3,
        2,
        0,
        Duration.ofSeconds(9),
        logLostAgo,
        null);
  }

  static NodeView node(int waiting, long sampled, long stale, TierStats... tiers) {
    return new NodeView(
        "n1",
        "host",
        1,
        "1",
        0,
        0,
        NodeView.State.IN_SYNC,
        waiting,
        1,
        2,
        "policies",
        List.of(new FreshnessCount(FreshnessCount.Check.AFTER_1S, sampled, stale)),
        List.of(),
        List.of(tiers),
        List.of(),
        List.of());
  }
}
