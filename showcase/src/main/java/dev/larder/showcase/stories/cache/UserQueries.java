package dev.larder.showcase.stories.cache;

import dev.larder.CacheScope;
import dev.larder.showcase.stories.read.Account;
import dev.larder.showcase.stories.read.ProfileView;
import dev.larder.showcase.stories.read.SettingsView;
import dev.larder.showcase.stories.read.UserStats;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Repository;

/** The queries of users. */
@Repository
public class UserQueries {
  private final EntityManager entities;

  UserQueries(EntityManager entities) {
    this.entities = entities;
  }

  /**
   * A user by his number. One row by its key: the caching of this query is here to be found out, as the
   * statistics page finds where its loads cost less than a look into the cache.
   */
  @CachedUserQuery(value = "user", tags = "user:#{#id}")
  public Optional<Account> user(long id) {
    return first(entities
        .createQuery("select u.id, u.username from User u where u.id = :id", Account.class)
        .setParameter("id", id)
        .getResultList());
  }

  /** What everybody may know of a user. */
  @CachedUserQuery(value = "user-profile", tags = "profile:#{#id}")
  public Optional<ProfileView> profile(long id) {
    return first(entities
        .createQuery(
            "select u.id, u.username, p.displayName, p.bio, p.location, u.joinedAt"
                + " from User u join UserProfile p on p.userId = u.id where u.id = :id",
            ProfileView.class)
        .setParameter("id", id)
        .getResultList());
  }

  /** What a user has come to. */
  @CachedUserQuery(value = "user-stats", tags = "stats:#{#id}")
  public UserStats stats(long id) {
    Tuple stories = entities
        .createQuery(
            "select count(*), coalesce(sum(s.viewCount), 0) from Story s"
                + " where s.authorId = :id and s.publishedAt is not null",
            Tuple.class)
        .setParameter("id", id)
        .getSingleResult();
    long followers = entities
        .createQuery("select count(*) from Follow f where f.followedId = :id", Long.class)
        .setParameter("id", id)
        .getSingleResult();
    return new UserStats(stories.get(0, Long.class), followers, stories.get(1, Long.class));
  }

  /** What a user alone sees of himself; only for {@code id} when it is he who asks. */
  @CachedUserQuery(value = "user-settings", scope = CacheScope.USER)
  public Optional<SettingsView> settings(long id) {
    return first(entities
        .createQuery(
            "select s.notifyComments, s.notifyFollows, s.trendingLimit"
                + " from UserSettings s where s.userId = :id",
            SettingsView.class)
        .setParameter("id", id)
        .getResultList());
  }

  /** The number of a user of this name; asked once for each log-in, so not cached. */
  public Optional<Long> idOf(String username) {
    return first(entities
        .createQuery("select u.id from User u where u.username = :name", Long.class)
        .setParameter("name", username)
        .getResultList());
  }

  /** Whether one follows another: one row by its index, so not cached. */
  public boolean follows(long follower, long followed) {
    return entities
            .createQuery(
                "select count(*) from Follow f"
                    + " where f.followerId = :follower and f.followedId = :followed",
                Long.class)
            .setParameter("follower", follower)
            .setParameter("followed", followed)
            .getSingleResult()
        > 0;
  }

  private static <T> Optional<T> first(List<T> found) {
    return found.stream().findFirst();
  }
}
