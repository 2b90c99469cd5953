package dev.larder.showcase.stories.cache;

import dev.larder.showcase.stories.read.NotificationLine;
import dev.larder.showcase.stories.read.Notifications;
import jakarta.persistence.EntityManager;
import org.springframework.stereotype.Repository;

/** The queries of notifications. */
@Repository
public class NotificationQueries {
  private static final int NEWEST = 30;

  private final EntityManager entities;

  NotificationQueries(EntityManager entities) {
    this.entities = entities;
  }

  /** The notifications of a user; only when it is he who asks. */
  @CachedNotificationQuery(
      value = "notifications",
      tags = {
        "notifications:#{#user}",
        "#{#result.newest().!['profile:' + actorId()]}",
        "#{#result.newest().?[storyId() != null].!['story:' + storyId()]}"
      })
  public Notifications notifications(long user) {
    long unread = entities
        .createQuery(
            "select count(*) from Notification n where n.userId = :user and not n.read", Long.class)
        .setParameter("user", user)
        .getSingleResult();
    return new Notifications(
        unread,
        entities
            .createQuery(
                "select n.id, n.actorId, p.displayName, n.storyId, s.title, n.read, n.createdAt"
                    + " from Notification n join UserProfile p on p.userId = n.actorId"
                    + " left join Story s on s.id = n.storyId"
                    + " where n.userId = :user order by n.createdAt desc, n.id desc",
                NotificationLine.class)
            .setParameter("user", user)
            .setMaxResults(NEWEST)
            .getResultList());
  }
}
