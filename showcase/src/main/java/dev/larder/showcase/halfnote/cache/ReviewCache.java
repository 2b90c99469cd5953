package dev.larder.showcase.halfnote.cache;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.showcase.halfnote.domain.AlbumReviews;
import dev.larder.showcase.halfnote.domain.Comment;
import dev.larder.showcase.halfnote.domain.Counts;
import dev.larder.showcase.halfnote.domain.ReviewDetail;
import dev.larder.showcase.halfnote.domain.UserReviews;
import dev.larder.showcase.halfnote.source.Reads;
import dev.larder.showcase.trace.RequestTrace;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Reviews: one with its comments and whether a reader likes it (15 minutes), a user's and an album's
 * (10 minutes), and the counts of likes and comments (15 minutes), which lists of reviews ask for
 * together.
 */
final class ReviewCache {
  private static final Duration DETAIL_TTL = Duration.ofMinutes(15);
  private static final Duration LIST_TTL = Duration.ofMinutes(10);
  private static final Duration ABSENT_TTL = Duration.ofMinutes(1);
  private static final int MOST_COUNTS_IN_L1 = 100_000;

  private final Cache<Long, ReviewDetail> details;
  private final Cache<Long, UserReviews> ofUsers;
  private final Cache<Long, AlbumReviews> ofAlbums;
  private final Cache<Long, Counts> counts;
  private final Cache<LikedKey, Boolean> liked;
  private final Reads source;

  /** The reader stands in the key: one reader's like is never another's. */
  record LikedKey(long review, long reader) {}

  ReviewCache(Larder larder, Reads source) {
    this.source = source;
    details = larder.cache(
        "review",
        CachePolicy.of(Long.class, ReviewDetail.class)
            .ttl(DETAIL_TTL)
            .negativeTtl(ABSENT_TTL)
            .keyTags(id -> Set.of(Tags.review(id), Tags.comments(id)))
            .tags((id, detail) -> people(detail))
            .build());
    ofUsers = larder.cache(
        "user-reviews",
        CachePolicy.of(Long.class, UserReviews.class)
            .ttl(LIST_TTL)
            .keyTags(user -> Set.of(Tags.reviewsOf(user), Tags.person(user)))
            .build());
    ofAlbums = larder.cache(
        "album-reviews",
        CachePolicy.of(Long.class, AlbumReviews.class)
            .ttl(LIST_TTL)
            .keyTags(album -> Set.of(Tags.albumReviews(album)))
            .tags((album, reviews) -> Tags.reviews(reviews.newest()))
            .build());
    counts = larder.cache(
        "review-counts",
        CachePolicy.of(Long.class, Counts.class)
            .ttl(DETAIL_TTL)
            .l1MaxEntries(MOST_COUNTS_IN_L1)
            .keyTags(id -> Set.of(Tags.counts(id)))
            .build());
    liked = larder.cache(
        "review-liked",
        CachePolicy.of(LikedKey.class, Boolean.class)
            .ttl(DETAIL_TTL)
            .keyTags(
                key -> Set.of(Tags.liked(key.review(), key.reader()), Tags.existence(key.review())))
            .build());
  }

  Optional<ReviewDetail> detail(long review) {
    return Optional.ofNullable(RequestTrace.reading(
        details.name(), () -> details.get(review, id -> source.review(id).orElse(null))));
  }

  UserReviews ofUser(long user) {
    return Objects.requireNonNull(
        RequestTrace.reading(ofUsers.name(), () -> ofUsers.get(user, source::userReviews)));
  }

  AlbumReviews ofAlbum(long album) {
    return Objects.requireNonNull(
        RequestTrace.reading(ofAlbums.name(), () -> ofAlbums.get(album, source::albumReviews)));
  }

  Map<Long, Counts> counts(Collection<Long> reviews) {
    return RequestTrace.reading(
        counts.name(), () -> counts.getAll(reviews, missing -> source.counts(missing)));
  }

  boolean liked(long review, long reader) {
    return Objects.requireNonNull(RequestTrace.reading(
        liked.name(),
        () -> liked.get(new LikedKey(review, reader), key -> source.liked(review, reader))));
  }

  private static Set<String> people(ReviewDetail detail) {
    Set<String> tags = new LinkedHashSet<>(Tags.reviews(List.of(detail.review())));
    tags.addAll(Tags.people(detail.comments().stream().map(Comment::author).toList()));
    return tags;
  }
}
