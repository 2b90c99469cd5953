package dev.larder.cli.look;

import dev.larder.cli.output.Figures;
import dev.larder.manage.NodeView;
import dev.larder.manage.Overview;
import dev.larder.stats.TierStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is wrong at a moment, in words. */
final class Troubles {

  private static final Duration LOSS_TOLD_FOR = Duration.ofMinutes(1);

  private Troubles() {}

  static List<String> of(Overview overview) {
    List<String> troubles = new ArrayList<>();
    if (!overview.isWhole()) {
      troubles.add("the other nodes could not be asked: no store answers");
    }
    for (NodeView node : overview.nodes()) {
      of(node, troubles);
    }
    if (overview.nodes().stream().map(NodeView::policies).distinct().count() > 1) {
      troubles.add("the nodes' caches are not configured alike: "
          + apart(
              overview.nodes().stream().map(it -> it.id() + " " + it.policies()).toList()));
    }
    if (overview.nodes().stream().map(NodeView::version).distinct().count() > 1) {
      troubles.add("the nodes run different versions of Larder: "
          + apart(
              overview.nodes().stream().map(it -> it.id() + " " + it.version()).toList()));
    }
    overview.switches().forEach((cache, percent) -> {
      if (percent < 100) {
        troubles.add((cache.isEmpty() ? "caching" : "cache " + cache) + " is switched to " + percent
            + " % of the keys");
      }
    });
    return troubles;
  }

  private static void of(NodeView node, List<String> troubles) {
    // The cause before what comes of it.
    for (TierStats tier : node.tiers()) {
      if (tier.isDegraded()) {
        troubles.add(node.id() + " skips " + tier.tier() + " (" + tier.store() + "): "
            + (tier.circuit().equals("no-answer")
                ? "it does not answer"
                : "its circuit is " + tier.circuit() + ", "
                    + Figures.counted(tier.failures(), "failure", "failures")
                    + " of "
                    + Figures.counted(tier.calls(), "call", "calls")));
      }
    }
    for (TierStats tier : node.tiers()) {
      Duration lost = tier.logLostAgo();
      if (lost != null && lost.compareTo(LOSS_TOLD_FOR) < 0) {
        troubles.add(
            node.id() + " lost the log in " + tier.store() + " "
                + Figures.millis(lost.toMillis())
                + " ago (emptied, or trimmed before it was read): all that was cached before is loaded anew");
      }
    }
    switch (node.state()) {
      case IN_SYNC -> {}
      case UNSURE ->
        troubles.add(node.id() + " is unsure: it has not heard the tail of a log for "
            + Figures.millis(unheard(node).toMillis()));
      case BEHIND ->
        troubles.add(node.id() + " is behind: "
            + Figures.counted(node.waiting(), "invalidation waits", "invalidations wait")
            + " for a log");
    }
    if (node.stale() > 0) {
      troubles.add(node.id() + " served " + Figures.count(node.stale()) + " stale of "
          + Figures.count(node.sampled()) + " copies that were looked at again");
    }
  }

  private static Duration unheard(NodeView node) {
    return node.tiers().stream()
        .map(TierStats::confirmedAgo)
        .max(Duration::compareTo)
        .orElse(Duration.ofSeconds(1));
  }

  /** Tiers that a node gets no answer from: "L2 (redis)". */
  static List<String> silentTiers(Overview overview) {
    return overview.nodes().stream()
        .flatMap(node -> node.tiers().stream())
        .filter(TierStats::isDegraded)
        .map(tier -> tier.tier() + " (" + tier.store() + ")")
        .distinct()
        .toList();
  }

  private static String apart(List<String> all) {
    return String.join(", ", all);
  }
}
