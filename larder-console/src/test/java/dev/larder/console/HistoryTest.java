package dev.larder.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.manage.NodeView;
import dev.larder.manage.Overview;
import dev.larder.stats.CacheStats;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryTest {

  private final History history = new History(3);

  private static NodeView node(String id, long startedMillis, long atMillis, long l1Hits) {
    CacheStats stats = new CacheStats(
        "album",
        l1Hits,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        new CacheStats.LookupTimes(0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
        List.of());
    return new NodeView(
        id,
        "host",
        1,
        "1",
        startedMillis,
        atMillis,
        NodeView.State.IN_SYNC,
        0,
        0,
        0,
        "",
        List.of(),
        List.of(),
        List.of(),
        List.of(new NodeView.CacheView(stats, Map.of(), 100)),
        List.of());
  }

  private Sample at(long atMillis, NodeView... nodes) {
    return history.add(new Overview("app", atMillis, "a", true, List.of(nodes), Map.of()));
  }

  @Test
  void add_sumsTheRatesOfAllNodesByTheirOwnClocks() {
    assertThat(at(1_000, node("a", 1, 1_000, 500), node("b", 1, 900, 70)).l1()).isZero();
    // Node b speaks of two seconds at once, by another clock.
    assertThat(at(2_000, node("a", 1, 2_000, 600), node("b", 1, 2_900, 270)).l1())
        .isEqualTo(200);
  }

  @Test
  void add_aNodeThatHasNotSpokenSince_keepsItsRateForAWhile() {
    at(1_000, node("b", 1, 1_000, 0));
    at(2_000, node("b", 1, 2_000, 100));
    assertThat(at(3_000, node("b", 1, 2_000, 100)).l1()).isEqualTo(100);
    assertThat(at(9_000, node("b", 1, 2_000, 100)).l1()).isZero();
  }

  @Test
  void add_aNodeThatStartedAgain_countsFromZero() {
    at(1_000, node("a", 1, 1_000, 5_000));
    assertThat(at(2_000, node("a", 1_500, 2_000, 9_000)).l1()).isZero();
    assertThat(at(3_000, node("a", 1_500, 3_000, 9_007)).l1()).isEqualTo(7);
  }

  @Test
  void samples_areTheLastOnes() {
    for (int second = 1; second <= 5; second++) {
      at(second * 1_000L, node("a", 1, second * 1_000L, second));
    }
    assertThat(history.samples())
        .extracting(Sample::atMillis)
        .containsExactly(3_000L, 4_000L, 5_000L);
  }
}
