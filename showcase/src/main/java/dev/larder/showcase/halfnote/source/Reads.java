package dev.larder.showcase.halfnote.source;

import dev.larder.showcase.halfnote.domain.AlbumDetails;
import dev.larder.showcase.halfnote.domain.AlbumReviews;
import dev.larder.showcase.halfnote.domain.Counts;
import dev.larder.showcase.halfnote.domain.Feed;
import dev.larder.showcase.halfnote.domain.FeedCursor;
import dev.larder.showcase.halfnote.domain.FeedKind;
import dev.larder.showcase.halfnote.domain.ListDetail;
import dev.larder.showcase.halfnote.domain.People;
import dev.larder.showcase.halfnote.domain.Profile;
import dev.larder.showcase.halfnote.domain.ReviewDetail;
import dev.larder.showcase.halfnote.domain.SearchResult;
import dev.larder.showcase.halfnote.domain.UserLists;
import dev.larder.showcase.halfnote.domain.UserReviews;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything Halfnote reads. Safe for use by many threads.
 *
 * <p>Answers for a user or album that does not exist are empty, not refused: an {@link Optional}, a
 * list without lines, a count of 0.
 */
public interface Reads {
  /**
   * One page of a user's feed.
   *
   * @param before where the page before ended, or null for the first
   */
  Feed feed(long user, FeedKind kind, @Nullable FeedCursor before);

  /** Likes and comments of some reviews; every id asked for has a value. */
  Map<Long, Counts> counts(Collection<Long> reviews);

  /** A user's profile by number. */
  Optional<Profile> profile(long user);

  /** A user's profile by username. */
  Optional<Profile> profile(String username);

  /** A user's newest reviews. */
  UserReviews userReviews(long user);

  /** A user's lists, with or without the private ones. */
  UserLists userLists(long user, UserLists.View view);

  /** One list, private ones too: the caller decides who may see it. */
  Optional<ListDetail> list(long list);

  /** An album with what the slow external catalogue says about it. */
  Optional<AlbumDetails> album(long album);

  /** What was written about an album. */
  AlbumReviews albumReviews(long album);

  /** One review with its comments. */
  Optional<ReviewDetail> review(long review);

  /** Whether a user likes a review. */
  boolean liked(long review, long user);

  /** Those a user follows. */
  People following(long user);

  /** Those who follow a user. */
  People followers(long user);

  /** Whether a user follows another. */
  boolean follows(long follower, long followee);

  /** People and albums with words that begin so. */
  SearchResult search(SearchWords words);
}
