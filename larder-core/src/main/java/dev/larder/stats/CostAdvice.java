package dev.larder.stats;

import java.time.Duration;
import java.util.Locale;

/**
 * Whether a cache is worth its while, by what it has measured in this process: the time that callers
 * spent with it against the time that they would have spent if each had asked the source.
 *
 * <p>A hit costs its lookup. A miss costs the load, and on top of it the lookup, the lease and the fill;
 * so a cache whose loads are cheap and whose entries are seldom asked for again costs more than it
 * saves. What the source itself is spared, and that it may get slower under more load, does not enter
 * into it. Times are of the callers' clock; an annotation's own share (expressions, keys) is not in them.
 *
 * @param cache name
 * @param verdict what to do
 * @param requests lookups that were counted
 * @param hitRate share of them that a tier answered, 0 to 1
 * @param perLoad mean time that the source takes for a key
 * @param perL1Hit mean time of a hit in L1
 * @param perTierHit mean time of a hit below L1
 * @param perMiss mean time that a miss takes beside the load
 * @param saved what all callers together were spared; negative if the cache cost them more
 */
public record CostAdvice(
    String cache,
    Verdict verdict,
    long requests,
    double hitRate,
    Duration perLoad,
    Duration perL1Hit,
    Duration perTierHit,
    Duration perMiss,
    Duration saved) {

  /** Lookups without which there is no verdict. */
  public static final long LEAST_REQUESTS = 100;

  /** What the measured times say. */
  public enum Verdict {
    /** It saves more than it costs. */
    WORTH_IT,
    /** It costs more than it saves: its callers would be faster without it. */
    COSTS_MORE,
    /** Fewer than {@link #LEAST_REQUESTS} lookups, or no load: nothing to compare. */
    UNKNOWN
  }

  /** The advice on a cache that has done this. */
  public static CostAdvice of(CacheStats stats) {
    CacheStats.LookupTimes times = stats.times();
    double load = mean(stats.loadNanos(), times.keysLoaded());
    double l1Hit = mean(times.l1Nanos(), times.l1Timed());
    double tierHit = mean(times.tierNanos(), times.tierTimed());
    long tierHits = stats.l2Hits() + stats.databaseHits();
    // Misses that waited for another's load; keys that were switched off are loaded too, but are
    // none.
    double waits = Math.max(0, stats.misses() - Math.max(0, times.keysLoaded() - stats.passes()));
    double with = l1Hit * stats.l1Hits() + tierHit * tierHits + times.missNanos();
    double saved = stats.sparedNanos() + load * waits - with;
    boolean isMeasured = stats.requests() >= LEAST_REQUESTS && times.keysLoaded() > 0;
    return new CostAdvice(
        stats.cache(),
        !isMeasured ? Verdict.UNKNOWN : saved < 0 ? Verdict.COSTS_MORE : Verdict.WORTH_IT,
        stats.requests(),
        stats.hitRate(),
        nanos(load),
        nanos(l1Hit),
        nanos(tierHit),
        nanos(mean(times.missNanos(), stats.misses())),
        isMeasured ? nanos(saved) : Duration.ZERO);
  }

  /** The advice in one sentence, with the figures that it rests on. */
  public String sentence() {
    if (verdict == Verdict.UNKNOWN) {
      return cache + ": too little was asked to tell"
          + String.format(Locale.ROOT, " (%,d lookups)", requests);
    }
    String figures = String.format(
        Locale.ROOT,
        "a load takes %s, a miss %s more, %s of %,d lookups were hits%s",
        text(perLoad),
        text(perMiss),
        Percent.of(hitRate),
        requests,
        hits());
    return verdict == Verdict.WORTH_IT
        ? cache + ": saved its callers " + text(saved) + "; " + figures
        : cache + ": cost its callers " + text(saved.negated())
            + " more than it saved, so leave it out; " + figures;
  }

  private static double mean(long sum, long count) {
    return count == 0 ? 0 : (double) sum / count;
  }

  private static Duration nanos(double nanos) {
    return Duration.ofNanos(Math.round(nanos));
  }

  /** What hits took, where there was a time to take. */
  private String hits() {
    String l1 = perL1Hit.isZero() ? "" : text(perL1Hit) + " in L1";
    String below = perTierHit.isZero() ? "" : text(perTierHit) + " below it";
    String both = l1 + (l1.isEmpty() || below.isEmpty() ? "" : ", ") + below;
    return both.isEmpty() ? "" : " (" + both + ")";
  }

  /** A time as people read it: {@code 0.21 ms}, {@code 3.4 s}. */
  private static String text(Duration time) {
    double millis = time.toNanos() / 1e6;
    return millis < 1000
        ? String.format(Locale.ROOT, millis < 0.01 ? "%.5f ms" : "%.2f ms", millis)
        : String.format(Locale.ROOT, "%.1f s", millis / 1000);
  }
}
