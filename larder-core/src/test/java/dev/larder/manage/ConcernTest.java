package dev.larder.manage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.CacheTier;
import dev.larder.stats.CacheStats;
import dev.larder.stats.CacheStats.LookupTimes;
import dev.larder.stats.TierStats;
import dev.larder.stats.TierStats.Outage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConcernTest {

  private static CacheStats stats(
      String cache, long hits, long misses, long failures, long meanMillis, long tooLarge) {
    return new CacheStats(
        cache,
        hits,
        0,
        0,
        0,
        misses,
        0,
        misses - failures,
        failures,
        misses * meanMillis * 1_000_000,
        0,
        0,
        0,
        tooLarge,
        0,
        0,
        1,
        10,
        0,
        new LookupTimes(0, 0, 0, 0, 0, misses, 0, 0, 0, 0),
        List.of());
  }

  private static NodeView node(
      long now, List<TierStats> tiers, List<NodeView.CacheView> caches, List<Event> events) {
    return new NodeView(
        "n",
        "host",
        1,
        "1",
        0,
        now,
        NodeView.State.IN_SYNC,
        0,
        1,
        2,
        "",
        List.of(),
        List.of(),
        tiers,
        caches,
        events);
  }

  private static List<Concern> of(CacheStats... each) {
    List<NodeView> nodes = Stream.of(each)
        .map(
            it -> node(0, List.of(), List.of(new NodeView.CacheView(it, Map.of(), 100)), List.of()))
        .toList();
    return Concern.allOf(new Overview("shop", 0, "n", true, nodes, Map.of()));
  }

  @Test
  void whatDoesWell_isNoConcern() {
    assertThat(of(stats("album", 60, 40, 0, 99, 0))).isEmpty();
  }

  @Test
  void tooFewLookupsAndLoads_sayNothing() {
    assertThat(of(stats("album", 0, 99, 0, 1, 0), stats("list", 0, 4, 0, 500, 0)))
        .isEmpty();
  }

  @Test
  void lowHitRate_isTold_overAllNodes() {
    assertThat(of(stats("album", 20, 60, 0, 1, 0), stats("album", 10, 60, 0, 1, 0)))
        .containsExactly(new Concern("album", "only 20.0 % of 150 lookups were hits", 0));
  }

  private static CacheStats seldomHit(long misses, long perMissNanos) {
    CacheStats plain = stats("feed", misses, misses, 0, 1, 0);
    LookupTimes times =
        new LookupTimes(10, 10_000, 0, 0, misses * perMissNanos, misses, 0, 0, 0, 0);
    return new CacheStats(
        plain.cache(),
        plain.l1Hits(),
        0,
        0,
        0,
        misses,
        0,
        misses,
        0,
        plain.loadNanos(),
        0,
        0,
        0,
        0,
        0,
        0,
        1,
        10,
        0,
        times,
        List.of());
  }

  /** A load takes 1 ms. */
  @Test
  void cacheThatCostsCallersTime_isTold_onceThatIsASecond() {
    assertThat(of(seldomHit(499, 9_000_000))).isEmpty();
    assertThat(of(seldomHit(501, 2_500_000))).isEmpty();
    assertThat(of(seldomHit(501, 3_000_000)))
        .containsExactly(new Concern(
            "feed",
            "its 1,002 lookups took callers 1.0 s longer than asking the source each time",
            0));
  }

  @Test
  void slowAndFailingLoads_comeFirstWhereTheyTookMostTime() {
    assertThat(of(stats("feed", 90, 50, 2, 10, 3), stats("album", 90, 10, 0, 343, 0)))
        .containsExactly(
            new Concern("album", "a load takes 343 ms on average, of 10", 0),
            new Concern("feed", "2 of 50 loads failed", 0),
            new Concern("feed", "3 values were too large to be stored", 0));
  }

  private static Overview withTiers(String tiers, CacheStats... each) {
    NodeView node = node(
        0,
        List.of(),
        Stream.of(each)
            .map(it -> new NodeView.CacheView(it, Map.of("tiers", tiers), 100))
            .toList(),
        List.of());
    return new Overview("shop", 0, "n", true, List.of(node), Map.of());
  }

  @Test
  void tierThatNeverAnswers_isTold_withWhatCameToIt() {
    CacheStats album = stats("album", 900, 100, 0, 1, 0);
    CacheStats list = stats("list", 900, 150, 0, 1, 0);
    CacheStats few = stats("few", 900, 99, 0, 1, 0);

    assertThat(Concern.allOf(withTiers("[L1, L2]", list, album, few)))
        .containsExactly(new Concern(
            "",
            "L2 answered none of 250 lookups that the tiers before it had not, in album, list: what is"
                + " stored there is of use after a restart and to other nodes alone",
            0));
    assertThat(Concern.allOf(withTiers("[L1, DATABASE]", album)))
        .extracting(Concern::what)
        .singleElement()
        .asString()
        .startsWith("DATABASE answered none of 100 lookups");
    assertThat(Concern.allOf(withTiers("[L1]", album))).isEmpty();
    assertThat(Concern.allOf(withTiers("[L1, L2, DATABASE]", album)))
        .as("the database tier is for when L2 is out")
        .extracting(Concern::what)
        .singleElement()
        .asString()
        .startsWith("L2 answered none of 100 lookups");
  }

  private static TierStats tier(
      CacheTier tier,
      long timeouts,
      @Nullable Duration failedAgo,
      @Nullable Duration lostAgo,
      @Nullable Outage outage) {
    return new TierStats(
        tier,
        tier == CacheTier.L2 ? "redis" : "jdbc",
        "",
        false,
        "closed",
        true,
        Duration.ZERO,
        1_000,
        timeouts,
        timeouts,
        0,
        failedAgo,
        lostAgo,
        outage);
  }

  /** Lookups of an outage went past the tier: it was not asked, and did not fail to answer. */
  @ParameterizedTest
  @CsvSource({"L2, false", "DATABASE, true"})
  void tierThatNeverAnswers_isNotTold_afterAnOutageOfIt(CacheTier out, boolean isTold) {
    TierStats tier = tier(out, 0, null, null, new Outage(Duration.ofHours(3), Duration.ofHours(2)));
    NodeView node = node(
        0,
        List.of(tier),
        List.of(new NodeView.CacheView(
            stats("album", 900, 100, 0, 1, 0), Map.of("tiers", "[L1, L2, DATABASE]"), 100)),
        List.of());
    assertThat(Concern.allOf(new Overview("shop", 0, "n", true, List.of(node), Map.of())))
        .hasSize(isTold ? 1 : 0);
  }

  private static List<Concern> after(@Nullable Outage outage, @Nullable Duration lostAgo) {
    TierStats tier = tier(CacheTier.L2, 0, null, lostAgo, outage);
    NodeView node = node(9_000_000, List.of(tier), List.of(), List.of());
    return Concern.allOf(new Overview("shop", 9_000_000, "n", true, List.of(node), Map.of()));
  }

  /** Who comes when all is well again still learns what the figures are of. */
  @Test
  void outageThatIsOver_isToldForHalfAnHour_withWhatItCost() {
    Duration ended = Duration.ofMinutes(2);
    assertThat(after(new Outage(Duration.ofMinutes(18), ended), ended))
        .containsExactly(
            new Concern("", "n skipped L2 (redis) for 16 min, and asked it again", 8_880_000),
            new Concern(
                "",
                "what L1 of n and L2 (redis) had is loaded anew when it is asked for, since n lost"
                    + " the log in L2 (redis)",
                8_880_000));
    assertThat(after(new Outage(Duration.ofSeconds(501), ended), null))
        .singleElement()
        .extracting(Concern::what)
        .as("so that it tells when it began")
        .isEqualTo("n skipped L2 (redis) for 6 min 21 s, and asked it again");
    assertThat(after(new Outage(Duration.ofMinutes(18), null), null))
        .as("it is told as trouble")
        .isEmpty();
    Duration longAgo = Duration.ofMinutes(30);
    assertThat(after(new Outage(Duration.ofMinutes(31), longAgo), longAgo)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"10, 60, true", "9, 60, false", "10, 300, false"})
  void tierThatOftenDoesNotAnswerInTime_isTold_forAWhile(long timeouts, long ago, boolean isTold) {
    TierStats tier = tier(CacheTier.DATABASE, timeouts, Duration.ofSeconds(ago), null, null);
    NodeView node = node(0, List.of(tier), List.of(), List.of());
    assertThat(Concern.allOf(new Overview("shop", 0, "n", true, List.of(node), Map.of())))
        .hasSize(isTold ? 1 : 0)
        .allSatisfy(it -> assertThat(it.what())
            .startsWith("n: 10 of 1,000 calls to DATABASE (jdbc) got no answer in time"));
  }
}
