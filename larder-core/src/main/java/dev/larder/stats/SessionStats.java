package dev.larder.stats;

/**
 * What one node did with HTTP sessions since it started, and how many there are in their store. No id, no
 * digest of one and no name of a principal is in it.
 *
 * @param where where sessions lie, in words
 * @param living sessions in the store that have not ended, of all nodes; {@value #UNKNOWN} where that can't
 *     be counted cheaply; {@value #MOST_LIVING} stands for that and more
 * @param created sessions that were stored for the first time
 * @param deleted sessions that were ended by a log-out or by the application
 * @param expired sessions that ended unused and that this node removed; 0 where the store drops them
 * @param idChanges sessions that were given another id, as at a log-in
 * @param refused changes that were dropped, since the session had been ended meanwhile
 * @param fromCache reads that the cache before the store answered
 * @param fromStore reads that the store answered
 * @param absent reads of ids that nobody has
 * @param failures reads and changes that failed, since the store did not answer
 * @param outages how often the cache before the store was skipped for a time, while the store went on
 * @param isSkipping whether it is skipped now
 * @param waitingDeletions sessions that were ended here, of which the store does not know yet
 */
public record SessionStats(
    String where,
    long living,
    long created,
    long deleted,
    long expired,
    long idChanges,
    long refused,
    long fromCache,
    long fromStore,
    long absent,
    long failures,
    long outages,
    boolean isSkipping,
    long waitingDeletions) {

  /** Stands for a number of living sessions that was not counted. */
  public static final long UNKNOWN = -1;

  /** The greatest number of living sessions that is counted. */
  public static final long MOST_LIVING = 100_000;
}
