package dev.larder.manage;

import dev.larder.stats.TierStats;
import dev.larder.stats.TierStats.Outage;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Something that could be better.
 *
 * @param cache the cache
 * @param kind what it is about
 * @param sentence the advice with the figures that it rests on
 * @param settings what to set, by property name without the cache; empty if code has to change
 * @param lookups how many sampled lookups it rests on
 */
public record Advice(
    String cache, Kind kind, String sentence, Map<String, String> settings, long lookups) {

  private static final long WARM_MILLIS = Duration.ofMinutes(10).toMillis();

  /** What advice is about. */
  public enum Kind {
    /** Another ttl. */
    TTL,
    /** Another size of L1. */
    SIZE,
    /** Entries that nobody reads: filled unasked, or kept for longer than they are of use. */
    NEVER_READ,
    /** Entries that are read once, and kept for longer than that. */
    READ_ONCE,
    /** Values that are large. */
    TOO_BIG,
    /** It costs its callers more than it saves, by figures of at least ten minutes. */
    COSTS_MORE,
    /** Only time ends its entries. */
    NO_TAGS,
    /** The source changes more often than entries end. */
    CHANGES_FASTER,
    /** Keys with a time or a random id in them, so that nobody asks for them again. */
    VOLATILE_KEY
  }

  /**
   * Why to wait before advice is followed: what it rests on was measured while something was wrong, or
   * mostly while caches were cold. Empty if there is no reason.
   */
  public static Optional<String> caution(Overview overview) {
    for (NodeView node : overview.nodes()) {
      for (TierStats tier : node.tiers()) {
        if (tier.isDegraded()) {
          return Optional.of(node.id() + " skips " + tier.tier() + " (" + tier.store()
              + "): what is measured meanwhile is no base for advice, so wait until it answers");
        }
      }
    }
    for (NodeView node : overview.nodes()) {
      for (TierStats tier : node.tiers()) {
        Outage last = tier.outage();
        Duration ended = last == null ? null : last.endedAgo();
        if (ended != null && ended.toMillis() < WARM_MILLIS) {
          return Optional.of(
              node.id() + " skipped " + tier.tier() + " (" + tier.store()
                  + ") until less than ten minutes ago: a good part of what is measured is of an outage");
        }
      }
    }
    return overview.nodes().stream()
        .filter(node -> node.atMillis() - node.startedMillis() < WARM_MILLIS)
        .findFirst()
        .map(node -> node.id() + " began less than ten minutes ago: its caches were cold for a good"
            + " part of what is measured");
  }
}
