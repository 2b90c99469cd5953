package dev.larder.showcase.algoitny.domain;

import dev.larder.hibernate.InvalidatesTags;
import dev.larder.showcase.algoitny.cache.Tags;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** Somebody who can log in. */
@Entity
@Table(name = "app_users")
@InvalidatesTags(Tags.PERSON + "{id}")
public class AppUser {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private int id;

  private String username;
  private String displayName;
  private boolean admin;
  private Instant joinedAt;

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected AppUser() {}

  /** The user's number. */
  public int id() {
    return id;
  }

  /** The name to log in with. */
  public String username() {
    return username;
  }

  /** The name that is shown. */
  public String displayName() {
    return displayName;
  }

  /** Whether problems may be edited and caches emptied. */
  public boolean admin() {
    return admin;
  }

  /** When the account was made. */
  public Instant joinedAt() {
    return joinedAt;
  }
}
