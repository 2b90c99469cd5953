package dev.larder.showcase.stories.entity;

import dev.larder.hibernate.InvalidatesTags;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a reader said of a story. */
@Entity
@InvalidatesTags("comments:{storyId}")
public class Comment {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private @Nullable Long id;

  private long storyId;
  private long userId;
  private String text;
  private Instant createdAt;

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected Comment() {}

  /** A new one. */
  public Comment(long storyId, long userId, String text, Instant createdAt) {
    this.storyId = storyId;
    this.userId = userId;
    this.text = text;
    this.createdAt = createdAt;
  }

  /** Its number; null before it is stored. */
  public @Nullable Long id() {
    return id;
  }

  /** Of which story. */
  public long storyId() {
    return storyId;
  }

  /** Whose. */
  public long userId() {
    return userId;
  }

  /** The words. */
  public String text() {
    return text;
  }

  /** When. */
  public Instant createdAt() {
    return createdAt;
  }
}
