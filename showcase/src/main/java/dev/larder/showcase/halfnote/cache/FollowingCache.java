package dev.larder.showcase.halfnote.cache;

import dev.larder.showcase.halfnote.domain.People;
import dev.larder.showcase.halfnote.source.Reads;
import dev.larder.spring.annotation.Cached;

/** Who follows whom, for 10 minutes: both directions of a user, and one user's choice on another. */
class FollowingCache {
  private static final String PEOPLE_SHOWN = "#{#result.newest().!['person:' + id()]}";

  private final Reads source;

  FollowingCache(Reads source) {
    this.source = source;
  }

  @Cached(
      cache = "following",
      key = "#user",
      ttl = "10m",
      tags = {"following:#{#user}", PEOPLE_SHOWN})
  public People following(long user) {
    return source.following(user);
  }

  @Cached(
      cache = "followers",
      key = "#user",
      ttl = "10m",
      tags = {"followers:#{#user}", PEOPLE_SHOWN})
  public People followers(long user) {
    return source.followers(user);
  }

  @Cached(
      cache = "follows",
      key = "{#follower, #followee}",
      ttl = "10m",
      tags = "following:#{#follower}")
  public boolean follows(long follower, long followee) {
    return source.follows(follower, followee);
  }
}
