package dev.larder.manage;

import dev.larder.stats.CacheStats;
import dev.larder.stats.TierStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What a cache or a tier does badly, though nothing is broken: worth a look. Worked out of what nodes say, without
 * a round trip.
 *
 * @param cache the cache; empty if it is about a tier
 * @param what what is done badly since the nodes started, in words
 */
public record Concern(String cache, String what) {

  private static final long LEAST_TIMEOUTS = 10;
  private static final Duration LATELY = Duration.ofMinutes(5);
  private static final long LEAST_REQUESTS = 100;
  private static final double LOW = 0.5;
  private static final long LEAST_LOADS = 5;
  private static final long SLOW_NANOS = 100_000_000;

  /** All concerns: of tiers, then of caches, those whose loads took most time together first. */
  public static List<Concern> allOf(Overview overview) {
    List<Concern> concerns = new ArrayList<>();
    overview.nodes().forEach(node -> tiers(node, concerns));
    overview.totals().values().stream()
        .sorted(Comparator.comparingLong(CacheStats::loadNanos).reversed())
        .flatMap(it -> of(it).stream())
        .forEach(concerns::add);
    return concerns;
  }

  /** Tiers that answer, but not always. */
  private static void tiers(NodeView node, List<Concern> to) {
    for (TierStats tier : node.tiers()) {
      Duration last = tier.lastFailedAgo();
      if (!tier.isDegraded()
          && tier.timeouts() >= LEAST_TIMEOUTS
          && last != null
          && last.compareTo(LATELY) < 0) {
        to.add(new Concern(
            "",
            String.format(
                Locale.ROOT,
                "%s: %,d of %,d calls to %s (%s) got no answer in time, and some failed lately; what"
                    + " they asked for came from the next tier or the source",
                node.id(),
                tier.timeouts(),
                tier.calls(),
                tier.tier(),
                tier.store())));
      }
    }
  }

  private static List<Concern> of(CacheStats stats) {
    List<Concern> concerns = new ArrayList<>();
    long all = stats.loads() + stats.loadFailures();
    if (stats.loadFailures() > 0) {
      add(concerns, stats, "%,d of %,d loads failed", stats.loadFailures(), all);
    }
    if (all >= LEAST_LOADS && stats.loadNanos() / all >= SLOW_NANOS) {
      add(
          concerns,
          stats,
          "a load takes %,d ms on average, of %,d",
          stats.meanLoadTime().toMillis(),
          all);
    }
    if (stats.requests() >= LEAST_REQUESTS && stats.hitRate() < LOW) {
      add(
          concerns,
          stats,
          "only %.1f %% of %,d lookups were hits",
          100 * stats.hitRate(),
          stats.requests());
    }
    if (stats.tooLarge() > 0) {
      add(concerns, stats, "%,d values were too large to be stored", stats.tooLarge());
    }
    if (stats.unreadable() > 0) {
      add(concerns, stats, "%,d stored entries could not be read", stats.unreadable());
    }
    return concerns;
  }

  private static void add(List<Concern> to, CacheStats stats, String what, Object... figures) {
    to.add(new Concern(stats.cache(), String.format(Locale.ROOT, what, figures)));
  }
}
