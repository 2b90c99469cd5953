package dev.larder.internal.advise;

/**
 * What became of entries between their fill on a node and their end: how many were read there, how often.
 * A read is a lookup that the entry answered; neither the one that led to its load is one, nor one that
 * came after its end. Counted from what happened, and not from a replay, which has other fills. Pure.
 *
 * <p>Counted are entries whose fill and whose end are in the trace. An entry ends when it is invalidated,
 * when its time is over, or when it makes room for another. A miss alone ends none: who waits for a load
 * is told after it, and the entry is there.
 */
final class Fates {

  private static final long NEVER = Long.MIN_VALUE / 4;

  /** By how much the clock of a store may be off that tells how old an entry is. */
  private static final long CLOCKS = Ticks.ofMillis(100);

  private final Trace trace;
  private final Terms terms;
  private final long ttl;
  private final boolean[] isOpen;
  private final boolean[] isAsked;
  private final boolean[] isAbsent;

  /** Whether a lookup has wanted a load since. */
  private final boolean[] isWanted;

  private final long[] since;
  private final long[] touched;
  private final long[] ownTtl;
  private final long[] reads;
  private long ended;
  private long never;
  private long once;
  private long unasked;

  private Fates(Trace trace, Terms terms) {
    this.trace = trace;
    this.terms = terms;
    this.ttl = Ticks.ofMillis(Math.round(terms.ttlMillis() * (1 - terms.jitter() / 2)));
    this.isOpen = new boolean[trace.keys()];
    this.isAsked = new boolean[trace.keys()];
    this.isAbsent = new boolean[trace.keys()];
    this.isWanted = new boolean[trace.keys()];
    this.since = new long[trace.keys()];
    this.touched = new long[trace.keys()];
    this.ownTtl = new long[trace.keys()];
    this.reads = new long[trace.keys()];
    for (int key = 0; key < trace.keys(); key++) {
      int before = trace.loadedBefore()[key];
      since[key] = before == Followed.NEVER ? NEVER : before;
    }
  }

  /** The fates of a trace's entries, under the terms that held. */
  static Fates of(Trace trace, Terms terms) {
    Fates fates = new Fates(trace, terms);
    fates.run();
    return fates;
  }

  private void run() {
    for (int i = 0; i < trace.size(); i++) {
      int key = trace.key()[i];
      long at = trace.at()[i];
      switch (trace.kind(i)) {
        case Events.LOADED, Events.WRITTEN -> filled(i, key, at);
        case Events.FOUND -> found(i, key, at - trace.until()[i]);
        case Events.ENDED -> {
          end(key);
          isWanted[key] = true;
        }
        case Events.MISS -> isWanted[key] = true;
        default -> read(key, Math.max(at, trace.until()[i]), trace.amount()[i]);
      }
    }
    for (int key = 0; key < trace.keys(); key++) {
      if (isOver(key)) {
        end(key);
      }
    }
  }

  private void filled(int event, int key, long at) {
    end(key);
    isOpen[key] = true;
    isAsked[key] = isWanted[key];
    isWanted[key] = false;
    isAbsent[key] = trace.has(event, Events.ABSENT);
    since[key] = at;
    touched[key] = at;
    ownTtl[key] = trace.until()[event];
    reads[key] = 0;
  }

  private void found(int event, int key, long made) {
    if (isOpen[key] && made <= since[key] + CLOCKS) {
      return;
    }
    // Another process has filled the key: what this one had is at its end, what is there is that
    // one's.
    end(key);
    isAbsent[key] = trace.has(event, Events.ABSENT);
    since[key] = made;
    ownTtl[key] = 0;
  }

  private void read(int key, long until, long times) {
    reads[key] += times;
    touched[key] = until;
    // A reader of an entry that is due has it refreshed, which asks for the load as a miss does.
    isWanted[key] = since[key] != NEVER && until - since[key] >= dueAfter(key);
  }

  /** Age from which a hit may start a refresh. */
  private double dueAfter(int key) {
    double share = terms.earlyRefresh() > 0 ? terms.earlyRefresh() : 1;
    return ownTtl[key] > 0
        ? ownTtl[key] * share
        : Ticks.ofMillis(terms.ttlMillis()) * (1 - terms.jitter()) * share;
  }

  private boolean isOver(int key) {
    long life = (ownTtl[key] > 0 ? ownTtl[key] : ttl)
        + (isAbsent[key] ? 0 : Ticks.ofMillis(terms.keptMillis()));
    long idle = Ticks.ofMillis(terms.idleMillis());
    return since[key] + life <= trace.to() || (idle > 0 && touched[key] + idle <= trace.to());
  }

  private void end(int key) {
    if (!isOpen[key]) {
      return;
    }
    isOpen[key] = false;
    ended++;
    if (reads[key] == 0) {
      never++;
      unasked += isAsked[key] ? 0 : 1;
    } else if (reads[key] == 1) {
      once++;
    }
  }

  /** Entries whose end is known. */
  long ended() {
    return ended;
  }

  /** Those of them that nobody read after they were filled. */
  long never() {
    return never;
  }

  /** Those of them that were read once after that. */
  long once() {
    return once;
  }

  /** Those that nobody read, and that no lookup had led to. */
  long unasked() {
    return unasked;
  }
}
