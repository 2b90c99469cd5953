package dev.larder.showcase.themoon.cache;

import static dev.larder.showcase.trace.RequestTrace.reading;

import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.showcase.themoon.domain.Feed;
import dev.larder.showcase.themoon.domain.Following;
import dev.larder.showcase.themoon.domain.Person;
import dev.larder.showcase.themoon.domain.PostDetail;
import dev.larder.showcase.themoon.domain.ReactionKind;
import dev.larder.showcase.themoon.domain.Reactions;
import dev.larder.showcase.themoon.source.FeedQueries;
import dev.larder.showcase.themoon.source.PeopleQueries;
import dev.larder.spring.CachePolicies;
import dev.larder.strategy.CacheAside;
import dev.larder.strategy.Source;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Cache-aside: loaded when asked for, ended when written, at most a second behind on another node.
 *
 * <p>Feeds are fanned out on read: an entry is a reader's page, made of what the followed people have
 * posted. How many reacted is no part of it, so a reaction to a famous post ends nobody's feed. What one
 * reader did is no part of what all readers share. Past its ttl a valid page or post is shown once more
 * while a new one is read; what was written to is never shown stale.
 */
@Component
public final class FeedCaches {
  private static final Duration STALE_FOR = Duration.ofMinutes(10);

  private final CacheAside<FeedKey, Feed> feeds;
  private final CacheAside<Long, PostDetail> posts;
  private final CacheAside<Long, Reactions> reactions;
  private final CacheAside<ReactionKey, ReactionKind> reactionsOf;
  private final CacheAside<Long, Following> following;
  private final CacheAside<Long, Person> people;

  /** Whose page and which: {@code themoon:feed:v1:42L:1}. */
  record FeedKey(long user, int page) {}

  /** Whose reaction to what. */
  record ReactionKey(long post, long user) {}

  FeedCaches(Larder larder, CachePolicies policies, FeedQueries source, PeopleQueries persons) {
    following = CacheAside.of(
        larder,
        "following",
        policies.apply(
            "following",
            CachePolicy.of(Long.class, Following.class)
                .ttl(Duration.ofHours(1))
                .keyTags(user -> Set.of(Tags.following(user)))
                .build()),
        source::following);
    feeds = CacheAside.of(
        larder,
        "feed",
        policies.apply(
            "feed",
            CachePolicy.of(FeedKey.class, Feed.class)
                .ttl(Duration.ofHours(1))
                .staleFor(STALE_FOR)
                .l1MaxEntries(5_000)
                .tags((key, feed) -> tags(feed))
                .build()),
        key -> source.feed(key.user(), key.page(), following(key.user()).followees()));
    posts = CacheAside.of(
        larder,
        "post",
        policies.apply(
            "post",
            CachePolicy.of(Long.class, PostDetail.class)
                .ttl(Duration.ofHours(2))
                .staleFor(STALE_FOR)
                .negativeTtl(Duration.ofMinutes(1))
                .keyTags(post -> Set.of(Tags.post(post)))
                .build()),
        source::post);
    reactions = CacheAside.of(
        larder,
        "reactions",
        policies.apply(
            "reactions",
            CachePolicy.of(Long.class, Reactions.class)
                .ttl(Duration.ofMinutes(30))
                .l1MaxEntries(50_000)
                .keyTags(post -> Set.of(Tags.reactions(post)))
                .build()),
        new CountSource(source));
    reactionsOf = CacheAside.of(
        larder,
        "reaction-of",
        policies.apply(
            "reaction-of",
            CachePolicy.of(ReactionKey.class, ReactionKind.class)
                .ttl(Duration.ofMinutes(30))
                .negativeTtl(Duration.ofMinutes(30))
                .l1MaxEntries(50_000)
                .keyTags(key -> Set.of(Tags.reactionOf(key.post(), key.user())))
                .build()),
        new OwnSource(source));
    // Names never change here, so nothing ends them.
    people = CacheAside.of(
        larder,
        "person",
        policies.apply(
            "person",
            CachePolicy.of(Long.class, Person.class).ttl(Duration.ofHours(2)).build()),
        id -> persons.person(id).orElse(null));
  }

  private static Set<String> tags(Feed feed) {
    Set<Long> authors = new LinkedHashSet<>(feed.followees());
    authors.add(feed.user());
    Set<String> tags = new LinkedHashSet<>(Tags.newestOf(authors));
    tags.add(Tags.following(feed.user()));
    return tags;
  }

  /** A page of somebody's feed. */
  public Feed feed(long user, int page) {
    return Objects.requireNonNull(
        reading(feeds.namespace(), () -> feeds.get(new FeedKey(user, page))));
  }

  /** Whom somebody follows. */
  public Following following(long user) {
    return Objects.requireNonNull(reading(following.namespace(), () -> following.get(user)));
  }

  /** A post with its comments. */
  public Optional<PostDetail> post(long id) {
    return Optional.ofNullable(reading(posts.namespace(), () -> posts.get(id)));
  }

  /** How many reacted to each of the posts. */
  public Map<Long, Reactions> reactions(Collection<Long> ids) {
    return ids.isEmpty() ? Map.of() : reading(reactions.namespace(), () -> reactions.getMany(ids));
  }

  /** How one user reacted to those of the posts to which the user did. */
  public Map<Long, ReactionKind> reactionsOf(long user, Collection<Long> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    List<ReactionKey> keys = ids.stream().map(id -> new ReactionKey(id, user)).toList();
    Map<Long, ReactionKind> mine = new HashMap<>();
    reading(reactionsOf.namespace(), () -> reactionsOf.getMany(keys))
        .forEach((key, kind) -> mine.put(key.post(), kind));
    return mine;
  }

  /** Somebody. */
  public Optional<Person> person(long id) {
    return Optional.ofNullable(reading(people.namespace(), () -> people.get(id)));
  }

  /** All counts of a page come by one statement. */
  private record CountSource(FeedQueries source) implements Source<Long, Reactions> {
    @Override
    public @Nullable Reactions load(Long post) {
      return source.reactions(List.of(post)).get(post);
    }

    @Override
    public Map<Long, Reactions> loadAll(Set<Long> posts) {
      return source.reactions(posts);
    }
  }

  private record OwnSource(FeedQueries source) implements Source<ReactionKey, ReactionKind> {
    @Override
    public @Nullable ReactionKind load(ReactionKey key) {
      return source.reactionsOf(key.user(), List.of(key.post())).get(key.post());
    }

    /** The keys are of one user. */
    @Override
    public Map<ReactionKey, ReactionKind> loadAll(Set<ReactionKey> keys) {
      long user = keys.iterator().next().user();
      Map<ReactionKey, ReactionKind> found = new HashMap<>();
      source
          .reactionsOf(user, keys.stream().map(ReactionKey::post).toList())
          .forEach((post, kind) -> found.put(new ReactionKey(post, user), kind));
      return found;
    }
  }
}
