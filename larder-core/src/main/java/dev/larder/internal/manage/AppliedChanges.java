package dev.larder.internal.manage;

import dev.larder.TimeSource;
import dev.larder.log.Change;
import dev.larder.log.Position;
import dev.larder.log.Target;
import dev.larder.manage.Event;
import dev.larder.manage.Explanation.EndedBy;
import dev.larder.manage.Explanation.Ending;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The latest changes that a node has applied, in bounded memory, and what they ended. Safe for many threads;
 * takes a short lock.
 */
final class AppliedChanges {

  private static final int MOST = 8_192;

  private final String node;
  private final TimeSource time;
  private final LinkedHashMap<Long, Applied> byNonce = new LinkedHashMap<>();
  private long droppedMillis = Long.MIN_VALUE;
  private long forgotMillis = -1;
  private String loss = "";

  AppliedChanges(String node, TimeSource time) {
    this.node = node;
    this.time = time;
  }

  /**
   * A change as it was applied here.
   *
   * @param positions where it was met, at most one for each log, the first one first
   */
  record Applied(Change change, List<Position> positions, long number, long atNanos) {

    /** Its position in a log; null if it was not met there. */
    @Nullable Position in(String log) {
      for (Position position : positions) {
        if (position.log().equals(log)) {
          return position;
        }
      }
      return null;
    }

    /** Where it was met first; empty if it has no position. */
    String firstPosition() {
      return positions.isEmpty() ? "" : positions.get(0).toString();
    }

    /** The first of its targets that is one of these; null if none is. */
    @Nullable Target first(Set<Target> wanted) {
      for (Target target : change.targets()) {
        if (wanted.contains(target)) {
          return target;
        }
      }
      return null;
    }
  }

  synchronized void add(Change change, @Nullable Position position, long number) {
    List<Position> positions = position == null ? List.of() : List.of(position);
    byNonce.remove(change.nonce());
    byNonce.put(change.nonce(), new Applied(change, positions, number, time.nanos()));
    if (byNonce.size() > MOST) {
      Iterator<Applied> eldest = byNonce.values().iterator();
      droppedMillis = Math.max(droppedMillis, eldest.next().change().atMillis());
      eldest.remove();
    }
  }

  /** One that was applied was met in another log too. */
  synchronized void alsoAt(Change change, Position position) {
    byNonce.computeIfPresent(change.nonce(), (nonce, applied) -> {
      if (applied.in(position.log()) != null) {
        return applied;
      }
      List<Position> positions = new ArrayList<>(applied.positions());
      positions.add(position);
      return new Applied(applied.change(), positions, applied.number(), applied.atNanos());
    });
  }

  /** A log was lost: that ended all that its store and L1 had. */
  synchronized void forgot(String log) {
    forgotMillis = time.millis();
    loss = "the log in " + log + " was lost";
  }

  /** Which log was lost last, in words; empty if none was. */
  synchronized String loss() {
    return loss;
  }

  /** When a log was lost last; -1 if none was. */
  synchronized long forgotMillis() {
    return forgotMillis;
  }

  /** Whether all changes are remembered that were made since a time, clocks permitting. */
  synchronized boolean remembers(long sinceMillis) {
    return droppedMillis < sinceMillis;
  }

  /** The newest of which the predicate is true, newest first. */
  List<Applied> newest(int limit, Predicate<Applied> wanted) {
    List<Applied> all;
    synchronized (this) {
      all = new ArrayList<>(byNonce.values());
    }
    List<Applied> newest = new ArrayList<>();
    for (int i = all.size() - 1; i >= 0 && newest.size() < limit; i--) {
      if (wanted.test(all.get(i))) {
        newest.add(all.get(i));
      }
    }
    return newest;
  }

  private List<Applied> covering(Set<Target> targets) {
    return newest(MOST, applied -> applied.first(targets) != null);
  }

  /** The change that ended entries under one of the targets last. */
  @Nullable Ending lastEnding(Set<Target> targets) {
    List<Applied> last = newest(1, applied -> applied.first(targets) != null);
    return last.isEmpty() ? null : ending(last.get(0), targets);
  }

  /** What ended an entry under one of the targets that was there from then on, clocks permitting. */
  @Nullable Ending firstEnding(Set<Target> targets, long sinceMillis) {
    Ending first = null;
    for (Applied applied : covering(targets)) {
      Ending ending = ending(applied, targets);
      // Those that waited for a log are applied late.
      if (ending != null
          && ending.atMillis() >= sinceMillis
          && (first == null || ending.atMillis() <= first.atMillis())) {
        first = ending;
      }
    }
    long forgot = forgotMillis();
    return forgot >= sinceMillis && (first == null || forgot < first.atMillis())
        ? forgotten(forgot)
        : first;
  }

  /** The first change behind a local number that ended entries under one of the targets. */
  synchronized @Nullable Ending firstEndingBehind(Set<Target> targets, long number) {
    // In the order of their numbers, so that it ends at the first; lookups that miss ask for this.
    for (Applied applied : byNonce.values()) {
      if (applied.number() > number && applied.first(targets) != null) {
        return ending(applied, targets);
      }
    }
    return null;
  }

  private Ending forgotten(long atMillis) {
    return new Ending("", Journal.LOST, loss(), node, atMillis);
  }

  private static @Nullable Ending ending(Applied applied, Set<Target> targets) {
    Target target = applied.first(targets);
    Change change = applied.change();
    return target == null
        ? null
        : new Ending(
            applied.firstPosition(),
            Journal.text(target),
            change.cause(),
            change.origin(),
            change.atMillis());
  }

  /** How often what covers one of the targets was ended, by target and cause, most often first. */
  List<EndedBy> endedBy(Set<Target> targets) {
    Map<List<String>, EndedBy> all = new LinkedHashMap<>();
    for (Applied applied : covering(targets)) {
      Target target = applied.first(targets);
      if (target != null) {
        Change change = applied.change();
        String text = Journal.text(target);
        all.merge(
            List.of(text, change.cause()),
            new EndedBy(text, change.cause(), 1, change.atMillis(), change.atMillis()),
            EndedBy::and);
      }
    }
    return EndedBy.mostOftenFirst(all.values());
  }

  /** The newest that cover one of the targets as events, oldest first, each told by what covers. */
  List<Event> history(Set<Target> targets, int limit) {
    List<Event> events = new ArrayList<>();
    for (Applied applied : newest(limit, applied -> applied.first(targets) != null)) {
      Ending ending = ending(applied, targets);
      if (ending != null) {
        String at = ending.position().isEmpty() ? "" : " at " + ending.position();
        events.add(
            0,
            new Event(
                applied.number(),
                ending.node(),
                ending.atMillis(),
                Event.Kind.INVALIDATION,
                "",
                ending.target(),
                ending.cause() + at,
                0,
                applied.change().targets().size()));
      }
    }
    return events;
  }
}
