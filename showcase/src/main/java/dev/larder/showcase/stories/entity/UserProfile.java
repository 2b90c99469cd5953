package dev.larder.showcase.stories.entity;

import dev.larder.hibernate.InvalidatesTags;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** What a user tells of himself. Whatever shows the name carries the tag. */
@Entity
@InvalidatesTags("profile:{userId}")
public class UserProfile {
  @Id
  private long userId;

  private String displayName;
  private String bio;
  private String location;

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected UserProfile() {}

  /** Says something else. */
  public void change(String displayName, String bio, String location) {
    this.displayName = displayName;
    this.bio = bio;
    this.location = location;
  }

  /** Whose it is. */
  public long userId() {
    return userId;
  }

  /** The name that is shown. */
  public String displayName() {
    return displayName;
  }

  /** A line or two; may be empty. */
  public String bio() {
    return bio;
  }

  /** May be empty. */
  public String location() {
    return location;
  }
}
