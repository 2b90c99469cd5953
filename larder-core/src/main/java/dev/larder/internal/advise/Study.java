package dev.larder.internal.advise;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Replays a trace with the present terms and others, and counts what became of entries. Pure. */
public final class Study {

  /** An entry of more bytes is large. */
  public static final long LARGE = 1_000_000;

  private static final long LONGEST_TTL = 366L * 86_400_000;

  private final String cache;
  private final Terms terms;
  private final Trace trace;
  private final long ageMillis;
  private final long l1Size;
  private final long invalidations;

  private Study(
      String cache, Terms terms, Trace trace, long ageMillis, long l1Size, long invalidations) {
    this.cache = cache;
    this.terms = terms;
    this.trace = trace;
    this.ageMillis = ageMillis;
    this.l1Size = l1Size;
    this.invalidations = invalidations;
  }

  /**
   * A study of what was seen so far.
   *
   * @param l1Size entries in L1
   * @param invalidations asked for through the cache
   */
  public static Study of(
      String cache, Terms terms, Sampler sampler, KeyNames names, long l1Size, long invalidations) {
    return new Study(
        cache, terms, sampler.trace(names::isVolatile), sampler.ageMillis(), l1Size, invalidations);
  }

  static Study of(String cache, Terms terms, Trace trace) {
    return new Study(cache, terms, trace, trace.millis(), 0, 0);
  }

  /** Under the settings that an adviser weighs: times to live and sizes, each for itself. */
  public CacheTraffic usual() {
    Set<Question> questions = new LinkedHashSet<>();
    for (int shorter : new int[] {2, 3, 5, 10, 15}) {
      questions.add(new Question(terms.ttlMillis() / shorter, 0));
    }
    for (int longer : new int[] {2, 3, 6, 12, 24}) {
      questions.add(new Question(Math.min(LONGEST_TTL, terms.ttlMillis() * longer), 0));
    }
    if (terms.l1MaxEntries() > 0) {
      for (int times : new int[] {2, 4, 8}) {
        questions.add(new Question(0, terms.l1MaxEntries() * times));
        questions.add(new Question(0, Math.max(1, terms.l1MaxEntries() / times)));
      }
    }
    return with(List.copyOf(questions));
  }

  /** Under these settings, in this order. */
  public CacheTraffic with(List<Question> questions) {
    WorkingSet set = new WorkingSet(trace);
    Replay first = Replay.first(trace, set, terms);
    Outcome replayed = first.outcome();
    Outcome measured = new Outcome(
        replayed.ttlMillis(),
        replayed.l1MaxEntries(),
        trace.lookups(),
        trace.hits(),
        trace.l1Hits(),
        replayed.entries(),
        replayed.bytes());
    List<Outcome> others = new ArrayList<>();
    for (Question question : questions) {
      Outcome other = first.other(terms.with(
          question.ttlMillis() > 0 ? question.ttlMillis() : terms.ttlMillis(),
          question.l1MaxEntries() > 0 ? question.l1MaxEntries() : terms.l1MaxEntries()));
      others.add(other.from(replayed, measured));
    }
    return new CacheTraffic(
        cache,
        terms,
        1,
        trace.millis(),
        ageMillis,
        trace.share(),
        trace.keys(),
        trace.reads(),
        replayed.hitRate(),
        measured,
        others,
        entries(Fates.of(trace, terms)),
        l1Size,
        invalidations);
  }

  private CacheTraffic.Entries entries(Fates fates) {
    long stored = 0;
    long untagged = 0;
    long invalidated = 0;
    long changed = 0;
    long same = 0;
    long large = 0;
    long largest = 0;
    for (int i = 0; i < trace.size(); i++) {
      if (trace.isRead(i)) {
        invalidated += trace.kind(i) == Events.ENDED ? 1 : 0;
        continue;
      }
      stored++;
      untagged += trace.has(i, Events.UNTAGGED) ? 1 : 0;
      changed += trace.has(i, Events.CHANGED) ? 1 : 0;
      same += trace.has(i, Events.SAME) ? 1 : 0;
      large += trace.amount()[i] > LARGE ? 1 : 0;
      largest = Math.max(largest, trace.amount()[i]);
    }
    long volatileKeys = 0;
    long again = 0;
    long[] reads = readsByKey();
    for (int key = 0; key < trace.keys(); key++) {
      if (trace.isVolatile()[key]) {
        volatileKeys++;
        again += reads[key] > 1 ? 1 : 0;
      }
    }
    return new CacheTraffic.Entries(
        fates.ended(),
        fates.never(),
        fates.once(),
        fates.unasked(),
        stored,
        untagged,
        invalidated,
        changed + same,
        changed,
        large,
        largest,
        volatileKeys,
        again);
  }

  private long[] readsByKey() {
    long[] reads = new long[trace.keys()];
    for (int i = 0; i < trace.size(); i++) {
      if (trace.isRead(i)) {
        reads[trace.key()[i]] += trace.amount()[i];
      }
    }
    return reads;
  }
}
