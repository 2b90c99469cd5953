package dev.larder.manage;

import java.util.List;

/**
 * What a replay of sampled traffic says of other settings. The rates of {@link #now} are measured; those of
 * {@link #then} differ from them by as much as two replays differ, one with each settings, so that what
 * the model leaves out does not count. How near it comes, {@link #replayedHitRate} tells.
 *
 * @param cache name
 * @param now the present settings
 * @param then the other ones
 * @param replayedHitRate the hit rate that a replay with the present settings comes to, 0 to 1
 * @param sampledReads what it rests on; with 0 nothing is known
 * @param sampledShare share of the keys that are followed, 0 to 1
 * @param windowMillis how far back the sample reaches. Of a ttl that is longer it can tell little
 * @param nodes how many nodes it is of
 * @param silent nodes that gave no answer
 */
public record Simulation(
    String cache,
    Figures now,
    Figures then,
    double replayedHitRate,
    long sampledReads,
    double sampledShare,
    long windowMillis,
    int nodes,
    List<String> silent) {

  /** Copies. */
  public Simulation {
    silent = List.copyOf(silent);
  }

  /**
   * What settings come to.
   *
   * @param ttlMillis time to live
   * @param l1MaxEntries size of L1 on each node, 0 where that is not counted in entries
   * @param hitRate share of reads that a tier answers, 0 to 1
   * @param l1HitRate share of reads that L1 answers, 0 to 1
   * @param entries entries kept on average: below L1, or in all L1 where there is nothing below
   * @param bytes their stored bytes, -1 if not known
   */
  public record Figures(
      long ttlMillis,
      long l1MaxEntries,
      double hitRate,
      double l1HitRate,
      long entries,
      long bytes) {}
}
