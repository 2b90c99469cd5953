package dev.larder.internal.trial;

import dev.larder.stats.Distribution.Bucket;
import java.util.List;

/**
 * What one node has counted of a trial.
 *
 * @param node its id
 * @param id of the trial
 * @param atMillis when it said this: of two of one node the newer counts
 * @param arms by number
 */
public record TrialTally(String node, String id, long atMillis, List<Arm> arms) {

  /**
   * One arm.
   *
   * @param reads by bucket of keys
   * @param hits by bucket of keys
   * @param ageMillis of all hits whose age is known, together
   * @param ages how those are spread
   * @param l1Entries -1 if not counted
   */
  public record Arm(
      List<Long> reads,
      List<Long> hits,
      long loads,
      long loadFailures,
      long loadNanos,
      long ageMillis,
      List<Bucket> ages,
      long l1Entries) {}
}
