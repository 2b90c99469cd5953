package dev.larder.internal.trial;

import java.util.List;

/**
 * A trial as it is pinned for all nodes. Times are those of the store, or where there is none of the node.
 *
 * @param id hexadecimal; it decides which keys are of which arm, so that another trial takes other keys
 * @param cache name
 * @param ttlMillis the policy's ttl
 * @param variantMillis the other ttls
 * @param share percentage of the keys that each of them gets
 * @param by who started it
 * @param startedMillis when
 * @param countsFromMillis from when on is counted
 * @param untilMillis when it ends by itself
 * @param endedMillis when somebody ended it; 0 if nobody has
 * @param atMillis when this was ordered: of two with one cache the newer counts
 */
public record TrialOrder(
    String id,
    String cache,
    long ttlMillis,
    List<Long> variantMillis,
    int share,
    String by,
    long startedMillis,
    long countsFromMillis,
    long untilMillis,
    long endedMillis,
    long atMillis) {

  /** Whether keys have other ttls at this time. */
  public boolean isRunning(long nowMillis) {
    return endedMillis == 0 && nowMillis < untilMillis;
  }

  /** When it ends by itself, or has ended. */
  public long endMillis() {
    return endedMillis == 0 ? untilMillis : Math.min(untilMillis, endedMillis);
  }

  /** The ttl of an arm, 0 being the policy's. */
  public long ttlMillis(int arm) {
    return arm == 0 ? ttlMillis : variantMillis.get(arm - 1);
  }

  /** How many arms it has, that with the policy's ttl included. */
  public int arms() {
    return 1 + variantMillis.size();
  }

  /** The longest ttl of any arm. */
  public long longestMillis() {
    return variantMillis.stream().mapToLong(Long::longValue).reduce(ttlMillis, Math::max);
  }

  /** The same, ended. */
  public TrialOrder ended(long nowMillis) {
    return new TrialOrder(
        id,
        cache,
        ttlMillis,
        variantMillis,
        share,
        by,
        startedMillis,
        countsFromMillis,
        untilMillis,
        nowMillis,
        nowMillis);
  }
}
