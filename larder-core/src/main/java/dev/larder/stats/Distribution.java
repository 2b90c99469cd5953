package dev.larder.stats;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the values of one measure are spread since the process started. Buckets are a quarter wide at most,
 * so a quantile is up to 25 % too high and never too low.
 *
 * @param measure what was measured
 * @param buckets those with a count, lowest first
 */
public record Distribution(Measure measure, List<Bucket> buckets) {

  /**
   * Values above the bucket before it.
   *
   * @param upTo the greatest value that belongs here, in the measure's unit
   * @param count how many there were
   */
  public record Bucket(long upTo, long count) {}

  /** What is measured. */
  public enum Measure {
    /**
     * Nanoseconds of a hit in L1; a sample of one in 256, and only of {@link dev.larder.Cache}'s own
     * {@code get}: hits of reads in bulk and of asynchronous ones are not timed.
     */
    L1_HIT,
    /** Nanoseconds of a hit below L1. */
    TIER_HIT,
    /** Nanoseconds of a load. */
    LOAD,
    /** Milliseconds since an entry came to L1, when it is hit; the hits that {@link #L1_HIT} times. */
    AGE_AT_HIT,
    /** Milliseconds that an entry had to live when L1 dropped it for want of room. */
    LIFE_LEFT_WHEN_EVICTED,
    /** Bytes of a stored value with all that is stored with it. */
    STORED_SIZE
  }

  /** How many values there were. */
  public long count() {
    return buckets.stream().mapToLong(Bucket::count).sum();
  }

  /**
   * A value that this share of all values does not exceed; -1 if there were none.
   *
   * @param share 0 to 1
   */
  public long quantile(double share) {
    long wanted = Math.max(1, (long) Math.ceil(count() * share));
    long seen = 0;
    for (Bucket bucket : buckets) {
      seen += bucket.count();
      if (seen >= wanted) {
        return bucket.upTo();
      }
    }
    return -1;
  }

  /** The values of many distributions of one measure together. */
  public static Distribution sum(Measure measure, Collection<Distribution> all) {
    Map<Long, Long> counts = new TreeMap<>();
    for (Distribution each : all) {
      if (each.measure() == measure) {
        each.buckets().forEach(bucket -> counts.merge(bucket.upTo(), bucket.count(), Long::sum));
      }
    }
    List<Bucket> buckets = new ArrayList<>();
    counts.forEach((upTo, count) -> buckets.add(new Bucket(upTo, count)));
    return new Distribution(measure, buckets);
  }
}
