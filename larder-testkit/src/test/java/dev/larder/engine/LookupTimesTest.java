package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.stats.CacheStats.LookupTimes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
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

  /** A lookup of many keys would have been one load: of those that were there it spares the share. */
  @ParameterizedTest
  @EnumSource
  void lookupOfManyKeys_sparesTheShareOfALoadThatItFound(Layout layout) {
    lab = new Lab(layout);
    Lab.Node node = lab.node();
    node.cache.getAll(List.of(1L, 2L, 3L, 4L), LookupTimesTest::all);
    assertThat(node.cache.stats().sparedLoads()).isZero();
    node.cache.getAll(List.of(1L, 2L, 3L, 4L, 4L), LookupTimesTest::all);
    assertThat(times(node).bulkHits()).isEqualTo(4);
    assertThat(node.cache.stats().sparedLoads()).isEqualTo(1);
    node.cache.async().getAll(List.of(1L, 5L), ids -> CompletableFuture.completedFuture(all(ids)));
    assertThat(node.cache.stats().sparedLoads()).isEqualTo(1.5);
    node.cache.get(1L, id -> "v1");
    assertThat(node.cache.stats().sparedLoads()).isEqualTo(2.5);
    if (layout.isShared()) {
      Lab.Node other = lab.node();
      other.cache.getAll(List.of(1L, 2L, 6L, 7L), LookupTimesTest::all);
      assertThat(other.cache.stats().sparedLoads()).isEqualTo(0.5);
    }
  }

  private static Map<Long, String> all(Set<Long> ids) {
    return ids.stream().collect(Collectors.toMap(id -> id, id -> "v" + id));
  }

  /** Of some hits it is noted how long the load of their value took; who took it from a tier does not know. */
  @Test
  void hitsOfTheSample_knowHowLongTheirValueTookToLoad() {
    lab = new Lab(Layout.L1_L2);
    Lab.Node node = lab.node();
    Lab.Node other = lab.node();
    node.get();
    other.get();
    for (int i = 0; i < 10_000; i++) {
      lab.time.advance(Duration.ofNanos(1_001));
      node.get();
      other.get();
    }
    assertThat(times(node).l1Timed()).isPositive();
    // One hit in 16, of which one in 16 is timed.
    assertThat(times(node).hitLoads())
        .isBetween(10 * times(node).l1Timed(), 22 * times(node).l1Timed());
    assertThat(times(node).hitLoadNanos()).isPositive();
    assertThat(times(other).l1Timed()).isPositive();
    assertThat(times(other).hitLoads()).isZero();
  }
}
