package dev.larder.showcase.halfnote.cache;

import dev.larder.showcase.halfnote.domain.Album;
import dev.larder.showcase.halfnote.domain.AlbumDetails;
import dev.larder.showcase.halfnote.domain.AlbumList;
import dev.larder.showcase.halfnote.domain.AlbumReviews;
import dev.larder.showcase.halfnote.domain.Counts;
import dev.larder.showcase.halfnote.domain.Feed;
import dev.larder.showcase.halfnote.domain.FeedCursor;
import dev.larder.showcase.halfnote.domain.FeedKind;
import dev.larder.showcase.halfnote.domain.ListDetail;
import dev.larder.showcase.halfnote.domain.People;
import dev.larder.showcase.halfnote.domain.Person;
import dev.larder.showcase.halfnote.domain.Profile;
import dev.larder.showcase.halfnote.domain.Review;
import dev.larder.showcase.halfnote.domain.ReviewDetail;
import dev.larder.showcase.halfnote.domain.SearchResult;
import dev.larder.showcase.halfnote.domain.UserLists;
import dev.larder.showcase.halfnote.domain.UserReviews;
import dev.larder.showcase.halfnote.source.Reads;
import dev.larder.showcase.halfnote.source.SearchWords;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A source that always answers the same and counts how often it is asked. */
final class CountedSource implements Reads {
  private static final Instant THEN = Instant.parse("2025-06-30T00:00:00Z");
  private static final Person PERSON = new Person(1, "name", "Name", "disc-1");
  private static final Album ALBUM = new Album(1, "a1", "Title", "Artist");
  private static final Review REVIEW = new Review(1, PERSON, ALBUM, 7, "Words", false, THEN, false);

  int asked;
  boolean isDown;

  private <T> T answer(T value) {
    asked++;
    if (isDown) {
      throw new IllegalStateException("down");
    }
    return value;
  }

  @Override
  public Feed feed(long user, FeedKind kind, @Nullable FeedCursor before) {
    return answer(new Feed(user, kind, List.of(), List.of()));
  }

  @Override
  public Map<Long, Counts> counts(Collection<Long> reviews) {
    return answer(reviews.stream().collect(Collectors.toMap(it -> it, it -> Counts.NONE)));
  }

  @Override
  public Optional<Profile> profile(long user) {
    return answer(
        Optional.of(new Profile(PERSON, "", "", List.of(), THEN, new Profile.Totals(0, 0, 0, 0))));
  }

  @Override
  public Optional<Profile> profile(String username) {
    return profile(1);
  }

  @Override
  public UserReviews userReviews(long user) {
    return answer(new UserReviews(user, List.of(REVIEW)));
  }

  @Override
  public UserLists userLists(long user, UserLists.View view) {
    return answer(new UserLists(user, view, List.of()));
  }

  @Override
  public Optional<ListDetail> list(long list) {
    AlbumList one = new AlbumList(list, "Title", "", true, 0, List.of(), THEN);
    return answer(Optional.of(new ListDetail(one, PERSON, List.of())));
  }

  @Override
  public Optional<AlbumDetails> album(long album) {
    return answer(Optional.of(new AlbumDetails(ALBUM, List.of("Jazz"), List.of(), List.of())));
  }

  @Override
  public AlbumReviews albumReviews(long album) {
    return answer(new AlbumReviews(album, 0, 0, List.of(), List.of()));
  }

  @Override
  public Optional<ReviewDetail> review(long review) {
    return answer(Optional.of(new ReviewDetail(REVIEW, List.of())));
  }

  @Override
  public boolean liked(long review, long user) {
    return answer(false);
  }

  @Override
  public People following(long user) {
    return answer(new People(0, List.of()));
  }

  @Override
  public People followers(long user) {
    return answer(new People(0, List.of()));
  }

  @Override
  public boolean follows(long follower, long followee) {
    return answer(false);
  }

  @Override
  public SearchResult search(SearchWords words) {
    return answer(new SearchResult(words.toString(), List.of(), List.of()));
  }
}
