package dev.larder.showcase.stories.write;

import dev.larder.showcase.stories.cache.Endings;
import dev.larder.showcase.stories.entity.Notification;
import dev.larder.showcase.stories.entity.UserProfile;
import dev.larder.showcase.stories.entity.UserSettings;
import dev.larder.showcase.web.Checks;
import dev.larder.showcase.web.Refused;
import jakarta.persistence.EntityManager;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What users change of their own. */
@Service
@Transactional
public class OwnWrites {
  private static final int LONGEST_NAME = 60;
  private static final int LONGEST_BIO = 500;
  private static final int LONGEST_LOCATION = 80;
  private static final int MOST_TRENDING = 50;

  private final EntityManager entities;
  private final Endings endings;

  OwnWrites(EntityManager entities, Endings endings) {
    this.entities = entities;
    this.endings = endings;
  }

  /** What a user wants to tell of himself. */
  public record Profile(
      @Nullable String displayName,
      @Nullable String bio,
      @Nullable String location) {}

  /** What a user wants for himself. */
  public record Settings(
      boolean notifyComments,
      boolean notifyFollows,
      @Nullable Integer trendingLimit) {}

  /** Changes the profile. */
  public void profile(long user, Profile wanted) {
    Checks checks = new Checks();
    String name = checks.text("displayName", wanted.displayName(), 1, LONGEST_NAME);
    String bio = checks.text("bio", wanted.bio(), 0, LONGEST_BIO);
    String location = checks.text("location", wanted.location(), 0, LONGEST_LOCATION);
    checks.done();
    found(entities.find(UserProfile.class, user), "user", user).change(name, bio, location);
  }

  /** Changes the settings. */
  public void settings(long user, Settings wanted) {
    Checks checks = new Checks();
    int limit = checks.number("trendingLimit", wanted.trendingLimit(), 1, MOST_TRENDING);
    checks.done();
    found(entities.find(UserSettings.class, user), "user", user)
        .change(wanted.notifyComments(), wanted.notifyFollows(), limit);
    endings.settings(user);
  }

  /** Marks one notification of the user's as read. */
  public void read(long user, long id) {
    Notification notification = entities.find(Notification.class, id);
    if (notification == null || notification.userId() != user) {
      throw Refused.notFound("notification", id);
    }
    notification.markRead();
  }

  /** Marks all of them. */
  public void readAll(long user) {
    entities
        .createQuery(
            "update Notification n set n.read = true where n.userId = :user and not n.read")
        .setParameter("user", user)
        .executeUpdate();
    endings.allRead(user);
  }

  private static <T> T found(@Nullable T entity, String what, long id) {
    if (entity == null) {
      throw Refused.notFound(what, id);
    }
    return entity;
  }
}
