package dev.larder.manage;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one key.
 *
 * @param slot the slot key
 * @param cache the cache that it belongs to, if the key tells
 * @param copies the key on each shared tier and on each node's L1
 * @param ended the last invalidation that covered it, if one is kept
 * @param loaded the last load of it that a node remembers
 * @param missed why the last lookup that missed did, if a node remembers one
 * @param missedMillis when that was, by that node's clock; 0 if none remembers one
 * @param gone what became of the last entry that was loaded, where no tier that answers has one and this
 *     is known
 * @param endedBy how often what covers it was invalidated, as far as a node remembers, most often first
 * @param history what nodes remember of it, oldest first
 * @param silent nodes that gave no answer in time
 */
public record Explanation(
    String slot,
    @Nullable String cache,
    List<Copy> copies,
    @Nullable Ending ended,
    @Nullable Loaded loaded,
    @Nullable String missed,
    long missedMillis,
    @Nullable Gone gone,
    List<EndedBy> endedBy,
    List<Event> history,
    List<String> silent) {

  /** What a tier has of a key. */
  public enum State {
    /** Within its ttl, and valid. */
    FRESH,
    /** Past its ttl, and valid. */
    STALE,
    /** There, but something that covers it was invalidated later: never served. */
    INVALID,
    /** There, but nothing proves that it is valid: what covers it may have been invalidated. Never served. */
    UNPROVED,
    /** Remembered that the source has nothing. */
    ABSENCE,
    /** A placeholder: somebody is loading. */
    LOADING,
    /** Not there. */
    ABSENT,
    /** There, but not an entry of this key. */
    UNREADABLE,
    /** The tier did not answer. */
    UNREACHABLE
  }

  /**
   * The key on one tier.
   *
   * @param tier L1, L2 or DATABASE
   * @param node the node whose L1 it is; empty for shared tiers
   * @param store name of the store; empty for L1
   * @param state what is there
   * @param asOf the position or local number from which invalidations count, as text
   * @param ageMillis since it was written; -1 if unknown
   * @param freshMillis left of its ttl, negative when past; 0 if there is none
   * @param bytes stored; -1 if unknown
   * @param rawBytes before compression; -1 if unknown
   * @param tags with the last position that each was invalidated at, as far as known
   */
  public record Copy(
      String tier,
      String node,
      String store,
      State state,
      String asOf,
      long ageMillis,
      long freshMillis,
      long bytes,
      long rawBytes,
      List<TagView> tags) {}

  /**
   * A tag of an entry.
   *
   * @param tag the tag
   * @param position of its last invalidation, or empty if none is known
   */
  public record TagView(String tag, String position) {}

  /**
   * An invalidation.
   *
   * @param position where it stands
   * @param target what it covered: the key, a tag, a prefix, the cache or everything
   * @param cause why
   * @param node who made it
   * @param atMillis when, by that node's clock
   */
  public record Ending(String position, String target, String cause, String node, long atMillis) {}

  /**
   * Invalidations of one target for one cause.
   *
   * @param target what they covered: the key, a tag, a prefix, the cache or everything
   * @param cause why
   * @param count how many
   * @param firstMillis when the first of them was made
   * @param lastMillis when the last
   */
  public record EndedBy(
      String target, String cause, long count, long firstMillis, long lastMillis) {

    /** These and others of the same target and cause. */
    public EndedBy and(EndedBy other) {
      return new EndedBy(
          target,
          cause,
          count + other.count,
          Math.min(firstMillis, other.firstMillis),
          Math.max(lastMillis, other.lastMillis));
    }

    /** In the order in which they are shown. */
    public static List<EndedBy> mostOftenFirst(Collection<EndedBy> all) {
      return all.stream()
          .sorted(Comparator.comparingLong(EndedBy::count)
              .reversed()
              .thenComparing(EndedBy::target)
              .thenComparing(EndedBy::cause))
          .toList();
    }
  }

  /**
   * The end of an entry.
   *
   * @param how what ended it
   * @param atMillis when; 0 if that is not known
   * @param ttlMillis the ttl of its cache, if its end is worked out from that, and so may have come
   *     earlier; else 0
   */
  public record Gone(How how, long atMillis, long ttlMillis) {

    /** What ends entries. */
    public enum How {
      /** Its time was over. */
      RAN_OUT,
      /** What covers it was invalidated. */
      INVALIDATED,
      /** One of the two: what was invalidated then is not remembered any more. */
      RAN_OUT_OR_INVALIDATED,
      /** Neither: it was dropped for room, or lost with a tier or a process. */
      DROPPED
    }
  }

  /**
   * A load.
   *
   * @param node where it ran
   * @param site the caller: class, method and line
   * @param nanos how long it took
   * @param atMillis when it ended
   * @param failure what was thrown, the name of its class; empty if it succeeded
   */
  public record Loaded(String node, String site, long nanos, long atMillis, String failure) {

    /** What an application of an older version does not tell is taken for a success. */
    public Loaded {
      failure = Objects.requireNonNullElse(failure, "");
    }
  }
}
