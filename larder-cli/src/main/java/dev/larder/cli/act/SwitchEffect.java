package dev.larder.cli.act;

import dev.larder.cli.output.Figures;
import dev.larder.manage.NodeView;
import dev.larder.manage.Overview;
import dev.larder.manage.SwitchOrder;
import dev.larder.stats.CacheStats;
import dev.larder.stats.TierStats;
import java.util.ArrayList;
import java.util.List;

/**
 * What a switch will do, by what caches have done since their nodes started. A rate is a mean over that
 * time, since one look tells no other.
 */
final class SwitchEffect {

  private static final int ALL_KEYS = 100;

  private final Overview overview;
  private final String cache;
  private final int percent;
  private double reads;
  private double passed;
  private double answered;
  private double fewer;
  private double again;
  private double fewerNanos;
  private int least = ALL_KEYS;

  SwitchEffect(Overview overview, String cache, int percent) {
    this.overview = overview;
    this.cache = cache;
    this.percent = percent;
    for (NodeView node : overview.nodes()) {
      double seconds = Math.max(1, node.atMillis() - node.startedMillis()) / 1_000.0;
      for (NodeView.CacheView view : node.caches()) {
        if (cache.isEmpty() || view.stats().cache().equals(cache)) {
          add(view, seconds);
        }
      }
    }
  }

  private void add(NodeView.CacheView view, double seconds) {
    CacheStats stats = view.stats();
    double wanted = (stats.requests() + stats.passes()) / seconds;
    reads += wanted;
    passed += stats.passes() / seconds;
    answered += stats.hits() / seconds;
    least = Math.min(least, view.percent());
    int next = Math.min(percent, other(stats.cache()));
    double moved = wanted * Math.abs(next - view.percent()) / ALL_KEYS;
    if (next < view.percent()) {
      // A lookup of many keys is one load to the source.
      double share = stats.requests() == 0 ? 0 : moved / stats.requests();
      fewer += share * stats.sparedLoads();
      fewerNanos += share * stats.sparedNanos();
    } else {
      again += moved;
    }
  }

  /** The switch that stays: of the cache's and that of all caches the lower one holds. */
  private int other(String name) {
    return overview.switches().getOrDefault(cache.isEmpty() ? name : "", ALL_KEYS);
  }

  /** {@code , about 12/s}; empty where nothing is known to be read. */
  String more() {
    return fewer > 0 ? ", about " + Figures.rate(fewer) : "";
  }

  /** Which tiers do not take part now, when a mean of the past says little. */
  private List<String> skipped() {
    return overview.nodes().stream()
        .flatMap(node -> node.tiers().stream())
        .filter(TierStats::isDegraded)
        .map(tier -> tier.tier() + " (" + tier.store() + ")")
        .distinct()
        .sorted()
        .map(tier ->
            tier + " is skipped now: what it answered before comes from the next tier or the"
                + " source already.")
        .toList();
  }

  /** In sentences. */
  List<String> says() {
    List<String> says = new ArrayList<>();
    if (overview.nodes().isEmpty()) {
      says.add("No node runs that could tell what is read.");
      return says;
    }
    String now =
        Figures.perSecond(reads) + " reads/s on average since the nodes started, of which tiers"
            + " answered " + Figures.perSecond(answered);
    says.add((cache.isEmpty() ? "Now: " : "Now " + least + " %: ")
        + now
        + (passed > 0
            ? " and " + Figures.perSecond(passed) + " passed the cache by and went to the source."
            : "."));
    says.addAll(skipped());
    SwitchOrder.of(overview, cache)
        .filter(it -> it.percent() < ALL_KEYS)
        .ifPresent(it -> says.add("It was switched to " + it.percent() + " % at "
            + Figures.time(it.atMillis(), overview.atMillis()) + " by " + it.who() + "."));
    if (fewer > 0) {
      says.add("The source will be asked about " + Figures.perSecond(fewer) + " times a second more"
          + (fewerNanos > 0
              ? ", " + Figures.nanos(Math.round(fewerNanos / fewer)) + " each as loads went"
              : "")
          + ". Entries stay stored and are invalidated as before.");
    }
    if (again > 0) {
      says.add("About " + Figures.perSecond(again) + " reads/s that pass by now will be looked up"
          + " again. What was stored before and not invalidated since is answered again.");
    }
    if (!cache.isEmpty() && other(cache) < percent) {
      says.add(
          "All caches are switched to " + other(cache) + " %, and the lower of the two holds.");
    }
    return says;
  }
}
