package dev.larder.showcase.stories.entity;

import dev.larder.hibernate.InvalidatesTags;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** That somebody followed a user, or said something of a story of his. */
@Entity
@InvalidatesTags("notifications:{userId}")
public class Notification {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private @Nullable Long id;

  private long userId;
  private long actorId;
  private @Nullable Long storyId;

  @Column(name = "is_read")
  private boolean read;

  private Instant createdAt;

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected Notification() {}

  /** An unread one; without a story it is of a follower. */
  public Notification(long userId, long actorId, @Nullable Long storyId, Instant createdAt) {
    this.userId = userId;
    this.actorId = actorId;
    this.storyId = storyId;
    this.createdAt = createdAt;
  }

  /** Has been seen. */
  public void markRead() {
    read = true;
  }

  /** Its number; null before it is stored. */
  public @Nullable Long id() {
    return id;
  }

  /** For whom. */
  public long userId() {
    return userId;
  }

  /** Who did it. */
  public long actorId() {
    return actorId;
  }

  /** The story that was commented on; null if it is of a follower. */
  public @Nullable Long storyId() {
    return storyId;
  }

  /** Whether it has been seen. */
  public boolean isRead() {
    return read;
  }

  /** When. */
  public Instant createdAt() {
    return createdAt;
  }
}
