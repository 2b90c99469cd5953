package dev.larder.spring.session;

import dev.larder.stats.SessionStats;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where sessions lie. All methods block; safe for many threads. Sessions past their time may still be
 * returned: the caller looks at the clock.
 *
 * <p>Each method throws {@link dev.larder.TierUnavailableException} if the store did not answer. The
 * change may then have happened or not.
 */
interface SessionStore extends AutoCloseable {

  /** Stores a new session. */
  void create(StoredSession session);

  /** The session of a digest, or null. */
  @Nullable StoredSession find(String digest);

  /**
   * Merges a change into the session, atomically. After a change of the id nothing is to be found by
   * the old one.
   *
   * @return false if there is no such session; nothing was stored then
   */
  boolean change(String digest, SessionChange change);

  /** Ends a session, if it is there. */
  void delete(String digest);

  /** The sessions of a principal, by the digest of its name. */
  List<StoredSession> ofPrincipal(String principal);

  /**
   * Removes sessions that ended before a time.
   *
   * @param most how many at once
   * @return those removed by this call, and by no other node; fewer than {@code most} if there are no
   *     more. Empty where the store drops them by itself
   */
  List<StoredSession> removeExpired(long now, int most);

  /**
   * How many sessions have not ended at a time, of all nodes, up to {@link SessionStats#MOST_LIVING}; {@link
   * SessionStats#UNKNOWN} where that is dear to find out.
   */
  default long living(long now) {
    return SessionStats.UNKNOWN;
  }

  /** Sessions that were read from the store itself; negative where nothing stands before it. */
  default long foundInStore() {
    return -1;
  }

  /** Whether there is a cache before the store and it is skipped now. No I/O. */
  default boolean isSkippingCache() {
    return false;
  }

  /** In words, for the line at the start. */
  String description();

  @Override
  void close();
}
