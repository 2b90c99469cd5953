package dev.larder.internal.advise;

/**
 * Runs a trace against other terms: what would have been a hit, and how much would have been kept. Pure.
 *
 * <p>A read is a hit if the key's entry was loaded within its ttl, nothing has invalidated it since, and,
 * where there is nothing below L1, L1 still has it. L1 is taken to drop what was read longest ago, see
 * {@link WorkingSet}; the real one is somewhat better. Tiers below L1 are taken to have room for all. A
 * load is taken to bring a value where it did so when it happened, or where it did not happen, at once.
 *
 * <p>Not counted is the first read of a key of which it is not known how old its entry was.
 */
final class Replay {

  private static final double MOST_ROOM = 3;
  private static final int ROOM_STEPS = 8;
  private static final long NEVER = Long.MIN_VALUE / 4;

  private final Trace trace;
  private final WorkingSet set;
  private final Terms terms;
  private final boolean[] lost;
  private final boolean isFirst;
  private final double room;
  private final long ttl;
  private final long stale;
  private final long kept;
  private final long idle;
  private final long stay;
  private final EntryTimes held;

  private final long[] loadedAt;
  private final long[] ownTtl;
  private final long[] touchedAt;
  private final boolean[] isAwaited;
  private final boolean[] isSeen;

  /** Absences are neither served nor kept past their time. */
  private final boolean[] isAbsent;

  private double hits;
  private double l1Hits;
  private long l1Seen;
  private long reads;

  /**
   * @param room how many entries an L1 is taken to have for each that it has
   * @param lost for each event whether the key's entry had been lost by then for reasons of its own, such
   *     as an eviction below L1; found out by a first run, with the terms that held
   */
  private Replay(
      Trace trace, WorkingSet set, Terms terms, double room, boolean[] lost, boolean isFirst) {
    this.trace = trace;
    this.set = set;
    this.terms = terms;
    this.lost = lost;
    this.isFirst = isFirst;
    this.ttl = Ticks.ofMillis(Math.round(terms.ttlMillis() * (1 - terms.jitter() / 2)));
    this.stale = Ticks.ofMillis(terms.staleMillis());
    this.kept = Ticks.ofMillis(terms.keptMillis());
    this.idle = Ticks.ofMillis(terms.idleMillis());
    this.room = room;
    this.stay = set.stay(terms.l1MaxEntries() * room);
    this.held = new EntryTimes(trace);
    this.loadedAt = new long[trace.keys()];
    this.ownTtl = new long[trace.keys()];
    this.touchedAt = new long[trace.keys()];
    this.isAwaited = new boolean[trace.keys()];
    this.isSeen = new boolean[trace.keys()];
    this.isAbsent = new boolean[trace.keys()];
    for (int key = 0; key < trace.keys(); key++) {
      loadedAt[key] = before(trace.loadedBefore()[key]);
      touchedAt[key] = before(trace.readBefore()[key]);
      isSeen[key] = loadedAt[key] != NEVER;
    }
  }

  private static long before(int tick) {
    return tick == Followed.NEVER ? NEVER : tick;
  }

  /**
   * The run with the terms that held: what the others are compared with. Where L1 is too small for all,
   * it is taken to have so much room that its hits come to what they were: that makes good what the model
   * and the few keys of the sample are off by.
   */
  static Replay first(Trace trace, WorkingSet set, Terms terms) {
    Replay plain = first(trace, set, terms, 1);
    if (plain.stay == WorkingSet.EVER) {
      return plain;
    }
    double low = 1 / MOST_ROOM;
    double high = MOST_ROOM;
    Replay best = plain;
    for (int step = 0; step < ROOM_STEPS; step++) {
      double room = step == 0 ? 1 : Math.sqrt(low * high);
      Replay next = step == 0 ? plain : first(trace, set, terms, room);
      if (next.miss() < best.miss()) {
        best = next;
      }
      if (next.l1Hits > next.l1Seen) {
        high = room;
      } else {
        low = room;
      }
    }
    return best;
  }

  private static Replay first(Trace trace, WorkingSet set, Terms terms, double room) {
    Replay replay = new Replay(trace, set, terms, room, new boolean[trace.size()], true);
    replay.run();
    return replay;
  }

  /** By how many hits of L1 it is off. */
  private double miss() {
    return Math.abs(l1Hits - l1Seen);
  }

  /** A run with other terms, after this one. */
  Outcome other(Terms others) {
    Replay replay = new Replay(trace, set, others, room, lost, false);
    replay.run();
    return replay.outcome();
  }

  private void run() {
    for (int i = 0; i < trace.size(); i++) {
      int key = trace.key()[i];
      long at = trace.at()[i];
      switch (trace.kind(i)) {
        case Events.LOADED -> loaded(i, key, at, false);
        case Events.WRITTEN -> loaded(i, key, at, true);
        case Events.FOUND -> found(i, key, at);
        default -> read(i, key, at);
      }
    }
    for (int key = 0; key < trace.keys(); key++) {
      leave(key, trace.to());
    }
  }

  // ---- entries

  private long ttlOf(int key) {
    return ownTtl[key] > 0 ? ownTtl[key] : ttl;
  }

  private long lifeOf(int key) {
    return ttlOf(key) + (isAbsent[key] ? 0 : kept);
  }

  private boolean isThere(int key, long at) {
    return loadedAt[key] != NEVER
        && at - loadedAt[key] < ttlOf(key) + (isAbsent[key] ? 0 : stale)
        && (idle == 0 || at - usedAt(key) < idle)
        && (terms.isShared() || at - usedAt(key) < stay);
  }

  private long usedAt(int key) {
    return Math.max(touchedAt[key], loadedAt[key]);
  }

  /** The time up to now that the entry was kept is added up. */
  private void leave(int key, long at) {
    if (loadedAt[key] != NEVER) {
      long end = Math.min(at, loadedAt[key] + lifeOf(key));
      if (!terms.isShared()) {
        end = Math.min(end, usedAt(key) + stay);
      }
      held.add(key, loadedAt[key], end);
    }
  }

  private void enter(int key, long at, long own) {
    leave(key, at);
    loadedAt[key] = at;
    ownTtl[key] = own;
    touchedAt[key] = Math.max(touchedAt[key], at);
    isAwaited[key] = false;
  }

  private void drop(int key, long at) {
    leave(key, at);
    loadedAt[key] = NEVER;
  }

  private void loaded(int event, int key, long at, boolean isWritten) {
    held.bytes(key, trace.amount()[event]);
    if (isWritten || isAwaited[key] || !isThere(key, at)) {
      enter(key, at, trace.until()[event]);
      isAbsent[key] = trace.has(event, Events.ABSENT);
    }
    isSeen[key] = true;
  }

  private void found(int event, int key, long at) {
    held.bytes(key, trace.amount()[event]);
    long since = at - trace.until()[event];
    if (!isThere(key, at) || loadedAt[key] < since) {
      leave(key, at);
      loadedAt[key] = since;
      isAbsent[key] = trace.has(event, Events.ABSENT);
      isAwaited[key] = false;
    }
    isSeen[key] = true;
  }

  // ---- reads

  private void read(int event, int key, long at) {
    int kind = trace.kind(event);
    boolean wasMiss = kind >= Events.MISS;
    int more = trace.amount()[event] - 1;
    long until = Math.max(at, trace.until()[event]);
    if (kind == Events.ENDED || lost[event]) {
      drop(key, at);
    } else if (isFirst && kind == Events.MISS && isLost(key, at)) {
      lost[event] = true;
      drop(key, at);
    }
    if (!isSeen[key] && !(wasMiss && trace.isNew()[key])) {
      // It may have been there for long, or may have been there under other terms.
      if (wasMiss) {
        isAwaited[key] = true;
      } else {
        enter(key, at, 0);
      }
    } else {
      l1Seen += kind == Events.L1 ? 1 : 0;
      // What another process has loaded since it was read here is not in this one's L1.
      boolean inL1 = at - touchedAt[key] < stay && touchedAt[key] >= loadedAt[key];
      if (isThere(key, at)) {
        hit(key, at, 1, inL1);
      } else {
        missed(key, at, wasMiss);
      }
    }
    isSeen[key] = true;
    touchedAt[key] = at;
    if (more > 0) {
      l1Seen += kind == Events.L1 ? more : 0;
      rest(key, at, until, more, wasMiss);
      touchedAt[key] = until;
    }
  }

  /** Whether an entry that should have been below L1 was not. */
  private boolean isLost(int key, long at) {
    double surely = 1 - terms.jitter() / 2;
    return terms.isShared()
        && loadedAt[key] != NEVER
        && !isAwaited[key]
        && at - loadedAt[key] < ttlOf(key) * (ownTtl[key] > 0 ? 1 : surely) - 1;
  }

  private void hit(int key, long at, long times, boolean inL1) {
    reads += times;
    hits += times;
    l1Hits += inL1 ? times : 0;
    long age = at - loadedAt[key];
    boolean isEarly = terms.earlyRefresh() > 0 && age >= terms.earlyRefresh() * ttlOf(key);
    if (age >= ttlOf(key) || isEarly) {
      // Refreshed in the background.
      enter(key, at, ownTtl[key]);
    }
  }

  private void missed(int key, long at, boolean wasMiss) {
    reads++;
    drop(key, at);
    if (wasMiss) {
      isAwaited[key] = true;
    } else {
      enter(key, at, ownTtl[key]);
    }
  }

  /** The reads of a run after the first: they are taken to come at random, so many in that time. */
  private void rest(int key, long at, long until, int more, boolean wasMiss) {
    if (wasMiss && isAwaited[key]) {
      reads += more;
      return;
    }
    double pause = (double) (until - at) / more;
    double inL1 = set.shareBelow(stay, pause);
    double period = ttlOf(key) + pause;
    long over = until - (loadedAt[key] + ttlOf(key));
    long ends = over < 0 ? 0 : Math.min(more, 1 + (long) (over / Math.max(1, period)));
    boolean isBridged = (!isAbsent[key] && stale > pause) || terms.earlyRefresh() > 0;
    double misses = isBridged ? 0 : ends;
    if (!terms.isShared()) {
      misses = Math.max(misses, more * (1 - inL1));
      ends = Math.max(ends, Math.round(misses));
    }
    if (ends > 0) {
      enter(key, Math.min(until, loadedAt[key] + (long) (ends * period)), ownTtl[key]);
    }
    reads += more;
    hits += more - misses;
    l1Hits += (more - misses) * (terms.isShared() ? inL1 : 1);
  }

  // ---- what it came to

  Outcome outcome() {
    double count = reads;
    double answered = hits;
    double near = l1Hits;
    if (trace.share() < 1) {
      // How many reads a sample of keys has depends on which of the hot keys are in it, and those
      // are
      // hits under any terms: what it has too few or too many is put right there.
      double missing = trace.lookups() * trace.share() - trace.reads();
      missing = Math.max(missing, -Math.min(near, answered));
      count += missing;
      answered += missing;
      near += missing;
    }
    return new Outcome(
        terms.ttlMillis(),
        terms.l1MaxEntries(),
        count / trace.share(),
        answered / trace.share(),
        near / trace.share(),
        held.entries() / trace.share(),
        held.bytes() < 0 ? -1 : held.bytes() / trace.share());
  }
}
