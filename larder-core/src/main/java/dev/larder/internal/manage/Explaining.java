package dev.larder.internal.manage;

import dev.larder.manage.Event;
import dev.larder.manage.Explanation;
import dev.larder.manage.Explanation.Copy;
import dev.larder.manage.Explanation.EndedBy;
import dev.larder.manage.Explanation.Ending;
import dev.larder.manage.Explanation.Gone;
import dev.larder.manage.Explanation.Loaded;
import dev.larder.manage.NodeView.CacheView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Asks stores and nodes what they know of a key, and puts that together. Blocks. */
final class Explaining {

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
    List<Copy> copies = new ArrayList<>(stores.copies(slot));
    List<String> silent = new ArrayList<>();
    Ask ask = new Ask(LocalManagement.newId(), "", "explain", slot, "", List.of());
    List<Event> history = new ArrayList<>();
    Ending ended = null;
    Loaded loaded = null;
    Ending endedAfterLoad = null;
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
      if (answer.missedMillis() > missedAt) {
        missedAt = answer.missedMillis();
        missed = answer.missed();
      }
    }
    ended = new Endings(local, stores).latest(slot, copies, ended);
    copies.sort(Comparator.comparing(Copy::tier).thenComparing(Copy::node));
    Map<String, String> policy = known.stream()
        .filter(each -> each.stats().cache().equals(cache))
        .findFirst()
        .map(CacheView::policy)
        .orElse(Map.of());
    Gone gone = Departure.of(
        copies,
        loaded,
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
        once(history),
        silent);
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
