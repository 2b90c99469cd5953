package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.stats.CacheStats.LookupTimes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is timed of lookups: which and how many, never how long. */
class LookupTimesTest {

  private Lab lab = new Lab(Layout.L1);

  @AfterEach
  void close() {
    lab.close();
  }

  private static LookupTimes times(Lab.Node node) {
    return node.cache.stats().times();
  }

  @ParameterizedTest
  @EnumSource
  void load_countsItsKeyAndTheTimeAroundIt(Layout layout) {
    lab = new Lab(layout);
    Lab.Node node = lab.node();
    node.get();
    assertThat(times(node).keysLoaded()).isEqualTo(1);
    assertThat(times(node).missNanos()).isPositive();
    assertThat(times(node).tierTimed()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void hitBelowL1_isTimed(Layout layout) {
    lab = new Lab(layout);
    lab.node().get();
    if (layout.isShared()) {
      Lab.Node other = lab.node();
      other.get();
      assertThat(times(other).tierTimed()).isEqualTo(1);
      assertThat(times(other).tierNanos()).isPositive();
      assertThat(times(other).missNanos()).isZero();
      other.get();
      assertThat(times(other).tierTimed()).isEqualTo(1);
    }
  }

  @Test
  void asynchronousLoad_isTimedToo() {
    Lab.Node node = lab.node();
    node.cache
        .async()
        .get(Lab.KEY, id -> CompletableFuture.completedFuture("v1"))
        .toCompletableFuture()
        .join();
    assertThat(times(node).keysLoaded()).isEqualTo(1);
    assertThat(times(node).missNanos()).isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void bulkLoad_countsEachKey(Layout layout) {
    lab = new Lab(layout);
    Lab.Node node = lab.node();
    node.cache.getAll(List.of(1L, 2L, 3L), ids -> Map.of(1L, "v1", 2L, "v2"));
    assertThat(times(node).keysLoaded()).isEqualTo(3);
    assertThat(node.cache.stats().loads()).isEqualTo(1);
    if (layout.isShared()) {
      Lab.Node other = lab.node();
      other.cache.getAll(List.of(1L, 2L, 4L), ids -> Map.of());
      assertThat(times(other).tierTimed()).isEqualTo(2);
      assertThat(times(other).keysLoaded()).isEqualTo(1);
    }
  }
}
