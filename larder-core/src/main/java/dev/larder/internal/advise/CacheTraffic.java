package dev.larder.internal.advise;

import java.util.List;

/**
 * What a sample of one cache's traffic says, on one node or on several together.
 *
 * @param cache name
 * @param terms what holds now
 * @param nodes how many nodes it is of
 * @param windowMillis how far back it reaches
 * @param ageMillis how long ago it had its first lookup; of several nodes the shortest time, without those
 *     that had none
 * @param share of the keys that were followed, 0 to 1
 * @param keys that were followed
 * @param reads of these
 * @param replayedHitRate what a replay with what holds now comes to, 0 to 1
 * @param now what was measured, of all keys
 * @param others what is to be expected with other times to live and sizes of L1
 * @param entries what became of entries
 * @param l1Size entries in L1 of all keys
 * @param invalidations asked for through the cache, of all keys
 */
public record CacheTraffic(
    String cache,
    Terms terms,
    int nodes,
    long windowMillis,
    long ageMillis,
    double share,
    long keys,
    long reads,
    double replayedHitRate,
    Outcome now,
    List<Outcome> others,
    Entries entries,
    long l1Size,
    long invalidations) {

  /** Copies. */
  public CacheTraffic {
    others = List.copyOf(others);
  }

  /**
   * Entries of followed keys.
   *
   * @param ended those whose end is known
   * @param neverRead those of them that no lookup got, on the node that filled them
   * @param readOnce those of them that one lookup got there
   * @param unasked those of {@code neverRead} that no lookup had led to: they were written, warmed up or
   *     refreshed by hand
   * @param stored those that were stored or found
   * @param untagged those of these that have no tag
   * @param invalidated reads that missed since the entry had been invalidated
   * @param compared values that replaced one whose time was over
   * @param changed those of them that differed from it
   * @param large entries of more than {@link Study#LARGE} bytes
   * @param largest bytes of the largest
   * @param volatileKeys keys with a part like a time or a random id
   * @param volatileAgain those of them that were asked for again
   */
  public record Entries(
      long ended,
      long neverRead,
      long readOnce,
      long unasked,
      long stored,
      long untagged,
      long invalidated,
      long compared,
      long changed,
      long large,
      long largest,
      long volatileKeys,
      long volatileAgain) {

    Entries and(Entries other) {
      return new Entries(
          ended + other.ended,
          neverRead + other.neverRead,
          readOnce + other.readOnce,
          unasked + other.unasked,
          stored + other.stored,
          untagged + other.untagged,
          invalidated + other.invalidated,
          compared + other.compared,
          changed + other.changed,
          large + other.large,
          Math.max(largest, other.largest),
          volatileKeys + other.volatileKeys,
          volatileAgain + other.volatileAgain);
    }
  }
}
