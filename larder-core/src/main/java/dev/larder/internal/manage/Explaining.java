package dev.larder.internal.manage;

import dev.larder.internal.manage.KeyNotes.Life;
import dev.larder.manage.Event;
import dev.larder.manage.Explanation;
import dev.larder.manage.Explanation.Copy;
import dev.larder.manage.Explanation.EndedBy;
import dev.larder.manage.Explanation.Ending;
import dev.larder.manage.Explanation.Gone;
import dev.larder.manage.Explanation.Loaded;
import dev.larder.manage.Explanation.State;
import dev.larder.manage.NodeView.CacheView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks stores and nodes what they know of a key, and puts that together. Blocks. */
final class Explaining {

  private static final Set<State> VALID = EnumSet.of(State.FRESH, State.STALE, State.ABSENCE);
  private static final Set<State> ENDED = EnumSet.of(State.INVALID, State.UNPROVED);

  private final LocalManagement management;
  private final LocalView local;
  private final StoreInspection stores;

  Explaining(LocalManagement management, LocalView local, StoreInspection stores) {
    this.management = management;
    this.local = local;
    this.stores = stores;
  }

  Explanation explain(String slot) {
    stores.ours(slot);
    String cache = stores.cacheOf(slot);
    List<CacheView> known = management.overview().nodes().stream()
        .flatMap(node -> node.caches().stream())
        .toList();
    KeyCount.requireKnown(
        cache == null ? "" : cache,
        known.stream().map(each -> each.stats().cache()).toList());
    Map<String, String> policy = known.stream()
        .filter(each -> each.stats().cache().equals(cache))
        .findFirst()
        .map(CacheView::policy)
        .orElse(Map.of());
    if (cache != null && !policy.isEmpty()) {
      stores.requireStem(slot, policy.getOrDefault("purpose", ""), cache);
    }
    List<Copy> copies = new ArrayList<>(stores.copies(slot));
    List<String> silent = new ArrayList<>();
    Ask ask = new Ask(LocalManagement.newId(), "", "explain", slot, "", List.of());
    List<Event> history = new ArrayList<>();
    Ending ended = null;
    Loaded loaded = null;
    Ending endedAfterLoad = null;
    Life life = null;
    boolean remembersAll = false;
    String missed = null;
    long missedAt = 0;
    Map<List<String>, EndedBy> endedBy = new LinkedHashMap<>();
    for (Answer answer : management.everyone(ask, silent)) {
      copies.addAll(answer.copies());
      history.addAll(answer.history());
      // Each node has applied each change.
      answer
          .endedBy()
          .forEach(it -> endedBy.merge(
              List.of(it.target(), it.cause()),
              it,
              (one, other) -> other.count() > one.count() ? other : one));
      Ending itsEnding = answer.ended();
      if (itsEnding != null && (ended == null || itsEnding.atMillis() > ended.atMillis())) {
        ended = itsEnding;
      }
      Loaded itsLoad = answer.loaded();
      if (itsLoad != null && (loaded == null || itsLoad.atMillis() > loaded.atMillis())) {
        loaded = itsLoad;
        endedAfterLoad = answer.endedAfterLoad();
        remembersAll = answer.remembersAll();
      }
      Life itsLife = answer.life();
      if (itsLife != null && (life == null || itsLife.atMillis() > life.atMillis())) {
        life = itsLife;
      }
      if (answer.missedMillis() > missedAt) {
        missedAt = answer.missedMillis();
        missed = answer.missed();
      }
    }
    ended = loss(copies, loaded, history, new Endings(local, stores).latest(slot, copies, ended));
    copies.sort(Comparator.comparing(Copy::tier).thenComparing(Copy::node));
    Gone gone = Departure.of(
        copies,
        loaded,
        life,
        endedAfterLoad,
        remembersAll,
        ended,
        policy,
        local.time().millis());
    return new Explanation(
        slot,
        cache,
        copies,
        ended,
        loaded,
        missed,
        missedAt,
        gone,
        EndedBy.mostOftenFirst(endedBy.values()),
        wasEver(copies, loaded) ? once(history) : withoutLosses(once(history)),
        silent);
  }

  /** The loss of a log if it came after the last change and ended an entry of the key; else that change. */
  private @Nullable Ending loss(
      List<Copy> copies, @Nullable Loaded loaded, List<Event> history, @Nullable Ending change) {
    Ending loss = history.stream()
        .filter(Journal::isLoss)
        .max(Comparator.comparingLong(Event::atMillis))
        .map(Journal::ending)
        .orElse(null);
    if (loss == null || (change != null && change.atMillis() > loss.atMillis())) {
      return change;
    }
    boolean wasThere = (loaded != null && loaded.atMillis() <= loss.atMillis())
        || copies.stream().anyMatch(copy -> ENDED.contains(copy.state()));
    // The log of another store proves some of what was there.
    long before = local.time().millis() - loss.atMillis();
    boolean isLeft =
        copies.stream().anyMatch(copy -> VALID.contains(copy.state()) && copy.ageMillis() > before);
    return wasThere && !isLeft ? loss : change;
  }

  /** Whether anybody knows of an entry of the key. */
  private static boolean wasEver(List<Copy> copies, @Nullable Loaded loaded) {
    return loaded != null
        || copies.stream()
            .anyMatch(copy -> VALID.contains(copy.state()) || ENDED.contains(copy.state()));
  }

  /** What never was cannot have been lost. */
  private static List<Event> withoutLosses(List<Event> history) {
    return history.stream().filter(event -> !Journal.isLoss(event)).toList();
  }

  /** Each node has noted each change, under an id of its own. */
  private static List<Event> once(List<Event> history) {
    List<Event> once = new ArrayList<>();
    Set<List<Object>> seen = new HashSet<>();
    for (Event event : history) {
      if (seen.add(
          List.of(event.node(), event.atMillis(), event.kind(), event.subject(), event.text()))) {
        once.add(event);
      }
    }
    once.sort(Comparator.comparingLong(Event::atMillis));
    return once;
  }
}
