package dev.larder.internal.advise;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How long an entry stays in an L1 of some size that drops what was read longest ago. The mean number of
 * different keys read within a time is the mean of the pauses between reads of the same key, each of them
 * counted up to that time (Denning and Schwartz, 1972); an L1 has room for as many as it has entries.
 */
final class WorkingSet {

  /** Longer than any pause. */
  static final long EVER = Long.MAX_VALUE / 4;

  private final Trace trace;
  private final long window;
  private final Map<Double, Long> stays = new HashMap<>();

  /** Pauses before single reads, sorted, and the sum of those up to each. */
  private final long[] pauses;

  private final double[] sumUpTo;

  /** Runs of reads: the mean pause, and how many. */
  private final double[] means;

  private final int[] times;

  WorkingSet(Trace trace) {
    this.trace = trace;
    this.window = Math.max(1, trace.to() - trace.from());
    long[] last = new long[trace.keys()];
    for (int key = 0; key < last.length; key++) {
      last[key] = trace.readBefore()[key];
    }
    long[] single = new long[trace.size()];
    double[] mean = new double[trace.size()];
    int[] more = new int[trace.size()];
    int singles = 0;
    int runs = 0;
    for (int i = 0; i < trace.size(); i++) {
      if (!trace.isRead(i)) {
        continue;
      }
      int key = trace.key()[i];
      long until = Math.max(trace.at()[i], trace.until()[i]);
      single[singles++] = last[key] == Followed.NEVER ? EVER : trace.at()[i] - last[key];
      if (trace.amount()[i] > 1) {
        more[runs] = trace.amount()[i] - 1;
        mean[runs] = (double) (until - trace.at()[i]) / more[runs];
        runs++;
      }
      last[key] = until;
    }
    this.pauses = Arrays.copyOf(single, singles);
    Arrays.sort(pauses);
    this.sumUpTo = new double[singles];
    double sum = 0;
    for (int i = 0; i < singles; i++) {
      sum += Math.min(pauses[i], window);
      sumUpTo[i] = sum;
    }
    this.means = Arrays.copyOf(mean, runs);
    this.times = Arrays.copyOf(more, runs);
  }

  /**
   * The share of the pauses of a run that are below a time: they are those of reads that come at random,
   * without the ones that would have ended the run.
   */
  double shareBelow(long time, double mean) {
    return time >= trace.pause() || mean <= 0
        ? 1
        : -Math.expm1(-time / mean) / -Math.expm1(-trace.pause() / mean);
  }

  /** The mean of such pauses, each of them counted up to a time. */
  private double meanUpTo(long time, double mean) {
    if (time >= trace.pause() || mean <= 0) {
      return mean;
    }
    double all = -Math.expm1(-trace.pause() / mean);
    return Math.min(mean, time - (time + mean * Math.expm1(-time / mean)) / all);
  }

  /** Different keys, of those followed, that are read within a time on average. */
  private double size(long time) {
    int low = 0;
    int high = pauses.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (pauses[middle] <= time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    double sum = (low == 0 ? 0 : sumUpTo[low - 1]) + (double) (pauses.length - low) * time;
    for (int i = 0; i < means.length; i++) {
      sum += times[i] * meanUpTo(time, means[i]);
    }
    return sum / window;
  }

  /**
   * How long an entry that is not read stays, ticks.
   *
   * @param entries room in L1 for all keys; 0 for no limit
   */
  long stay(double entries) {
    return stays.computeIfAbsent(entries, this::find);
  }

  private long find(double entries) {
    double room = entries * trace.share();
    if (entries <= 0 || room >= trace.keys() || size(window) <= room) {
      return EVER;
    }
    long low = 0;
    long high = window;
    while (high - low > 1) {
      long middle = (low + high) >>> 1;
      if (size(middle) <= room) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }
}
