package dev.larder.showcase.simlane.entity;

import dev.larder.hibernate.InvalidatesTags;
import dev.larder.showcase.simlane.cache.Tags;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** An event of a club. */
@Entity
@Table(name = "events")
@InvalidatesTags({
  Tags.EVENT + "{id}",
  Tags.CLUB + "{clubId}" + Tags.EVENTS,
  Tags.CLUB + "{clubId}" + Tags.STATS
})
public class RaceEvent {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private long id;

  private long clubId;
  private long circuitId;
  private String name;
  private Instant startsAt;
  private int hours;

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected RaceEvent() {}

  /** A new one, not saved yet. */
  public RaceEvent(long clubId, long circuitId, String name, Instant startsAt, int hours) {
    this.clubId = clubId;
    this.circuitId = circuitId;
    this.name = name;
    this.startsAt = startsAt;
    this.hours = hours;
  }

  /** Its number. */
  public long id() {
    return id;
  }

  /** Whose it is. */
  public long clubId() {
    return clubId;
  }

  /** Where it is. */
  public long circuitId() {
    return circuitId;
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Gives it another name. */
  public void rename(String other) {
    name = other;
  }

  /** When it starts. */
  public Instant startsAt() {
    return startsAt;
  }

  /** How long it lasts. */
  public int hours() {
    return hours;
  }
}
