package dev.larder.internal.advise;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts together what nodes have seen of the same cache. Reads, hits and entries of L1 are added; entries
 * below L1 are those of the node that has most, since the others share them. Nodes whose terms differ from
 * those of the most are left out.
 */
public final class TrafficSums {

  private TrafficSums() {}

  /** One for each cache, in no order. */
  public static List<CacheTraffic> byCache(Collection<CacheTraffic> all) {
    Map<String, Map<Terms, CacheTraffic>> sums = new LinkedHashMap<>();
    for (CacheTraffic each : all) {
      sums.computeIfAbsent(each.cache(), cache -> new LinkedHashMap<>())
          .merge(each.terms(), each, TrafficSums::sum);
    }
    List<CacheTraffic> most = new ArrayList<>();
    for (Map<Terms, CacheTraffic> ofCache : sums.values()) {
      CacheTraffic best = null;
      for (CacheTraffic each : ofCache.values()) {
        if (best == null || each.nodes() > best.nodes()) {
          best = each;
        }
      }
      if (best != null) {
        most.add(best);
      }
    }
    return most;
  }

  private static CacheTraffic sum(CacheTraffic one, CacheTraffic other) {
    boolean isShared = one.terms().isShared();
    List<Outcome> others = new ArrayList<>();
    for (int i = 0; i < Math.min(one.others().size(), other.others().size()); i++) {
      others.add(sum(one.others().get(i), other.others().get(i), isShared));
    }
    long reads = one.reads() + other.reads();
    return new CacheTraffic(
        one.cache(),
        one.terms(),
        one.nodes() + other.nodes(),
        Math.max(one.windowMillis(), other.windowMillis()),
        age(one.ageMillis(), other.ageMillis()),
        (one.share() * one.nodes() + other.share() * other.nodes()) / (one.nodes() + other.nodes()),
        one.keys() + other.keys(),
        reads,
        reads == 0
            ? 0
            : (one.replayedHitRate() * one.reads() + other.replayedHitRate() * other.reads())
                / reads,
        sum(one.now(), other.now(), isShared),
        others,
        one.entries().and(other.entries()),
        one.l1Size() + other.l1Size(),
        one.invalidations() + other.invalidations());
  }

  private static Outcome sum(Outcome one, Outcome other, boolean isShared) {
    return new Outcome(
        one.ttlMillis(),
        one.l1MaxEntries(),
        one.reads() + other.reads(),
        one.hits() + other.hits(),
        one.l1Hits() + other.l1Hits(),
        isShared ? Math.max(one.entries(), other.entries()) : one.entries() + other.entries(),
        isShared ? Math.max(one.bytes(), other.bytes()) : bytes(one.bytes(), other.bytes()));
  }

  /** The younger of two, of which 0 is none. */
  private static long age(long one, long other) {
    return one == 0 ? other : other == 0 ? one : Math.min(one, other);
  }

  private static double bytes(double one, double other) {
    return one < 0 ? other : other < 0 ? one : one + other;
  }
}
