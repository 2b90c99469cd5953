package dev.larder.internal.manage;

import dev.larder.TimeSource;
import dev.larder.internal.manage.KeyNotes.LoadNote;
import dev.larder.internal.manage.KeyNotes.MissNote;
import dev.larder.log.Change;
import dev.larder.log.Position;
import dev.larder.log.Target;
import dev.larder.manage.Event;
import dev.larder.manage.Explanation.Ending;
import dev.larder.manage.FreshnessCount;
import dev.larder.manage.FreshnessCount.Check;
import dev.larder.manage.Management.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one node remembers for its operators, in bounded memory: the latest events, the latest changes,
 * and {@link KeyNotes} of recent keys.
 *
 * <p>Safe for many threads. Noting takes a short lock and no I/O; nothing is noted for a hit.
 */
public final class Journal {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.manage");

  /** What the loss of a log ends. */
  static final String LOST = "what L1 and its store had";

  private static final String FORGOTTEN = ": " + LOST + " was forgotten";

  private static final int SHOWN_TARGETS = 8;

  /** A second. A cold cache misses all the time, and would push out all other events. */
  private static final int MOST_MISSES = 5;

  private final String node;
  private final TimeSource time;
  private final EventRings events = new EventRings();
  private final AppliedChanges changes;
  private final KeyNotes keys;
  private final List<Consumer<Event>> listeners = new CopyOnWriteArrayList<>();
  private final FreshnessCounts freshness = new FreshnessCounts();
  private final TrafficMinute minute = new TrafficMinute();
  private volatile Supplier<Answered> answered = () -> Answered.NOTHING;
  private volatile LastOutages outages = LastOutages.NONE;
  private long lastId;
  private long missSecond;
  private int missesTold;

  public Journal(String node, TimeSource time) {
    this.node = node;
    this.time = time;
    this.changes = new AppliedChanges(node, time);
    this.keys = new KeyNotes(time, changes);
  }

  /** Has minutes tell what became of lookups, too; called under a lock, must not block. */
  void count(Supplier<Answered> sinceStart) {
    answered = sinceStart;
  }

  /** Has minutes tell of outages, too. */
  void seen(LastOutages last) {
    outages = last;
  }

  /** Notes an event of this node. */
  public void note(
      Event.Kind kind, String cache, String subject, String text, long nanos, long count) {
    add(node, time.millis(), kind, cache, subject, text, nanos, count);
  }

  private void add(
      String origin,
      long atMillis,
      Event.Kind kind,
      String cache,
      String subject,
      String text,
      long nanos,
      long count) {
    synchronized (events) {
      endMinute();
      if (origin.equals(node) && kind != Event.Kind.MISS) {
        minute.count(kind, subject, nanos, count);
      }
      tell(new Event(++lastId, origin, atMillis, kind, cache, subject, text, nanos, count));
    }
  }

  /** Under the lock, so that listeners hear in the order of the ids. */
  private void tell(Event event) {
    events.add(event);
    for (Consumer<Event> listener : listeners) {
      try {
        listener.accept(event);
      } catch (RuntimeException failure) {
        logger.warn("a listener of events failed", failure);
      }
    }
  }

  /** Tells what the last minute came to if it is over. */
  void endMinute() {
    synchronized (events) {
      long now = time.millis();
      if (!minute.isOver(now)) {
        return;
      }
      minute.end(answered.get(), outages);
      String text = minute.text();
      if (!text.isEmpty()) {
        tell(new Event(
            ++lastId,
            node,
            minute.beganMillis(),
            Event.Kind.MINUTE,
            "",
            "node " + node,
            text,
            minute.nanos(),
            minute.loads()));
      }
      minute.begin(now);
    }
  }

  /** Notes what another node told of, under an id of this one. */
  void adopt(Event event) {
    add(
        event.node(),
        event.atMillis(),
        event.kind(),
        event.cache(),
        event.subject(),
        event.text(),
        event.nanos(),
        event.count());
  }

  /** A load of one key, as of a local number, has ended. */
  public void loaded(
      String cache, String slot, String site, long nanos, long asOf, @Nullable Throwable failure) {
    String why = failure == null ? "" : failure.getClass().getSimpleName();
    keys.loaded(slot, new LoadNote(site, nanos, time.millis(), asOf, why));
    note(
        failure == null ? Event.Kind.LOAD : Event.Kind.LOAD_FAILED,
        cache,
        slot,
        failure == null ? site : site + ": " + why,
        nanos,
        1);
  }

  /** One load of many keys has ended, as of this local number the last of them. */
  public void loadedAll(
      String cache,
      List<String> slots,
      String site,
      long nanos,
      long asOf,
      @Nullable Throwable failure) {
    if (slots.isEmpty()) {
      return;
    }
    String why = failure == null ? "" : failure.getClass().getSimpleName();
    LoadNote note = new LoadNote(site, nanos, time.millis(), asOf, why);
    slots.forEach(slot -> keys.loaded(slot, note));
    note(
        failure == null ? Event.Kind.LOAD : Event.Kind.LOAD_FAILED,
        cache,
        slots.get(0),
        failure == null ? site : site + ": " + why,
        nanos,
        slots.size());
  }

  /** A lookup of a key missed below L1. */
  public void missed(String cache, String slot, String why) {
    long now = time.millis();
    keys.missed(slot, new MissNote(why, now));
    synchronized (events) {
      endMinute();
      minute.count(Event.Kind.MISS, slot, 0, 1);
      if (now / 1_000 != missSecond) {
        missSecond = now / 1_000;
        missesTold = 0;
      }
      if (++missesTold <= MOST_MISSES) {
        add(node, now, Event.Kind.MISS, cache, slot, why, 0, 1);
      }
    }
  }

  /** Copies were looked at again. */
  public void sampled(Check check, long copies) {
    freshness.sampled(check, copies);
  }

  /** One of those that were looked at again was stale. */
  public void staleFound(Check check, String cache, String slot, String why, long delayNanos) {
    freshness.stale(check);
    note(Event.Kind.STALE_FOUND, cache, slot, why, delayNanos, 1);
  }

  List<FreshnessCount> freshness() {
    return freshness.all();
  }

  /**
   * A log was lost, or another data set took its place: nothing that was cached before in its store or in L1
   * is served.
   *
   * @param log its name
   * @param number the local number below which that is
   */
  public void forgot(String log, long number) {
    changes.forgot(log);
    keys.forgot(number);
    note(Event.Kind.LINK, "", "node " + node, changes.loss() + FORGOTTEN, 0, 1);
  }

  /** A change was applied. */
  public void applied(Change change, @Nullable Position position, long number) {
    changes.add(change, position, number);
    if (!change.targets().isEmpty()) {
      add(
          change.origin(),
          change.atMillis(),
          Event.Kind.INVALIDATION,
          "",
          subject(change),
          change.cause() + (position == null ? "" : " at " + position),
          Math.max(0, time.millis() - change.atMillis()) * 1_000_000,
          change.targets().size());
    }
  }

  /** A change that was applied was met in another log too. */
  public void alsoAt(Change change, Position position) {
    changes.alsoAt(change, position);
  }

  private static String subject(Change change) {
    StringBuilder subject = new StringBuilder();
    List<Target> targets = change.targets();
    for (Target target : targets.subList(0, Math.min(SHOWN_TARGETS, targets.size()))) {
      subject.append(subject.isEmpty() ? "" : ", ").append(text(target));
    }
    return targets.size() > SHOWN_TARGETS
        ? subject
            .append(" and ")
            .append(targets.size() - SHOWN_TARGETS)
            .append(" more")
            .toString()
        : subject.toString();
  }

  /** A target as people read it: {@code tag user:42}. */
  public static String text(Target target) {
    return switch (target.kind()) {
      case KEY -> "key " + target.id();
      case TAG -> "tag " + target.id();
      case PREFIX -> "prefix " + target.id();
      case CACHE -> "cache " + target.id();
      case ALL -> "everything";
    };
  }

  /** Events behind an id, oldest first. */
  List<Event> since(long after, int limit) {
    synchronized (events) {
      return events.newest(event -> event.id() > after, limit);
    }
  }

  /** Events of this node alone that name a slot key, and losses of logs, which end every entry; oldest first. */
  List<Event> of(String slot, int limit) {
    synchronized (events) {
      return events.newest(event -> event.subject().equals(slot) || isLoss(event), limit);
    }
  }

  /** Whether an event is the loss of a log. */
  static boolean isLoss(Event event) {
    return event.kind() == Event.Kind.LINK && event.text().endsWith(FORGOTTEN);
  }

  /** What such an event ended. */
  static Ending ending(Event loss) {
    String cause = loss.text().substring(0, loss.text().length() - FORGOTTEN.length());
    return new Ending("", LOST, cause, loss.node(), loss.atMillis());
  }

  /** Calls back for each event from now on. */
  Subscription listen(Consumer<Event> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  boolean isWatched() {
    return !listeners.isEmpty();
  }

  /** What is remembered of recent keys. */
  public KeyNotes keys() {
    return keys;
  }

  /** The latest changes. */
  AppliedChanges changes() {
    return changes;
  }
}
