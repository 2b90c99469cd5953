package dev.larder.internal.engine;

import dev.larder.stats.Distribution.Bucket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts of values in buckets: up to 4 one for each value, from there on four for each power of two. 2 KB.
 * Safe for many threads; recording is one atomic addition.
 */
final class Histogram {

  private static final int PER_OCTAVE = 4;

  private final AtomicLongArray counts = new AtomicLongArray(PER_OCTAVE * 62);

  void record(long value, long times) {
    counts.addAndGet(bucket(Math.max(0, value)), times);
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
    for (int i = 0; i < counts.length(); i++) {
      long count = counts.get(i);
      if (count > 0) {
        buckets.add(new Bucket(upTo(i), count));
      }
    }
    return buckets;
  }
}
