package dev.larder.internal.manage;

import dev.larder.internal.advise.CacheTraffic;
import dev.larder.internal.advise.SampledAdvice;
import dev.larder.manage.Advice;
import dev.larder.manage.Overview;
import dev.larder.stats.CacheStats;
import dev.larder.stats.CostAdvice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the figures of all nodes and their sampled traffic say could be better. Pure. */
final class Advisor {

  /** Lookups, loads and time without which it is not said that a cache costs more than it saves. */
  private static final long LEAST_LOOKUPS = 1_000;

  private static final long LEAST_LOADS = 100;
  private static final long LEAST_MILLIS = 600_000;

  /** And what it has to cost beyond what it saves: a share of the time without it. */
  private static final double LEAST_LOSS = 0.1;

  private Advisor() {}

  /**
   * Advises.
   *
   * @param seen one for each cache
   */
  static List<Advice> advise(Overview overview, List<CacheTraffic> seen) {
    List<Advice> advice = new ArrayList<>();
    Set<String> largeSeen = new HashSet<>();
    Map<String, Long> ages = new HashMap<>();
    for (CacheTraffic traffic : seen) {
      List<Advice> sampled = SampledAdvice.of(traffic);
      advice.addAll(sampled);
      ages.put(traffic.cache(), traffic.ageMillis());
      if (sampled.stream().anyMatch(each -> each.kind() == Advice.Kind.TOO_BIG)) {
        largeSeen.add(traffic.cache());
      }
    }
    overview.totals().forEach((cache, stats) -> {
      cost(stats, ages.getOrDefault(cache, 0L), advice);
      if (!largeSeen.contains(cache)) {
        big(stats, advice);
      }
    });
    sayWhatExcludes(advice);
    advice.sort(Comparator.comparingLong(Advice::lookups).reversed());
    return advice;
  }

  /** Who leaves a cache out has no use for other settings of it, so the one is said to exclude the others. */
  static void sayWhatExcludes(List<Advice> advice) {
    Set<String> tuned = advice.stream()
        .filter(each -> each.kind() == Advice.Kind.TTL || each.kind() == Advice.Kind.SIZE)
        .map(Advice::cache)
        .collect(Collectors.toSet());
    advice.replaceAll(each -> each.kind() == Advice.Kind.COSTS_MORE && tuned.contains(each.cache())
        ? new Advice(
            each.cache(),
            each.kind(),
            each.sentence() + "; other settings are advised in case it stays",
            each.settings(),
            each.lookups())
        : each);
  }

  private static void cost(CacheStats stats, long ageMillis, List<Advice> advice) {
    CostAdvice cost = CostAdvice.of(stats);
    if (isSure(cost, stats.times().keysLoaded(), ageMillis)) {
      advice.add(new Advice(
          stats.cache(), Advice.Kind.COSTS_MORE, cost.sentence(), Map.of(), cost.requests()));
    }
  }

  /**
   * Whether a cache costs more than it saves by figures that neither chance nor the beginning explains.
   * A process runs slowly at first, lookups and misses more so than loads, which wait for others; and the
   * mean of few loads is anything.
   *
   * @param keysLoaded what the mean load is of
   * @param ageMillis how long ago the cache had its first lookup; 0 if that is not known
   */
  static boolean isSure(CostAdvice cost, long keysLoaded, long ageMillis) {
    double allFromSource = (double) cost.perLoad().toNanos() * cost.requests();
    return cost.verdict() == CostAdvice.Verdict.COSTS_MORE
        && cost.requests() >= LEAST_LOOKUPS
        && keysLoaded >= LEAST_LOADS
        && ageMillis >= LEAST_MILLIS
        && -cost.saved().toNanos() >= LEAST_LOSS * allFromSource;
  }

  private static void big(CacheStats stats, List<Advice> advice) {
    if (stats.tooLarge() > 0) {
      advice.add(new Advice(
          stats.cache(),
          Advice.Kind.TOO_BIG,
          stats.cache() + ": " + String.format(Locale.ROOT, "%,d", stats.tooLarge())
              + " values were not stored since they are larger than the limit; load less, or raise it",
          Map.of(),
          stats.requests()));
    }
  }
}
