package dev.larder.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.stats.CacheStats.LookupTimes;
import dev.larder.stats.CostAdvice.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A cache is judged by the times it has measured, in microseconds here. */
class CostAdviceTest {

  /** Where a hit takes 1 in L1 and 100 below it, and a miss adds 300 to its load. */
  private static CacheStats stats(long l1Hits, long l2Hits, long misses, long load) {
    return stats(
        l1Hits,
        l2Hits,
        misses,
        misses * load,
        0,
        new LookupTimes(
            10, 10_000, l2Hits, 100_000 * l2Hits, 300_000 * misses, misses, 0, 0, 0, 0));
  }

  private static CacheStats stats(
      long l1Hits, long l2Hits, long misses, long loadTime, long passes, LookupTimes times) {
    return new CacheStats(
        "user",
        l1Hits,
        l2Hits,
        0,
        0,
        misses,
        0,
        misses,
        0,
        1000 * loadTime,
        misses,
        0,
        0,
        0,
        0,
        passes,
        0,
        1000,
        0,
        times,
        List.of());
  }

  private static Duration micros(long micros) {
    return Duration.ofNanos(1000 * micros);
  }

  @Test
  void of_cheapLoadsSeldomAskedForAgain_costMoreThanTheySave() {
    CostAdvice advice = CostAdvice.of(stats(20, 30, 950, 200));
    // 1,000 loads of 200, against 20 of 1, 30 of 100, and 950 of 500.
    assertThat(advice.saved()).isEqualTo(micros(200_000 - 20 - 3_000 - 475_000));
    assertThat(advice.verdict()).isEqualTo(Verdict.COSTS_MORE);
    assertThat(advice.sentence())
        .startsWith("user: cost its callers 278.02 ms more than it saved, so leave it out")
        .contains(
            "a load takes 0.20 ms, a miss 0.30 ms more, 5.0 % of 1,000 lookups were hits (0.00100 ms in L1, 0.10 ms below it)");
  }

  @Test
  void of_theSameLoadsAskedForOften_isWorthIt() {
    CostAdvice advice = CostAdvice.of(stats(900, 50, 50, 200));
    assertThat(advice.saved()).isEqualTo(micros(200_000 - 900 - 5_000 - 25_000));
    assertThat(advice.verdict()).isEqualTo(Verdict.WORTH_IT);
    assertThat(advice.sentence()).startsWith("user: saved its callers 169.10 ms");
  }

  @Test
  void of_dearLoadsSeldomAskedForAgain_isWorthIt() {
    assertThat(CostAdvice.of(stats(0, 60, 940, 20_000)).verdict()).isEqualTo(Verdict.WORTH_IT);
  }

  @Test
  void of_dearHitsOfCheapLoads_costMoreWithoutAnyMissToSpeakOf() {
    assertThat(CostAdvice.of(stats(0, 999, 1, 90)).verdict()).isEqualTo(Verdict.COSTS_MORE);
  }

  @Test
  void of_fewLookups_hasNoVerdict() {
    CostAdvice advice = CostAdvice.of(stats(0, 0, 99, 1));
    assertThat(advice.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(advice.saved()).isEqualTo(Duration.ZERO);
    assertThat(advice.sentence()).isEqualTo("user: too little was asked to tell (99 lookups)");
    assertThat(CostAdvice.of(stats(0, 0, 100, 1)).verdict()).isEqualTo(Verdict.COSTS_MORE);
  }

  @Test
  void of_noLoadAtAll_hasNoVerdict() {
    assertThat(CostAdvice.of(stats(500, 500, 0, 0)).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  /** One load of many keys is as many loads of one key in the count of what callers were spared. */
  @Test
  void of_bulkLoads_countsByKeys() {
    CostAdvice advice = CostAdvice.of(
        stats(0, 0, 200, 2_000, 0, new LookupTimes(0, 0, 0, 0, 1_000_000, 200, 0, 0, 0, 0)));
    assertThat(advice.perLoad()).isEqualTo(micros(10));
    assertThat(advice.saved()).isEqualTo(micros(-1_000));
  }

  /** A lookup of ten keys that were all there would have been one load of ten keys, not ten loads. */
  @Test
  void of_hitsOfLookupsOfManyKeys_spareTheShareOfOneLoadEach() {
    // 10 loads of 10 keys in 500 each; 70 lookups of 10 keys found all, 20 of 10 keys found 5.
    CacheStats stats = bulk(800, new LookupTimes(0, 0, 0, 0, 0, 100, 800, 80_000, 0, 0));
    assertThat(stats.sparedLoads()).isEqualTo(80);
    assertThat(CostAdvice.of(stats).saved()).isEqualTo(micros(80 * 500));
    CacheStats mixed = bulk(850, new LookupTimes(0, 0, 0, 0, 0, 100, 800, 80_000, 0, 0));
    assertThat(mixed.sparedLoads()).isEqualTo(130);
    assertThat(CostAdvice.of(mixed).saved()).isEqualTo(micros(80 * 500 + 50 * 50));
  }

  private static CacheStats bulk(long l1Hits, LookupTimes times) {
    return new CacheStats(
        "count", l1Hits, 0, 0, 0, 100, 0, 10, 0, 5_000_000, 0, 0, 0, 0, 0, 0, 0, 9, 0, times,
        List.of());
  }

  /** What is asked for again and again may be dearer to load than what is asked for once. */
  @Test
  void of_hitsOfDearValues_countByWhatTheseTookToLoad() {
    LookupTimes dear = new LookupTimes(0, 0, 0, 0, 0, 100, 0, 0, 8, 8 * 300_000_000L);
    assertThat(CostAdvice.of(stats(1_000, 0, 100, 1_000, 0, dear)).saved())
        .isEqualTo(micros(1_000 * 300_000L));
    LookupTimes few = new LookupTimes(0, 0, 0, 0, 0, 100, 0, 0, 7, 7 * 300_000_000L);
    assertThat(CostAdvice.of(stats(1_000, 0, 100, 1_000, 0, few)).saved())
        .as("too few to go by")
        .isEqualTo(micros(1_000 * 10));
  }

  /** Who waits for another's load is spared his own. */
  @Test
  void of_missesThatWaited_areSparedALoadEach() {
    CacheStats waited =
        stats(0, 0, 200, 1_000, 0, new LookupTimes(0, 0, 0, 0, 500_000, 50, 0, 0, 0, 0));
    assertThat(CostAdvice.of(waited).saved()).isEqualTo(micros(150 * 20 - 500));
  }

  /** Loads of keys that were switched off tell what a load takes, and cost nobody anything. */
  @Test
  void of_keysSwitchedOff_areNoRequests() {
    CostAdvice advice = CostAdvice.of(
        stats(100, 0, 100, 30_000, 200, new LookupTimes(1, 0, 0, 0, 1_000_000, 300, 0, 0, 0, 0)));
    assertThat(advice.perLoad()).isEqualTo(micros(100));
    assertThat(advice.saved()).isEqualTo(micros(20_000 - 10_000 - 1_000));
  }
}
