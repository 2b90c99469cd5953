package dev.larder.internal.advise;

/** Time in a sample: units of 2^20 ns, about a millisecond, which a hit gets by a shift. */
final class Ticks {

  private static final int SHIFT = 20;
  private static final double MILLIS = (1L << SHIFT) / 1e6;

  private Ticks() {}

  /** Whole ticks of a time in nanoseconds. */
  static long ofNanos(long nanos) {
    return nanos >> SHIFT;
  }

  /** Ticks of a time in milliseconds, at least 1 of any but 0. */
  static long ofMillis(long millis) {
    return millis <= 0 ? 0 : Math.max(1, Math.round(millis / MILLIS));
  }

  static long toMillis(long ticks) {
    return Math.round(ticks * MILLIS);
  }
}
