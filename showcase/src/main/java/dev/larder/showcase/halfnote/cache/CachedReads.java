package dev.larder.showcase.halfnote.cache;

import static dev.larder.showcase.trace.RequestTrace.reading;

import dev.larder.Larder;
import dev.larder.showcase.halfnote.domain.AlbumDetails;
import dev.larder.showcase.halfnote.domain.AlbumReviews;
import dev.larder.showcase.halfnote.domain.Counts;
import dev.larder.showcase.halfnote.domain.Feed;
import dev.larder.showcase.halfnote.domain.FeedCursor;
import dev.larder.showcase.halfnote.domain.FeedKind;
import dev.larder.showcase.halfnote.domain.ListDetail;
import dev.larder.showcase.halfnote.domain.People;
import dev.larder.showcase.halfnote.domain.Profile;
import dev.larder.showcase.halfnote.domain.Review;
import dev.larder.showcase.halfnote.domain.ReviewDetail;
import dev.larder.showcase.halfnote.domain.SearchResult;
import dev.larder.showcase.halfnote.domain.UserLists;
import dev.larder.showcase.halfnote.domain.UserReviews;
import dev.larder.showcase.halfnote.source.Reads;
import dev.larder.showcase.halfnote.source.SearchWords;
import dev.larder.warm.Prediction;
import dev.larder.warm.WarmPlan;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers out of the caches, and out of the source what they lack. */
public final class CachedReads implements Reads {
  private final Reads source;
  private final ActivityCache activities;
  private final ReviewCache reviews;
  private final AlbumCache albums;
  private final ProfileCache profiles;
  private final ListCache lists;
  private final FollowingCache following;
  private final SearchCache searches;

  /**
   * Makes the caches that are declared in code, beside those that annotations declare.
   *
   * @param source what they load from
   */
  CachedReads(
      Larder larder,
      Reads source,
      ListCache lists,
      FollowingCache following,
      SearchCache searches) {
    this.source = source;
    activities = new ActivityCache(larder, source);
    reviews = new ReviewCache(larder, source);
    albums = new AlbumCache(larder, source);
    profiles = new ProfileCache(larder, source);
    this.lists = lists;
    this.following = following;
    this.searches = searches;
  }

  /** Fills the caches with what a user sees first: feeds, own reviews and lists, profile. */
  public void warm(long user) {
    Set<Review> shown = new LinkedHashSet<>(reviews.ofUser(user).reviews());
    for (FeedKind kind : FeedKind.values()) {
      activities.firstPage(user, kind).activities().stream()
          .flatMap(it -> Stream.ofNullable(it.review()))
          .forEach(shown::add);
    }
    counts(shown.stream().map(Review::id).distinct().toList());
    userLists(user, UserLists.View.OWNER);
    profiles.profile(user);
  }

  /** What ends the first page of a user's feed as it is now. */
  public Set<String> feedTags(long user, FeedKind kind) {
    return activities.tagsOf(user, kind);
  }

  @Override
  public Feed feed(long user, FeedKind kind, @Nullable FeedCursor before) {
    // Few read on: older pages would only push first pages out.
    return before == null ? activities.firstPage(user, kind) : source.feed(user, kind, before);
  }

  @Override
  public Map<Long, Counts> counts(Collection<Long> ids) {
    return ids.isEmpty() ? Map.of() : reviews.counts(ids);
  }

  @Override
  public Optional<Profile> profile(long user) {
    return profiles.profile(user);
  }

  @Override
  public Optional<Profile> profile(String username) {
    return profiles.profile(username);
  }

  @Override
  public UserReviews userReviews(long user) {
    return reviews.ofUser(user);
  }

  @Override
  public UserLists userLists(long user, UserLists.View view) {
    return reading("user-lists", () -> lists.ofUser(user, view));
  }

  @Override
  public Optional<ListDetail> list(long list) {
    return reading("list", () -> lists.list(list));
  }

  @Override
  public Optional<AlbumDetails> album(long album) {
    return albums.album(album);
  }

  /** Loads albums by hand. */
  public WarmPlan<?, ?> warmAlbums(Supplier<List<Long>> ids) {
    return albums.warmUp(ids);
  }

  /**
   * How feeds are guessed.
   *
   * @param reader the user who reads a page on this thread; null while nobody does
   */
  public Prediction<?, ?> feedGuesses(Supplier<@Nullable Long> reader) {
    return activities.guesses(reader);
  }

  @Override
  public AlbumReviews albumReviews(long album) {
    return reviews.ofAlbum(album);
  }

  @Override
  public Optional<ReviewDetail> review(long review) {
    return reviews.detail(review);
  }

  @Override
  public boolean liked(long review, long user) {
    return reviews.liked(review, user);
  }

  @Override
  public People following(long user) {
    return reading("following", () -> following.following(user));
  }

  @Override
  public People followers(long user) {
    return reading("followers", () -> following.followers(user));
  }

  @Override
  public boolean follows(long follower, long followee) {
    return reading("follows", () -> following.follows(follower, followee));
  }

  @Override
  public SearchResult search(SearchWords words) {
    return reading("search", () -> searches.search(words));
  }
}
