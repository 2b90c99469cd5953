package dev.larder.internal.manage;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.larder.TimeSource;
import dev.larder.log.Target;
import dev.larder.manage.Event;
import dev.larder.manage.Explanation.Ending;
import dev.larder.manage.Explanation.Loaded;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one node remembers of recent keys, in bounded memory: their last load, the last entry that was made of
 * them, and why they last missed. Safe for many threads; takes a short lock at most.
 */
public final class KeyNotes {

  private static final int MOST_KEYS = 10_000;

  /** Together: an entry may have a hundred. */
  private static final int MOST_TAGS = 50_000;

  private static final String NOTHING = "nothing stored";

  private final TimeSource time;
  private final AppliedChanges changes;
  private final Cache<String, LoadNote> loads =
      Caffeine.newBuilder().maximumSize(MOST_KEYS).executor(Runnable::run).build();
  private final Cache<String, MissNote> misses =
      Caffeine.newBuilder().maximumSize(MOST_KEYS).executor(Runnable::run).build();
  private final Cache<String, MadeNote> made = Caffeine.newBuilder()
      .maximumWeight(MOST_TAGS)
      .weigher((String slot, MadeNote entry) -> 1 + entry.tags().size())
      .executor(Runnable::run)
      .build();
  private volatile long forgotBelow;

  /**
   * The last load of a key here.
   *
   * @param asOf the local number that it was as of
   * @param failure what was thrown; empty if it succeeded
   */
  record LoadNote(String site, long nanos, long atMillis, long asOf, String failure) {

    Loaded on(String node) {
      return new Loaded(node, site, nanos, atMillis, failure);
    }
  }

  /**
   * The last entry of a key that was made here.
   *
   * @param asOf the local number from which records on the key end it
   * @param endMillis when its life is over in the tiers, what may be done with it past its ttl included
   */
  private record MadeNote(List<String> tags, long asOf, long atMillis, long endMillis) {}

  /** The life of an entry: when it was made, or given another end, and that end. */
  record Life(long atMillis, long endMillis) {}

  /** The last miss of a key here. */
  record MissNote(String why, long atMillis) {

    /** As an event: of misses, only a few a second are among those. */
    Event on(String node, String slot) {
      return new Event(0, node, atMillis, Event.Kind.MISS, "", slot, why, 0, 1);
    }
  }

  KeyNotes(TimeSource time, AppliedChanges changes) {
    this.time = time;
    this.changes = changes;
  }

  /** A load has ended. */
  void loaded(String slot, LoadNote load) {
    loads.put(slot, load);
  }

  /** A lookup missed below L1. */
  void missed(String slot, MissNote miss) {
    misses.put(slot, miss);
  }

  /** A log was lost: what was made as of earlier local numbers is not served. */
  void forgot(long number) {
    forgotBelow = number;
  }

  /**
   * An entry was made, or lives for another time: what ends it is asked for when it is gone.
   *
   * @param asOf the local number from which records on the key end it
   * @param endMillis when its life is over
   */
  public void made(String slot, List<String> tags, long asOf, long endMillis) {
    made.put(slot, new MadeNote(tags, asOf, time.millis(), endMillis));
  }

  /**
   * Why a tier has nothing of a key, as far as this node can say.
   *
   * @param keyEnded local number of the last record of the key itself; -1 if none is known
   * @param targets what else ends its last entry
   * @param ended local number of the last record that covered one of them, or a greater one
   */
  public String whyNothing(String slot, long keyEnded, Set<Target> targets, long ended) {
    LoadNote last = loads.getIfPresent(slot);
    LoadNote load = last == null || !last.failure().isEmpty() ? null : last;
    MadeNote entry = made.getIfPresent(slot);
    long asOf = Math.max(load == null ? -1 : load.asOf(), entry == null ? -1 : entry.asOf());
    if (keyEnded > asOf && (keyEnded != forgotBelow || isEndedSince(slot, asOf))) {
      return "its key was invalidated";
    }
    // What was loaded since was not stored: that the entry before it ended is no reason any more.
    if (entry == null || (load != null && load.atMillis() > entry.atMillis())) {
      return NOTHING;
    }
    // What was invalidated and then ran out unread was not served for the first of them.
    Ending first = ended > entry.asOf() ? changes.firstEndingBehind(targets, entry.asOf()) : null;
    long forgot = entry.asOf() < forgotBelow ? changes.forgotMillis() : Long.MAX_VALUE;
    if (first != null && first.atMillis() <= Math.min(forgot, entry.endMillis())) {
      return first.target() + " was invalidated";
    }
    if (forgot <= entry.endMillis()) {
      return changes.loss();
    }
    return entry.endMillis() <= time.millis() ? "it ran out" : NOTHING;
  }

  /** When a log is lost, records of keys that are not in all logs yet get the number of that moment. */
  private boolean isEndedSince(String slot, long asOf) {
    return changes.firstEndingBehind(Set.of(Target.key(slot)), asOf) != null;
  }

  /** Null if none is remembered. */
  @Nullable LoadNote lastLoad(String slot) {
    return loads.getIfPresent(slot);
  }

  /** Null if none is remembered. */
  @Nullable MissNote lastMiss(String slot) {
    return misses.getIfPresent(slot);
  }

  /** When the last entry of a key was made here, and when its life is over; null if none is remembered. */
  @Nullable Life lastLife(String slot) {
    MadeNote last = made.getIfPresent(slot);
    return last == null ? null : new Life(last.atMillis(), last.endMillis());
  }

  /** Tags of the last entry of a key that was made here; empty if none is remembered. */
  public List<String> lastTags(String slot) {
    MadeNote last = made.getIfPresent(slot);
    return last == null ? List.of() : last.tags();
  }
}
