package dev.larder.showcase.stories.entity;

import dev.larder.hibernate.InvalidatesTags;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** An account. */
@Entity
@Table(name = "users")
@InvalidatesTags("user:{id}")
public class User {
  @Id
  private long id;

  private String username;
  private Instant joinedAt;

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected User() {}

  /** Its number. */
  public long id() {
    return id;
  }

  /** Unique, in lower case. */
  public String username() {
    return username;
  }

  /** When it was made. */
  public Instant joinedAt() {
    return joinedAt;
  }
}
