package dev.larder.internal.engine;

import dev.larder.stats.Distribution.Bucket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Counts of values in buckets: up to 4 one for each value, from there on four for each power of two. 2 KB
 * from the first value on. Safe for many threads; recording is one atomic addition.
 */
final class Histogram {

  private static final int PER_OCTAVE = 4;

  private volatile @Nullable AtomicLongArray counts;

  void record(long value, long times) {
    AtomicLongArray known = counts;
    (known == null ? begin() : known).addAndGet(bucket(Math.max(0, value)), times);
  }

  private synchronized AtomicLongArray begin() {
    AtomicLongArray known = counts;
    if (known == null) {
      known = new AtomicLongArray(PER_OCTAVE * 62);
      counts = known;
    }
    return known;
  }

  private static int bucket(long value) {
    if (value < PER_OCTAVE) {
      return (int) value;
    }
    int octave = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
    int quarter = (int) (value >>> (octave - 2)) & (PER_OCTAVE - 1);
    return (octave - 1) * PER_OCTAVE + quarter;
  }

  /** The greatest value of a bucket. */
  private static long upTo(int bucket) {
    if (bucket < PER_OCTAVE) {
      return bucket;
    }
    int octave = bucket / PER_OCTAVE + 1;
    long width = 1L << (octave - 2);
    return (1L << octave) + width * (bucket % PER_OCTAVE + 1) - 1;
  }

  List<Bucket> buckets() {
    List<Bucket> buckets = new ArrayList<>();
    AtomicLongArray known = counts;
    for (int i = 0; known != null && i < known.length(); i++) {
      long count = known.get(i);
      if (count > 0) {
        buckets.add(new Bucket(upTo(i), count));
      }
    }
    return buckets;
  }
}
