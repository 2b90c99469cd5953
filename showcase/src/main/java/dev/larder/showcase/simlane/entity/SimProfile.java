package dev.larder.showcase.simlane.entity;

import dev.larder.hibernate.InvalidatesTags;
import dev.larder.showcase.simlane.cache.Tags;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A driver in one simulator. */
@Entity
@Table(name = "sim_profiles")
@InvalidatesTags({Tags.PROFILE + "{simulator}:{identifier}", Tags.PROFILES})
public class SimProfile {

  @Id
  private long id;

  private String simulator;
  private String identifier;
  private @Nullable Long userId;
  private String name;
  private String bio;

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected SimProfile() {}

  /** The simulator's slug. */
  public String simulator() {
    return simulator;
  }

  /** Its name in the simulator. */
  public String identifier() {
    return identifier;
  }

  /** Whose it is; null for an imported driver. */
  public @Nullable Long userId() {
    return userId;
  }

  /** What others read. */
  public void describe(String newName, String newBio) {
    name = newName;
    bio = newBio;
  }

  /** What the driver is called. */
  public String name() {
    return name;
  }

  /** What they say of themselves. */
  public String bio() {
    return bio;
  }
}
