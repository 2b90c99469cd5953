package dev.larder.internal.advise;

import dev.larder.internal.advise.CacheTraffic.Entries;
import dev.larder.manage.Advice;
import dev.larder.manage.Advice.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the traffic of one cache says could be better. Pure. */
public final class SampledAdvice {

  /** Sampled reads without which there is no advice. */
  public static final long LEAST_READS = 400;

  private static final long LEAST_ENTRIES = 100;
  private static final long LEAST_COMPARED = 20;

  /** What a smaller setting may cost, and what a larger one has to bring: shares of all reads. */
  private static final double COST = 0.005;

  private static final double GAIN = 0.05;

  /** What a smaller setting has to free. */
  private static final double FREED = 0.2;

  private static final double MOST = 0.5;
  private static final double FEW = 0.1;

  private final CacheTraffic traffic;
  private final List<Advice> advice = new ArrayList<>();

  /** A setting that takes less room and costs few hits, in words and as what to set; empty if none does. */
  private String smaller = "";

  private Map<String, String> smallerSettings = Map.of();

  private SampledAdvice(CacheTraffic traffic) {
    this.traffic = traffic;
  }

  /** Whether there are enough reads to say anything. */
  public static boolean isEnough(CacheTraffic traffic) {
    return traffic.reads() >= LEAST_READS;
  }

  /** What a sample has too little of for all advice that there is, and since when it is; empty if it is enough. */
  public static String lacking(CacheTraffic traffic) {
    if (traffic.reads() == 0) {
      return "no lookup was sampled yet";
    }
    String since = "since its sample began " + Words.about(traffic.windowMillis()) + " ago";
    if (!isEnough(traffic)) {
      return Words.count(traffic.reads()) + (traffic.reads() == 1 ? " lookup " : " lookups ")
          + since + ", where advice needs " + LEAST_READS;
    }
    return reachesBackOneTtl(traffic)
        ? ""
        : Words.count(traffic.reads()) + " lookups " + since
            + ", where advice on ttl, size and unread entries needs one ttl, "
            + Words.time(traffic.now().ttlMillis());
  }

  private static boolean reachesBackOneTtl(CacheTraffic traffic) {
    return traffic.windowMillis() >= traffic.now().ttlMillis();
  }

  /** The advice; none if there are too few reads. */
  public static List<Advice> of(CacheTraffic traffic) {
    SampledAdvice all = new SampledAdvice(traffic);
    if (isEnough(traffic)) {
      all.ttl();
      all.size();
      all.unread();
      all.large();
      all.tags();
      all.changes();
    }
    return all.advice;
  }

  private void add(Kind kind, String sentence, Map<String, String> settings) {
    advice.add(new Advice(
        traffic.cache(),
        kind,
        traffic.cache() + ": " + sentence + " (" + restsOn() + ")",
        settings,
        traffic.reads()));
  }

  private String restsOn() {
    return "of " + Words.count(traffic.reads()) + " sampled reads, "
        + Words.percent(traffic.share()) + " of keys, in " + Words.about(traffic.windowMillis())
        + (traffic.nodes() > 1 ? ", on " + traffic.nodes() + " nodes" : "");
  }

  // ---- ttl

  private void ttl() {
    Outcome now = traffic.now();
    if (!reachesBackOneTtl(traffic)) {
      return;
    }
    Optional<Outcome> shorter = Optional.empty();
    Optional<Outcome> longer = Optional.empty();
    for (Outcome then : traffic.others()) {
      if (then.ttlMillis() < now.ttlMillis()) {
        boolean isCheap = now.hitRate() - then.hitRate() < COST;
        if (isCheap && freed(now, then) >= FREED && isLess(then.ttlMillis(), shorter)) {
          shorter = Optional.of(then);
        }
      } else if (then.ttlMillis() > now.ttlMillis()) {
        boolean isSeen = traffic.windowMillis() >= 2 * then.ttlMillis();
        boolean isWorthIt = then.hitRate() - now.hitRate() >= GAIN;
        if (isSeen && isWorthIt && seldomChanges() && isLess(then.ttlMillis(), longer)) {
          longer = Optional.of(then);
        }
      }
    }
    if (longer.isPresent()) {
      Outcome then = longer.get();
      Entries entries = traffic.entries();
      add(
          Kind.TTL,
          ttlAndRate(now, then) + "; " + entries.changed() + " of "
              + Words.count(entries.compared()) + " values had changed when they were loaded anew",
          Map.of("ttl", Words.setting(then.ttlMillis())));
    } else if (shorter.isPresent()) {
      Outcome then = shorter.get();
      Map<String, String> settings = Map.of("ttl", Words.setting(then.ttlMillis()));
      add(Kind.TTL, ttlAndRate(now, then) + ", " + room(now, then) + " freed", settings);
      smaller = "a ttl of " + Words.time(then.ttlMillis());
      smallerSettings = settings;
    }
  }

  private static boolean isLess(long ttl, Optional<Outcome> than) {
    return than.isEmpty() || ttl < than.get().ttlMillis();
  }

  private static double freed(Outcome now, Outcome then) {
    return now.entries() <= 0
        ? 0
        : now.bytes() > 0 ? 1 - then.bytes() / now.bytes() : 1 - then.entries() / now.entries();
  }

  private static String room(Outcome now, Outcome then) {
    return now.bytes() > 0
        ? Words.bytes(Math.round(now.bytes() - then.bytes()))
        : Words.count(Math.round(now.entries() - then.entries())) + " entries";
  }

  private static String ttlAndRate(Outcome now, Outcome then) {
    return "ttl " + Words.time(now.ttlMillis()) + " → " + Words.time(then.ttlMillis())
        + ": hit rate " + Words.points(now.hitRate()) + " → " + Words.percent(then.hitRate());
  }

  private boolean seldomChanges() {
    Entries entries = traffic.entries();
    return entries.compared() >= LEAST_COMPARED && entries.changed() <= FEW * entries.compared();
  }

  // ---- size

  private void size() {
    Outcome now = traffic.now();
    if (now.l1MaxEntries() == 0 || !reachesBackOneTtl(traffic)) {
      return;
    }
    Optional<Outcome> larger = Optional.empty();
    Optional<Outcome> less = Optional.empty();
    for (Outcome then : traffic.others()) {
      double gain = rate(then) - rate(now);
      if (then.l1MaxEntries() > now.l1MaxEntries()) {
        if (gain >= GAIN && isSmaller(then, larger)) {
          larger = Optional.of(then);
        }
      } else if (then.l1MaxEntries() < now.l1MaxEntries()) {
        double held = (double) traffic.l1Size() / traffic.nodes();
        boolean frees = held > 0 && 1 - then.l1MaxEntries() / held >= FREED;
        if (-gain < COST && frees && isSmaller(then, less)) {
          less = Optional.of(then);
        }
      }
    }
    larger.ifPresent(then -> sized(now, then, ""));
    if (larger.isEmpty()) {
      less.ifPresent(then -> {
        Map<String, String> settings = sized(
            now,
            then,
            ", "
                + Words.count(traffic.l1Size() - then.l1MaxEntries() * traffic.nodes())
                + " entries freed");
        if (smaller.isEmpty()) {
          smaller = "an L1 of " + Words.count(then.l1MaxEntries()) + " entries";
          smallerSettings = settings;
        }
      });
    }
  }

  private static boolean isSmaller(Outcome then, Optional<Outcome> than) {
    return than.isEmpty() || then.l1MaxEntries() < than.get().l1MaxEntries();
  }

  /** Of a cache with tiers below, L1's own hits are what its size decides. */
  private double rate(Outcome outcome) {
    return traffic.terms().isShared() ? outcome.l1HitRate() : outcome.hitRate();
  }

  private Map<String, String> sized(Outcome now, Outcome then, String more) {
    Map<String, String> settings = Map.of("l1-max-entries", Long.toString(then.l1MaxEntries()));
    add(
        Kind.SIZE,
        "L1 of " + Words.count(now.l1MaxEntries()) + " → " + Words.count(then.l1MaxEntries())
            + " entries: " + (traffic.terms().isShared() ? "hit rate of L1 " : "hit rate ")
            + Words.points(rate(now)) + " → " + Words.percent(rate(then)) + more,
        settings);
    return settings;
  }

  // ---- entries

  private void unread() {
    Entries entries = traffic.entries();
    boolean isLeak = entries.volatileKeys() >= LEAST_ENTRIES
        && entries.volatileKeys() >= MOST * traffic.keys()
        && entries.volatileAgain() <= FEW * entries.volatileKeys();
    if (isLeak) {
      add(
          Kind.VOLATILE_KEY,
          Words.percent((double) entries.volatileKeys() / traffic.keys())
              + " of its keys have a time or a random id in them, and "
              + Words.count(entries.volatileKeys() - entries.volatileAgain()) + " of "
              + Words.count(entries.volatileKeys())
              + " were never asked for again; leave that part out of the key",
          Map.of());
    }
    // Before that the ends which were seen are those of entries that ended early.
    if (entries.ended() < LEAST_ENTRIES || !reachesBackOneTtl(traffic)) {
      return;
    }
    if (entries.neverRead() >= MOST * entries.ended()) {
      if (!isLeak) {
        neverRead(entries);
      }
    } else if (entries.readOnce() >= MOST * entries.ended() && !smaller.isEmpty()) {
      add(
          Kind.READ_ONCE,
          ofEntries(entries.readOnce()) + " were read once between their fill and their end"
              + here() + takesRoom(),
          smallerSettings);
    }
  }

  /**
   * Such an entry takes up room, and time only if nobody had asked for its load. So where it was asked for
   * there is something to do if less room costs few hits, and else nothing.
   */
  private void neverRead(Entries entries) {
    String what =
        ofEntries(entries.neverRead()) + " were not read between their fill and their end" + here();
    if (entries.unasked() >= MOST * entries.neverRead()) {
      add(
          Kind.NEVER_READ,
          what + "; " + Words.count(entries.unasked()) + " of these "
              + Words.count(entries.neverRead())
              + " were written, warmed up or refreshed with nobody asking for them, so fill fewer",
          Map.of());
    } else if (!smaller.isEmpty()) {
      add(Kind.NEVER_READ, what + takesRoom(), smallerSettings);
    }
  }

  private String ofEntries(long some) {
    Entries entries = traffic.entries();
    return Words.percent((double) some / entries.ended()) + " of " + Words.count(entries.ended())
        + " entries";
  }

  /** Nodes do not tell which entries of others they read. */
  private String here() {
    return traffic.nodes() > 1 ? ", on the node that filled them" : "";
  }

  private String takesRoom() {
    return "; that costs room and no time, and " + smaller + ", as advised, frees some";
  }

  private void large() {
    Entries entries = traffic.entries();
    if (entries.large() > 0) {
      add(
          Kind.TOO_BIG,
          Words.count(entries.large()) + " of " + Words.count(entries.stored())
              + " values are larger than " + Words.bytes(1_000_000) + ", the largest "
              + Words.bytes(entries.largest()) + "; load less, or split them",
          Map.of());
    }
  }

  private void tags() {
    Entries entries = traffic.entries();
    if (entries.stored() >= LEAST_ENTRIES
        && entries.untagged() == entries.stored()
        && entries.invalidated() == 0
        && traffic.invalidations() == 0) {
      add(
          Kind.NO_TAGS,
          "its entries have no tag and nothing has invalidated one, so only time ends them: what"
              + " changes is served for up to " + Words.time(traffic.terms().ttlMillis()),
          Map.of());
    }
  }

  private void changes() {
    Entries entries = traffic.entries();
    if (entries.compared() >= LEAST_COMPARED && entries.changed() >= MOST * entries.compared()) {
      add(
          Kind.CHANGES_FASTER,
          Words.count(entries.changed()) + " of " + Words.count(entries.compared())
              + " values had changed when their ttl of "
              + Words.time(traffic.terms().ttlMillis())
              + " was over and they were loaded anew; invalidate them where they are written, or"
              + " shorten the ttl",
          Map.of());
    }
  }
}
