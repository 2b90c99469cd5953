package dev.larder.internal.advise;

/**
 * What a replay came to, for all keys: estimated from those that were followed.
 *
 * @param ttlMillis ttl of the replay
 * @param l1MaxEntries size of L1 in the replay, 0 if it was not modelled
 * @param reads lookups
 * @param hits lookups that were answered
 * @param l1Hits lookups that L1 answered
 * @param entries entries kept on average
 * @param bytes their stored bytes; -1 if no size is known
 */
public record Outcome(
    long ttlMillis,
    long l1MaxEntries,
    double reads,
    double hits,
    double l1Hits,
    double entries,
    double bytes) {

  /**
   * This, as it is to be expected where a replay of the present terms comes to {@code replayed} and
   * {@code measured} is what happened: what the sample is off by, it is off by in both replays.
   */
  Outcome from(Outcome replayed, Outcome measured) {
    if (measured.reads <= 0 || reads <= 0) {
      return this;
    }
    double then = share(measured.hitRate() + hitRate() - replayed.hitRate());
    double thenOfL1 = share(measured.l1HitRate() + l1HitRate() - replayed.l1HitRate());
    return new Outcome(
        ttlMillis,
        l1MaxEntries,
        measured.reads,
        measured.reads * then,
        measured.reads * Math.min(then, thenOfL1),
        entries,
        bytes);
  }

  private static double share(double rate) {
    return Math.max(0, Math.min(1, rate));
  }

  /** Share of reads that were answered, 0 to 1. */
  public double hitRate() {
    return reads <= 0 ? 0 : hits / reads;
  }

  /** Share of reads that L1 answered, 0 to 1. */
  public double l1HitRate() {
    return reads <= 0 ? 0 : l1Hits / reads;
  }
}
