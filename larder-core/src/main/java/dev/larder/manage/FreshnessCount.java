package dev.larder.manage;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one kind of check has found on a node since it started.
 *
 * @param check what was looked at
 * @param sampled copies that were looked at again
 * @param stale those of them that were stale
 */
public record FreshnessCount(Check check, long sampled, long stale) {

  /** The counts of many nodes together, one for each kind of check. */
  public static List<FreshnessCount> sum(Collection<FreshnessCount> counts) {
    return Stream.of(Check.values())
        .map(check -> new FreshnessCount(
            check,
            counts.stream()
                .filter(it -> it.check() == check)
                .mapToLong(FreshnessCount::sampled)
                .sum(),
            counts.stream()
                .filter(it -> it.check() == check)
                .mapToLong(FreshnessCount::stale)
                .sum()))
        .toList();
  }

  /** What is looked at, and how long after. */
  public enum Check {
    /** Tiers and nodes, 1 to 10 seconds after an invalidation. */
    AFTER_1S,
    /** Tiers and nodes, 10 to 60 seconds after an invalidation. */
    AFTER_10S,
    /** Tiers and nodes, a minute or more after an invalidation. */
    AFTER_60S,
    /** Hits, compared with the source. */
    HIT;

    /** The check of a copy so long after its invalidation. */
    public static Check after(long millis) {
      return millis < 10_000 ? AFTER_1S : millis < 60_000 ? AFTER_10S : AFTER_60S;
    }
  }
}
