package dev.larder.manage;

import java.util.List;

/**
 * What a check of freshness found.
 *
 * @param sampled copies that were asked for again
 * @param keys keys that these were of
 * @param stale copies that were served or would have been though covered by an invalidation
 * @param unreachable copies whose tier or node gave no answer
 * @param findings the stale ones
 * @param sinceStart copies that all nodes looked at again since they started, by kind of check
 */
public record Verification(
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
   * @param ended position that covers it
   * @param delayMillis since it was invalidated
   */
  public record Finding(String slot, String where, String asOf, String ended, long delayMillis) {}
}
