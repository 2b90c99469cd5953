package dev.larder.showcase.halfnote.domain;

import java.util.List;

/**
 * One page of a feed, newest first.
 *
 * @param owner whose feed
 * @param kind which of the three
 * @param activities at most {@value #PAGE}
 * @param followees for the first page of a friends feed, the ids of everybody followed when it was
 *     read, ascending; empty otherwise. The cache derives its tags from them.
 */
public record Feed(long owner, FeedKind kind, List<Activity> activities, List<Long> followees) {
  /** The most activities on a page. */
  public static final int PAGE = 20;

  public Feed {
    activities = List.copyOf(activities);
    followees = List.copyOf(followees);
  }
}
