package dev.larder.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.stats.Distribution.Bucket;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class HistogramTest {

  /** The bucket's end is what a quantile says: not below the value, and a quarter above it at most. */
  @Property
  void bucket_isAQuarterWide(@ForAll @LongRange(min = 0, max = Long.MAX_VALUE / 2) long value) {
    Histogram histogram = new Histogram();
    histogram.record(value, 3);
    assertThat(histogram.buckets()).singleElement().satisfies(bucket -> {
      assertThat(bucket.count()).isEqualTo(3);
      assertThat(bucket.upTo()).isBetween(value, value + value / 4);
    });
  }

  @Test
  void buckets_comeInOrder_andNegativeValuesCountAsNone() {
    Histogram histogram = new Histogram();
    histogram.record(-5, 1);
    histogram.record(1_000, 2);
    histogram.record(7, 1);
    assertThat(histogram.buckets())
        .containsExactly(new Bucket(0, 1), new Bucket(7, 1), new Bucket(1_023, 2));
  }

  @Test
  void greatestValue_hasABucket() {
    Histogram histogram = new Histogram();
    histogram.record(Long.MAX_VALUE, 1);
    assertThat(histogram.buckets()).containsExactly(new Bucket(Long.MAX_VALUE, 1));
  }
}
