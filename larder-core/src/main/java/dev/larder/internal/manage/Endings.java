package dev.larder.internal.manage;

import dev.larder.internal.store.GuardedStore;
import dev.larder.log.Change;
import dev.larder.log.InvalidationLog;
import dev.larder.log.LogRecord;
import dev.larder.log.Position;
import dev.larder.log.Target;
import dev.larder.manage.Explanation.Copy;
import dev.larder.manage.Explanation.Ending;
import dev.larder.manage.Explanation.State;
import dev.larder.manage.Explanation.TagView;
import dev.larder.manage.ManagementException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the last invalidation that covered a key. Nodes know the tags of what they have in L1; those of a
 * copy in a store may be more. Where no node remembers a change, a store's marker may, and its log.
 */
final class Endings {

  /** How far back a log is read. */
  private static final int MOST_RECORDS = 500;

  private final LocalView local;
  private final StoreInspection stores;

  Endings(LocalView local, StoreInspection stores) {
    this.local = local;
    this.stores = stores;
  }

  /**
   * The last, as far as anybody knows. Three round trips to each store if no node remembers one.
   *
   * @param copies the key's, with their tags
   * @param told what the nodes remember
   */
  @Nullable Ending latest(String slot, List<Copy> copies, @Nullable Ending told) {
    List<String> tags = copies.stream()
        .flatMap(copy -> copy.tags().stream())
        .map(TagView::tag)
        .distinct()
        .toList();
    Set<Target> targets = stores.covering(slot, tags);
    // Who only looks on has applied nothing, and has forgotten nothing that was cached.
    Ending own = local.caches().isEmpty() ? null : local.journal().changes().lastEnding(targets);
    if (own != null && (told == null || own.atMillis() > told.atMillis())) {
      return own;
    }
    // Markers stand at the tail of the log for tags that were never ended too, so they tell of an
    // ending only where something was ended.
    boolean isEnded = copies.stream()
        .anyMatch(copy -> copy.state() == State.INVALID || copy.state() == State.UNPROVED);
    return told == null ? inLogs(targets, isEnded) : told;
  }

  private @Nullable Ending inLogs(Set<Target> targets, boolean isEnded) {
    Ending last = null;
    for (GuardedStore store : local.stores()) {
      if (!store.isDown()) {
        try {
          Ending ending = inLog(store, targets, isEnded);
          if (ending != null && (last == null || ending.atMillis() > last.atMillis())) {
            last = ending;
          }
        } catch (ManagementException silent) {
          // The copies tell already that it does not answer.
        }
      }
    }
    return last;
  }

  private static @Nullable Ending inLog(GuardedStore store, Set<Target> targets, boolean isEnded) {
    InvalidationLog log = store.store().log();
    Position tail = StoreInspection.ask(store, log::tail).position();
    if (tail == null) {
      return null;
    }
    Position after =
        new Position(tail.log(), tail.epoch(), Math.max(0, tail.sequence() - MOST_RECORDS));
    List<LogRecord> newest = StoreInspection.ask(store, () -> log.read(after, MOST_RECORDS));
    for (int i = newest.size() - 1; i >= 0; i--) {
      Change change = newest.get(i).change();
      for (Target target : change.targets()) {
        if (targets.contains(target)) {
          return new Ending(
              newest.get(i).position().toString(),
              Journal.text(target),
              change.cause(),
              change.origin(),
              change.atMillis());
        }
      }
    }
    Position known = newest.isEmpty() ? tail.next() : newest.get(0).position();
    return isEnded ? marked(store, log, targets, known) : null;
  }

  /**
   * Markers outlive records, and tell the place alone. The one that opens an epoch ended nothing.
   *
   * @param known where the records begin that were read: a marker that stands there or later, where
   *     no record covers its target, was planted for an entry and tells of no ending
   */
  private static @Nullable Ending marked(
      GuardedStore store, InvalidationLog log, Set<Target> targets, Position known) {
    Map<String, Target> byMarker = new LinkedHashMap<>();
    targets.stream()
        .filter(Target::hasMarker)
        .forEach(target -> byMarker.put(target.marker(), target));
    Position last = null;
    Target covered = null;
    for (Map.Entry<String, Position> marker :
        StoreInspection.ask(store, () -> log.markers(byMarker.keySet())).entrySet()) {
      Target target = byMarker.get(marker.getKey());
      Position position = marker.getValue();
      if (target != null
          && position.sequence() > 0
          && !position.isAtLeast(known)
          && (last == null || position.isAtLeast(last))) {
        last = position;
        covered = target;
      }
    }
    return last == null || covered == null
        ? null
        : new Ending(last.toString(), Journal.text(covered), "", "", 0);
  }
}
