package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.manage.ManagementException;
import dev.larder.stats.Distribution;
import dev.larder.stats.Distribution.Bucket;
import dev.larder.stats.Distribution.Measure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How what caches measure is spread, on nodes whose time stands still unless told. */
class DistributionsTest {

  private static Distribution of(Lab.Node node, Measure measure) {
    return node.larder.management().distributions("album").stream()
        .filter(each -> each.measure() == measure)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void loadsHitsBelowAndSizes_areMeasured() {
    try (Lab lab = new Lab(Layout.L1_L2)) {
      Lab.Node one = lab.node();
      one.get();
      Lab.Node two = lab.node();
      two.get();

      assertThat(of(one, Measure.LOAD).count()).isEqualTo(1);
      assertThat(of(one, Measure.STORED_SIZE).count()).isEqualTo(1);
      assertThat(of(one, Measure.STORED_SIZE).quantile(1)).isBetween(10L, 1_000L);
      assertThat(of(one, Measure.TIER_HIT).count()).isZero();
      assertThat(of(two, Measure.TIER_HIT).count()).isEqualTo(1);
      assertThat(of(two, Measure.LOAD).count()).isZero();
      assertThat(two.larder.self().times())
          .filteredOn(each -> each.measure() == Measure.TIER_HIT)
          .singleElement()
          .satisfies(each -> assertThat(each.count()).isEqualTo(1));
    }
  }

  @Test
  void ageAtHit_isSampled_andSaysHowOldEntriesAre() {
    try (Lab lab = new Lab(Layout.L1)) {
      Lab.Node node = lab.node();
      node.get();
      lab.time.advance(Duration.ofMinutes(10));
      int hits = 20_000;
      for (int i = 0; i < hits; i++) {
        // The sample goes by the clock.
        lab.time.advance(Duration.ofNanos(1_234));
        node.get();
      }
      Distribution ages = of(node, Measure.AGE_AT_HIT);
      assertThat(ages.count()).isBetween(hits / 512L, hits / 128L);
      assertThat(ages.quantile(0.5)).isBetween(600_000L, 750_000L);
      assertThat(of(node, Measure.L1_HIT).count()).isEqualTo(ages.count());
    }
  }

  @Test
  void lifeLeft_ofWhatWasDroppedForRoom() {
    try (Lab lab = new Lab(Layout.L1)) {
      Lab.Node node =
          lab.node(Lab.policy().l1MaxEntries(10).ttl(Duration.ofHours(1)).build());
      for (long id = 0; id < 100; id++) {
        node.cache.get(id, key -> "v" + key);
      }
      lab.scheduler.runDue();
      Distribution left = of(node, Measure.LIFE_LEFT_WHEN_EVICTED);
      assertThat(left.count()).isBetween(80L, 90L);
      assertThat(left.quantile(0.01)).isBetween(3_500_000L, 4_500_000L);
    }
  }

  @Test
  void unknownCache_isRefused() {
    try (Lab lab = new Lab(Layout.L1)) {
      Lab.Node node = lab.node();
      assertThatThrownBy(() -> node.larder.management().distributions("albums"))
          .isInstanceOf(ManagementException.class)
          .hasMessageContaining("no cache 'albums'");
    }
  }

  @Test
  void quantiles_andSums() {
    Distribution one =
        new Distribution(Measure.LOAD, List.of(new Bucket(10, 98), new Bucket(100, 1)));
    Distribution two = new Distribution(Measure.LOAD, List.of(new Bucket(1_000, 1)));
    Distribution other = new Distribution(Measure.L1_HIT, List.of(new Bucket(5, 7)));
    Distribution sum = Distribution.sum(Measure.LOAD, List.of(one, two, other));
    assertThat(sum.buckets())
        .containsExactly(new Bucket(10, 98), new Bucket(100, 1), new Bucket(1_000, 1));
    assertThat(sum.quantile(0.5)).isEqualTo(10);
    assertThat(sum.quantile(0.99)).isEqualTo(100);
    assertThat(sum.quantile(1)).isEqualTo(1_000);
    assertThat(new Distribution(Measure.LOAD, List.of()).quantile(0.5)).isEqualTo(-1);
  }
}
