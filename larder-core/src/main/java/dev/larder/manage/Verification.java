package dev.larder.manage;

import java.util.List;

/**
 * What a check of freshness found.
 *
 * @param changes the newest changes, for which copies were asked for again
 * @param sampled copies that were looked at: entries in L1 of all nodes that carry what was invalidated,
 *     and slots of shared tiers for those keys that were invalidated by name
 * @param keys keys that were invalidated by name, and looked for in the shared tiers
 * @param stale copies that were served or would have been though covered by an invalidation
 * @param unreachable copies whose tier gave no answer, and nodes and tiers that gave none at all
 * @param findings the stale ones
 * @param sinceStart copies that all nodes looked at again since they started, by kind of check
 */
public record Verification(
    long changes,
    long sampled,
    long keys,
    long stale,
    long unreachable,
    List<Finding> findings,
    List<FreshnessCount> sinceStart) {

  /**
   * A stale copy.
   *
   * @param slot slot key
   * @param where tier and node
   * @param asOf of the copy
   * @param ended position that covers it; empty where nothing that covers it was invalidated, and the
   *     source has another value
   * @param delayMillis since it was invalidated, or found to differ from the source
   */
  public record Finding(String slot, String where, String asOf, String ended, long delayMillis) {}
}
