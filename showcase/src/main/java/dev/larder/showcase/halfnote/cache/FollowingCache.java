package dev.larder.showcase.halfnote.cache;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.showcase.halfnote.domain.People;
import dev.larder.showcase.halfnote.source.Reads;
import dev.larder.showcase.trace.RequestTrace;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/** Who follows whom, for 10 minutes: both directions of a user, and one user's choice on another. */
final class FollowingCache {
  private static final Duration TTL = Duration.ofMinutes(10);

  private final Cache<Long, People> following;
  private final Cache<Long, People> followers;
  private final Cache<Key, Boolean> follows;
  private final Reads source;

  /** Who, and whom. */
  record Key(long follower, long followee) {}

  FollowingCache(Larder larder, Reads source) {
    this.source = source;
    following = larder.cache(
        "following",
        CachePolicy.of(Long.class, People.class)
            .ttl(TTL)
            .keyTags(user -> Set.of(Tags.following(user)))
            .tags((user, people) -> Tags.people(people.newest()))
            .build());
    followers = larder.cache(
        "followers",
        CachePolicy.of(Long.class, People.class)
            .ttl(TTL)
            .keyTags(user -> Set.of(Tags.followers(user)))
            .tags((user, people) -> Tags.people(people.newest()))
            .build());
    follows = larder.cache(
        "follows",
        CachePolicy.of(Key.class, Boolean.class)
            .ttl(TTL)
            .keyTags(key -> Set.of(Tags.following(key.follower())))
            .build());
  }

  People following(long user) {
    return Objects.requireNonNull(
        RequestTrace.reading(following.name(), () -> following.get(user, source::following)));
  }

  People followers(long user) {
    return Objects.requireNonNull(
        RequestTrace.reading(followers.name(), () -> followers.get(user, source::followers)));
  }

  boolean follows(long follower, long followee) {
    return Objects.requireNonNull(RequestTrace.reading(
        follows.name(),
        () -> follows.get(new Key(follower, followee), key -> source.follows(follower, followee))));
  }
}
