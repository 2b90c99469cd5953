package dev.larder.showcase.stories.web;

import dev.larder.Larder;
import dev.larder.stats.CacheStats;
import dev.larder.stats.CostAdvice;
import java.util.List;
import java.util.Locale;

/**
 * What one cache has done in this process since it started, and whether it is worth its while.
 *
 * @param cache name
 * @param hitRate share of lookups that a tier answered, 0 to 1
 * @param hits lookups that a tier answered
 * @param misses lookups that none did
 * @param evictions entries that L1 dropped for size or age
 * @param size entries in L1
 * @param maxSize most entries in L1
 * @param loadMicros mean time of a load, microseconds
 * @param l1HitMicros mean time of a hit in L1
 * @param tierHitMicros mean time of a hit in a tier below
 * @param missMicros mean time that a miss takes beside its load
 * @param savedMillis what all callers together were spared, milliseconds; negative if it cost them more
 * @param verdict {@code worth it}, {@code costs more} or {@code unknown}
 * @param advice the same in a sentence
 */
public record CacheLine(
    String cache,
    double hitRate,
    long hits,
    long misses,
    long evictions,
    long size,
    long maxSize,
    double loadMicros,
    double l1HitMicros,
    double tierHitMicros,
    double missMicros,
    double savedMillis,
    String verdict,
    String advice) {

  /** A line for each cache, by name. */
  public static List<CacheLine> of(Larder larder) {
    return larder.stats().stream().map(CacheLine::of).toList();
  }

  static CacheLine of(CacheStats stats) {
    CostAdvice advice = CostAdvice.of(stats);
    return new CacheLine(
        stats.cache(),
        stats.hitRate(),
        stats.hits(),
        stats.misses(),
        stats.l1Evictions(),
        stats.l1Size(),
        stats.l1Maximum(),
        advice.perLoad().toNanos() / 1e3,
        advice.perL1Hit().toNanos() / 1e3,
        advice.perTierHit().toNanos() / 1e3,
        advice.perMiss().toNanos() / 1e3,
        advice.saved().toNanos() / 1e6,
        advice.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        advice.sentence());
  }
}
