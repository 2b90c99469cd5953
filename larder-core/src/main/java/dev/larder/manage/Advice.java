package dev.larder.manage;

import java.util.Map;

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

  /** What advice is about. */
  public enum Kind {
    /** Another ttl. */
    TTL,
    /** Another size of L1. */
    SIZE,
    /** Entries that nobody reads. */
    NEVER_READ,
    /** Entries that are read once. */
    READ_ONCE,
    /** Values that are large. */
    TOO_BIG,
    /** It costs its callers more than it saves. */
    COSTS_MORE,
    /** Only time ends its entries. */
    NO_TAGS,
    /** The source changes more often than entries end. */
    CHANGES_FASTER,
    /** Keys with a time or a random id in them, so that nobody asks for them again. */
    VOLATILE_KEY
  }
}
