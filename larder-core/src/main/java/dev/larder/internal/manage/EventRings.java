package dev.larder.internal.manage;

import dev.larder.manage.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The latest events, in bounded memory: those that traffic makes by the thousand apart from the others, so
 * that an outage is still told of when it has lasted for a while, and what minutes came to for longest. Not safe for many threads.
 */
final class EventRings {

  private static final int MOST_OF_TRAFFIC = 16_384;
  private static final int MOST_OF_NOTE = 1_024;
  private static final int MOST_MINUTES = 1_440;
  private static final Set<Event.Kind> OF_TRAFFIC = EnumSet.of(
      Event.Kind.INVALIDATION,
      Event.Kind.LOAD,
      Event.Kind.LOAD_FAILED,
      Event.Kind.REFUSED,
      Event.Kind.MISS);

  private final ArrayDeque<Event> ofTraffic = new ArrayDeque<>();
  private final ArrayDeque<Event> ofNote = new ArrayDeque<>();
  private final ArrayDeque<Event> minutes = new ArrayDeque<>();

  void add(Event event) {
    if (OF_TRAFFIC.contains(event.kind())) {
      add(event, ofTraffic, MOST_OF_TRAFFIC);
    } else if (event.kind() == Event.Kind.MINUTE) {
      add(event, minutes, MOST_MINUTES);
    } else {
      add(event, ofNote, MOST_OF_NOTE);
    }
  }

  private static void add(Event event, ArrayDeque<Event> ring, int most) {
    ring.add(event);
    if (ring.size() > most) {
      ring.remove();
    }
  }

  /** The newest of which the predicate is true, oldest first; traffic gives way where there is too much. */
  List<Event> newest(Predicate<Event> wanted, int limit) {
    List<Event> found = newest(ofNote, wanted, Math.max(1, limit / 2));
    found.addAll(newest(minutes, wanted, limit / 10));
    found.addAll(newest(ofTraffic, wanted, limit - found.size()));
    found.sort(Comparator.comparingLong(Event::id));
    return found;
  }

  private static List<Event> newest(ArrayDeque<Event> ring, Predicate<Event> wanted, int limit) {
    List<Event> found = new ArrayList<>();
    ring.descendingIterator().forEachRemaining(event -> {
      if (found.size() < limit && wanted.test(event)) {
        found.add(event);
      }
    });
    return found;
  }
}
