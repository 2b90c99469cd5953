package dev.larder.manage;

import dev.larder.stats.CacheStats;
import dev.larder.stats.Distribution;
import dev.larder.stats.TierStats;
import java.util.List;
import java.util.Map;

/**
 * What a node says of itself.
 *
 * @param id its id in records
 * @param host name of its machine
 * @param process process id
 * @param version of Larder
 * @param startedMillis when its larder was built
 * @param atMillis when it said this, by its own clock
 * @param state whether it knows all invalidations
 * @param waiting invalidations that wait for a log
 * @param heapUsed bytes of the process's heap in use
 * @param heapMax most bytes of the heap
 * @param policies digest of all its caches' policies: nodes whose digests differ are configured apart
 * @param freshness copies that were looked at again since it started, by kind of check
 * @param times how long hits in L1, hits below it and loads took, over all its caches
 * @param tiers its view of the shared tiers
 * @param caches what its caches have done
 * @param events its latest events, newest last
 */
public record NodeView(
    String id,
    String host,
    long process,
    String version,
    long startedMillis,
    long atMillis,
    State state,
    int waiting,
    long heapUsed,
    long heapMax,
    String policies,
    List<FreshnessCount> freshness,
    List<Distribution> times,
    List<TierStats> tiers,
    List<CacheView> caches,
    List<Event> events) {

  /** Copies of all kinds that were looked at again. */
  public long sampled() {
    return freshness.stream().mapToLong(FreshnessCount::sampled).sum();
  }

  /** Those of them that were stale. */
  public long stale() {
    return freshness.stream().mapToLong(FreshnessCount::stale).sum();
  }

  /** How current a node is. */
  public enum State {
    /** It was proved current within a second. */
    IN_SYNC,
    /** A log's tail was not proved lately: L1 is served only within each cache's bound. */
    UNSURE,
    /** Invalidations wait for a log that does not answer. */
    BEHIND
  }

  /**
   * One cache on one node.
   *
   * @param stats what it has done
   * @param policy how it is configured, for people: {@code ttl}, {@code staleFor} and so on
   * @param percent share of the keys that are cached, 0 to 100
   */
  public record CacheView(CacheStats stats, Map<String, String> policy, int percent) {}
}
