package dev.larder.manage;

import java.util.List;

/**
 * A trial of other ttls that somebody wants.
 *
 * @param cache name
 * @param ttlMillis ttls to try, 1 to {@value #MOST_TTLS} of them, each 1 ms to 366 days and not the policy's
 * @param share percentage of the keys that each of them gets, 1 or more; together at most {@value
 *     #MOST_SHARE}, so that enough keep the policy's ttl to compare with
 * @param lengthMillis after this it ends by itself: twice the longest ttl to 30 days; 0 for an hour, or
 *     four times the longest ttl where that is more
 */
public record TrialPlan(String cache, List<Long> ttlMillis, int share, long lengthMillis) {

  /** Most ttls in one trial. */
  public static final int MOST_TTLS = 4;

  /** Most percent of the keys that may have another ttl than the policy's. */
  public static final int MOST_SHARE = 90;

  /** Share of the keys for each ttl where nobody says another. */
  public static final int USUAL_SHARE = 10;

  /** Copies. */
  public TrialPlan {
    ttlMillis = List.copyOf(ttlMillis);
  }
}
