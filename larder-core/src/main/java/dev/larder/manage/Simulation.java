package dev.larder.manage;

import java.util.List;

/**
 * What a replay of sampled traffic says of other settings. Both {@link #now} and {@link #then} are replayed,
 * so what the model leaves out is left out of both; {@link #measuredHitRate} is what happened.
 *
 * @param cache name
 * @param now the present settings
 * @param then the other ones
 * @param measuredHitRate share of the sampled reads that a tier answered when they happened, 0 to 1
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
    double measuredHitRate,
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
