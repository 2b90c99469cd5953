package dev.larder.manage;

import java.util.List;
import java.util.Objects;

/**
 * What an invalidation would cover.
 *
 * @param entries stored entries that it covers, as far as counted
 * @param isExact whether that is all of them; otherwise {@code reasons} say why not
 * @param perCache entries by cache, most first
 * @param spared caches that are left alone since they are protected and were not named
 * @param reasons why it may be more, in words; empty if it is exact
 */
public record Preview(
    long entries,
    boolean isExact,
    List<CacheCount> perCache,
    List<String> spared,
    List<String> reasons) {

  /** What an application of an older version does not tell is not known. */
  public Preview {
    reasons = List.copyOf(Objects.requireNonNullElse(reasons, List.of()));
  }

  /**
   * Entries of one cache.
   *
   * @param cache its name
   * @param entries how many
   */
  public record CacheCount(String cache, long entries) {}
}
