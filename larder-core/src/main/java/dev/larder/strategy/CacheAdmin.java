package dev.larder.strategy;

import dev.larder.Acknowledgement;
import dev.larder.Cache;
import dev.larder.Larder;
import dev.larder.stats.CacheStats;
import dev.larder.stats.TierStats;
import java.util.List;

/**
 * What an administrator asks of the namespaces of one larder: whether they are well, what they hold,
 * and to empty one. Figures are this process's own. Safe for many threads.
 */
public final class CacheAdmin {

  private final Larder larder;

  private CacheAdmin(Larder larder) {
    this.larder = larder;
  }

  /** Administers a larder's namespaces. */
  public static CacheAdmin of(Larder larder) {
    return new CacheAdmin(larder);
  }

  /**
   * How the shared tiers are.
   *
   * @param isHealthy whether every log was just proved current and no tier is skipped; true without a
   *     shared tier
   * @param tiers each of them, nearest first
   * @param waitingInvalidations invalidations that wait for a log that does not answer
   */
  public record Health(boolean isHealthy, List<TierStats> tiers, int waitingInvalidations) {}

  /** Asks every log now. One round trip to each; at most the larder's log time-out. */
  public Health health() {
    boolean isProved = larder.catchUp().toCompletableFuture().join();
    List<TierStats> tiers = larder.tiers();
    return new Health(
        isProved && tiers.stream().noneMatch(TierStats::isDegraded),
        tiers,
        larder.waitingInvalidations());
  }

  /**
   * What the namespaces have done and hold.
   *
   * @param namespaces one each, in the order they were made
   * @param entriesInL1 entries in memory, together; an estimate
   * @param heapBytes memory that this process uses now, of which L1 is a part
   */
  public record Stats(List<CacheStats> namespaces, long entriesInL1, long heapBytes) {

    /** Share of lookups that a tier answered, over all namespaces; 0 when there were none. */
    public double hitRate() {
      long requests = namespaces.stream().mapToLong(CacheStats::requests).sum();
      long hits = namespaces.stream().mapToLong(CacheStats::hits).sum();
      return requests == 0 ? 0 : (double) hits / requests;
    }
  }

  /** The statistics. No I/O. */
  public Stats stats() {
    List<CacheStats> namespaces = larder.stats();
    Runtime runtime = Runtime.getRuntime();
    return new Stats(
        namespaces,
        namespaces.stream().mapToLong(CacheStats::l1Size).sum(),
        runtime.totalMemory() - runtime.freeMemory());
  }

  /**
   * Ends all entries of one namespace on all nodes, and no other's. One record, however many.
   *
   * @throws IllegalArgumentException if there is no namespace of this name
   */
  public Acknowledgement clear(String namespace) {
    Cache<?, ?> cache = larder
        .find(namespace)
        .orElseThrow(() -> new IllegalArgumentException(
            "there is no namespace " + namespace + "; there are " + larder.cacheNames()));
    return cache.clear();
  }
}
