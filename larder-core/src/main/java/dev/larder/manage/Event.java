package dev.larder.manage;

/**
 * Something that happened on a node.
 *
 * @param id greater than that of every earlier event that this node tells of; ids of one node are not
 *     those of another
 * @param node where it happened; for an invalidation, who made it
 * @param atMillis when, by that node's clock
 * @param kind what
 * @param cache the cache; empty if it concerns no single one
 * @param subject the slot key, tag, tier or warm-up
 * @param text the rest in words: cause, call site, reason
 * @param nanos how long it took, for a minute all loads together; 0 if it has no length
 * @param count how many: keys of a load, targets of an invalidation, loads of a minute
 */
public record Event(
    long id,
    String node,
    long atMillis,
    Kind kind,
    String cache,
    String subject,
    String text,
    long nanos,
    long count) {

  /** What happened. */
  public enum Kind {
    /** Something was invalidated. */
    INVALIDATION,
    /** A value was loaded. */
    LOAD,
    /** A load failed. */
    LOAD_FAILED,
    /** A loaded value was not stored. */
    REFUSED,
    /** A lookup missed below L1; the text says why. At most five a second are told. */
    MISS,
    /** A tier began to be skipped, or takes part again. */
    CIRCUIT,
    /** A node became sure or unsure of the log. */
    LINK,
    /** A switch was set, or a trial of ttls began or ended. */
    SWITCH,
    /** A warm-up began, was paused, went on or ended. Of runs for an argument only bad ends are told. */
    WARM_UP,
    /** An operator acted; the text says who. */
    ACTION,
    /** A stale answer was found. */
    STALE_FOUND,
    /** A node began. */
    NODE,
    /** What a node's loads, misses and own invalidations came to in the minute that began then. */
    MINUTE
  }
}
