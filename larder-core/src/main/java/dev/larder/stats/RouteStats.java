package dev.larder.stats;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a cache of HTTP responses did for one route since the process started. Each request that the
 * route's rule is for counts once, in one of hits, collapsed, stored, stand-ins, not stored and bypassed.
 *
 * <p>Names of reasons and inputs are bounded in number and length; what is over that is counted under
 * {@link #OTHERS}. Values of a request are never in them.
 *
 * @param route the handler and its pattern, never a path
 * @param cache the cache of its responses
 * @param hits answered from the cache, stale ones included
 * @param staleHits those of the hits that were past their ttl
 * @param collapsed answered by the run of the handler for another request
 * @param stored the handler ran, and its response was stored
 * @param confirmed those of the stored for which the handler answered that the old body still holds (304)
 * @param standIns a stale response stood in for a handler that failed
 * @param notModified answers of any kind that told the client to keep what it has (304)
 * @param bypassed requests that went round the cache, by reason
 * @param notStored runs whose response was not stored, by reason
 * @param unkeyed runs that read an input which is not in the key, by name of the input; such a run is
 *     among those not stored
 * @param variants how many different sets of keyed headers ({@code Vary}) were seen, an estimate; {@value
 *     #MOST_VARIANTS} stands for that and more
 */
public record RouteStats(
    String route,
    String cache,
    long hits,
    long staleHits,
    long collapsed,
    long stored,
    long confirmed,
    long standIns,
    long notModified,
    Map<String, Long> bypassed,
    Map<String, Long> notStored,
    Map<String, Long> unkeyed,
    int variants) {

  /** What reasons, inputs and routes beyond the bound are counted under. */
  public static final String OTHERS = "others";

  /** The greatest estimate of variants. */
  public static final int MOST_VARIANTS = 1_000;

  /** Requests that the rule was for. */
  public long requests() {
    return hits + collapsed + stored + standIns + sum(bypassed) + sum(notStored);
  }

  /** The figures of two nodes together; of variants, which may be the same ones, the greater. */
  public RouteStats plus(RouteStats other) {
    return new RouteStats(
        route,
        cache,
        hits + other.hits,
        staleHits + other.staleHits,
        collapsed + other.collapsed,
        stored + other.stored,
        confirmed + other.confirmed,
        standIns + other.standIns,
        notModified + other.notModified,
        plus(bypassed, other.bypassed),
        plus(notStored, other.notStored),
        plus(unkeyed, other.unkeyed),
        Math.max(variants, other.variants));
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static Map<String, Long> plus(Map<String, Long> one, Map<String, Long> other) {
    Map<String, Long> sum = new TreeMap<>(one);
    other.forEach((name, count) -> sum.merge(name, count, Long::sum));
    return sum;
  }
}
