package dev.larder.showcase.stories.entity;

import dev.larder.hibernate.InvalidatesTags;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** That one user follows another. */
@Entity
@InvalidatesTags("stats:{followedId}")
public class Follow {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private @Nullable Long id;

  private long followerId;
  private long followedId;
  private Instant createdAt;

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected Follow() {}

  /** A new one. */
  public Follow(long followerId, long followedId, Instant createdAt) {
    this.followerId = followerId;
    this.followedId = followedId;
    this.createdAt = createdAt;
  }

  /** Its number; null before it is stored. */
  public @Nullable Long id() {
    return id;
  }

  /** Who follows. */
  public long followerId() {
    return followerId;
  }

  /** Whom. */
  public long followedId() {
    return followedId;
  }

  /** Since when. */
  public Instant createdAt() {
    return createdAt;
  }
}
