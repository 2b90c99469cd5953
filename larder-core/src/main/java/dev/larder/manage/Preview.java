package dev.larder.manage;

import java.util.List;

/**
 * What an invalidation would cover.
 *
 * @param entries stored entries that it covers, as far as counted
 * @param isExact whether that is all of them; false if counting stopped or entries do not tell
 * @param perCache entries by cache, most first
 * @param spared caches that are left alone since they are protected and were not named
 */
public record Preview(
    long entries, boolean isExact, List<CacheCount> perCache, List<String> spared) {

  /**
   * Entries of one cache.
   *
   * @param cache its name
   * @param entries how many
   */
  public record CacheCount(String cache, long entries) {}
}
