package dev.larder.showcase.stories.entity;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** What a user alone sees of himself. Its one cached entry is ended by its call. */
@Entity
public class UserSettings {
  @Id
  private long userId;

  private boolean notifyComments;
  private boolean notifyFollows;
  private int trendingLimit;

  /** For Hibernate. */
  protected UserSettings() {}

  /** Sets all of it. */
  public void change(boolean notifyComments, boolean notifyFollows, int trendingLimit) {
    this.notifyComments = notifyComments;
    this.notifyFollows = notifyFollows;
    this.trendingLimit = trendingLimit;
  }

  /** Whose they are. */
  public long userId() {
    return userId;
  }

  /** Whether comments make notifications. */
  public boolean notifyComments() {
    return notifyComments;
  }

  /** Whether new followers make notifications. */
  public boolean notifyFollows() {
    return notifyFollows;
  }

  /** How many trending stories the front page shows. */
  public int trendingLimit() {
    return trendingLimit;
  }
}
