package dev.larder.manage;

import dev.larder.stats.CacheStats;
import dev.larder.stats.CostAdvice;
import dev.larder.stats.Percent;
import dev.larder.stats.TierStats;
import dev.larder.stats.TierStats.Outage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * What a cache or a tier does badly, though nothing is broken: worth a look. Worked out of what nodes say, without
 * a round trip.
 *
 * @param cache the cache; empty if it is about a tier
 * @param what what is done badly since the nodes started, in words; of what is over a sentence that
 *     {@code at 12:51:07} can follow
 * @param atMillis when it ended or happened, by the clock of the node that tells it; 0 for what goes on
 */
public record Concern(String cache, String what, long atMillis) {

  private static final long LEAST_TIMEOUTS = 10;
  private static final Duration LATELY = Duration.ofMinutes(5);
  private static final Duration TOLD_FOR = Duration.ofMinutes(30);
  private static final long LEAST_REQUESTS = 100;
  private static final double LOW = 0.5;
  private static final long LEAST_LOADS = 5;
  private static final long LEAST_FOR_COST = 1_000;
  private static final Duration LEAST_LOSS = Duration.ofSeconds(-1);
  private static final long SLOW_NANOS = 100_000_000;

  /** All concerns: of tiers, then of caches, those whose loads took most time together first. */
  public static List<Concern> allOf(Overview overview) {
    List<Concern> concerns = new ArrayList<>();
    overview.nodes().forEach(node -> lately(node, concerns));
    overview.nodes().forEach(node -> tiers(node, concerns));
    neverAnswers(overview, "L2", stats -> stats.requests() - stats.l1Hits(), CacheStats::l2Hits)
        .ifPresent(concerns::add);
    neverAnswers(
            overview,
            "DATABASE",
            stats -> stats.requests() - stats.l1Hits() - stats.l2Hits(),
            CacheStats::databaseHits)
        .ifPresent(concerns::add);
    overview.totals().values().stream()
        .sorted(Comparator.comparingLong(CacheStats::loadNanos).reversed())
        .flatMap(it -> of(it).stream())
        .forEach(concerns::add);
    return concerns;
  }

  /** What is over, and is seen in the figures for a while. */
  private static void lately(NodeView node, List<Concern> to) {
    for (TierStats tier : node.tiers()) {
      Outage outage = tier.outage();
      Duration ended = outage == null ? null : outage.endedAgo();
      if (outage != null && ended != null && isLately(ended)) {
        to.add(new Concern(
            "",
            node.id() + " skipped " + tier.tier() + " (" + tier.store() + ") for "
                + text(outage.beganAgo().minus(ended)) + ", and asked it again",
            node.atMillis() - ended.toMillis()));
      }
      Duration lost = tier.logLostAgo();
      if (lost != null && isLately(lost)) {
        String name = tier.tier() + " (" + tier.store() + ")";
        to.add(new Concern(
            "",
            "what L1 of " + node.id() + " and " + name
                + " had is loaded anew when it is asked for, since " + node.id()
                + " lost the log in " + name,
            node.atMillis() - lost.toMillis()));
      }
    }
  }

  private static boolean isLately(Duration ago) {
    return ago.compareTo(TOLD_FOR) < 0;
  }

  private static String text(Duration time) {
    long seconds = time.toSeconds();
    long rest = seconds % 60;
    return seconds < 120
        ? seconds + " s"
        : seconds / 60 + " min" + (rest == 0 ? "" : " " + rest + " s");
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
                tier.store()),
            0));
      }
    }
  }

  /**
   * A tier that is asked and filled, and has answered nothing in some caches. Lookups of an outage went past
   * it unasked, and no figure tells them from those that asked: then nothing is said.
   */
  private static Optional<Concern> neverAnswers(
      Overview overview,
      String tier,
      ToLongFunction<CacheStats> asked,
      ToLongFunction<CacheStats> answered) {
    if (overview.nodes().stream()
        .flatMap(node -> node.tiers().stream())
        .anyMatch(it -> it.tier().name().equals(tier) && it.outage() != null)) {
      return Optional.empty();
    }
    Set<String> using = overview.nodes().stream()
        .flatMap(node -> node.caches().stream())
        .filter(cache -> isAsked(cache.policy().getOrDefault("tiers", ""), tier))
        .map(cache -> cache.stats().cache())
        .collect(Collectors.toSet());
    List<CacheStats> silent = overview.totals().values().stream()
        .filter(stats -> using.contains(stats.cache())
            && asked.applyAsLong(stats) >= LEAST_REQUESTS
            && answered.applyAsLong(stats) == 0)
        .toList();
    return silent.isEmpty()
        ? Optional.empty()
        : Optional.of(new Concern(
            "",
            String.format(
                Locale.ROOT,
                "%s answered none of %,d lookups that the tiers before it had not, in %s: what is"
                    + " stored there is of use after a restart and to other nodes alone",
                tier,
                silent.stream().mapToLong(asked).sum(),
                silent.stream().map(CacheStats::cache).sorted().collect(Collectors.joining(", "))),
            0));
  }

  /** Beside an L2 the database tier is neither asked nor filled while that answers. */
  private static boolean isAsked(String tiers, String tier) {
    return tiers.contains(tier) && (tier.equals("L2") || !tiers.contains("L2"));
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
          "only %s of %,d lookups were hits",
          Percent.of(stats.hitRate()),
          stats.requests());
    }
    CostAdvice cost = CostAdvice.of(stats);
    if (stats.requests() >= LEAST_FOR_COST && cost.saved().compareTo(LEAST_LOSS) <= 0) {
      add(
          concerns,
          stats,
          "its %,d lookups took callers %,.1f s longer than asking the source each time",
          stats.requests(),
          -cost.saved().toMillis() / 1e3);
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
    to.add(new Concern(stats.cache(), String.format(Locale.ROOT, what, figures), 0));
  }
}
