package dev.larder.stats;

/**
 * What the requests of one endpoint did with caches since the process started.
 *
 * @param route method and pattern, as {@code GET /albums/{id}}; never a path
 * @param requests how many have ended
 * @param l1Hits lookups that L1 answered
 * @param l2Hits lookups that L2 answered
 * @param databaseHits lookups that the database tier answered
 * @param staleHits those of the hits that were past their ttl
 * @param misses lookups that no tier answered
 * @param loads loads
 * @param lookNanos time of looks below L1 that were not part of a load, nanoseconds
 * @param loadNanos time of loads that were not part of another, nanoseconds
 * @param requestNanos time of the requests, nanoseconds
 */
public record RequestStats(
    String route,
    long requests,
    long l1Hits,
    long l2Hits,
    long databaseHits,
    long staleHits,
    long misses,
    long loads,
    long lookNanos,
    long loadNanos,
    long requestNanos) {

  /** Lookups that a tier answered. */
  public long hits() {
    return l1Hits + l2Hits + databaseHits;
  }

  /** Share of lookups that a tier answered, 0 to 1; 0 when there were none. */
  public double hitRate() {
    long lookups = hits() + misses;
    return lookups == 0 ? 0 : (double) hits() / lookups;
  }

  /** The figures of two nodes together. */
  public RequestStats plus(RequestStats other) {
    return new RequestStats(
        route,
        requests + other.requests,
        l1Hits + other.l1Hits,
        l2Hits + other.l2Hits,
        databaseHits + other.databaseHits,
        staleHits + other.staleHits,
        misses + other.misses,
        loads + other.loads,
        lookNanos + other.lookNanos,
        loadNanos + other.loadNanos,
        requestNanos + other.requestNanos);
  }
}
