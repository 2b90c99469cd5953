package dev.larder.cli.look;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cli.output.Answer;
import dev.larder.cli.output.Cell;
import dev.larder.manage.NodeView;
import dev.larder.manage.Overview;
import dev.larder.stats.CacheStats;
import dev.larder.stats.CacheStats.LookupTimes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheFiguresTest {

  private static CacheFigures cache(String name, long hits, long loads, long nanosPerKey) {
    return new CacheFigures(
        name,
        "",
        0,
        0,
        0,
        hits,
        0,
        0,
        0,
        loads,
        0,
        0,
        loads,
        0,
        loads * nanosPerKey,
        loads,
        hits * nanosPerKey,
        0,
        0,
        0,
        0,
        100);
  }

  /** So that no cache is shown as saving time which advice says to leave out. */
  @Test
  void timeSaved_isLessWhatLookupsAndMissesCost() {
    long hits = 60;
    long misses = 40;
    long perLoad = 1_000_000;
    long beside = 5_000_000;
    CacheStats stats = new CacheStats(
        "list",
        hits,
        0,
        0,
        0,
        misses,
        0,
        misses,
        0,
        misses * perLoad,
        0,
        0,
        0,
        0,
        0,
        0,
        1,
        10,
        0,
        new LookupTimes(1, 1_000, 0, 0, misses * beside, misses, 0, 0, 0, 0),
        List.of());
    Overview overview = new Overview("shop", 0, "n", true, List.of(node(stats)), Map.of());

    CacheFigures figures =
        CacheFigures.of(overview, new ReadRates(), any -> true, false).get(0);

    assertThat(figures.savedNanos())
        .isEqualTo(hits * perLoad - hits * 1_000 - misses * beside)
        .isNegative();
  }

  private static NodeView node(CacheStats stats) {
    return new NodeView(
        "n",
        "host",
        1,
        "1",
        0,
        0,
        NodeView.State.IN_SYNC,
        0,
        1,
        2,
        "",
        List.of(),
        List.of(),
        List.of(),
        List.of(new NodeView.CacheView(stats, Map.of(), 100)),
        List.of());
  }

  /** A time of 0 would be a finding; there is none. */
  @Test
  void timeSaved_ofTooLittleMeasured_isADash_forPeopleAlone() {
    CacheFigures few = cache("few", 0, 9, 0);
    Answer answer = StatsTables.of(List.of(few), false);

    assertThat(answer.lines(false).get(1)).containsPattern("0 ns +– ").doesNotContain("0 ns +0 ns");
    assertThat(answer.rows().rows().get(0)).extracting(Cell::value).contains(0L);
    assertThat(few.savedNanos()).isZero();
  }

  /** Hits of a cheap cache spare nothing of what a dear one's loads cost. */
  @Test
  void timeSaved_isSummed_notWorkedOutFromTheSums() {
    CacheFigures cheap = cache("cheap", 1_000_000, 10, 1_000);
    CacheFigures dear = cache("dear", 1, 1_000, 1_000_000_000);
    assertThat(CacheFigures.total(List.of(cheap, dear)).savedNanos())
        .isEqualTo(cheap.savedNanos() + dear.savedNanos());
  }
}
