package dev.larder.showcase.simlane.entity;

import dev.larder.hibernate.InvalidatesTags;
import dev.larder.showcase.simlane.cache.Tags;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Somebody takes part in an event. */
@Entity
@Table(name = "participations")
@InvalidatesTags(Tags.EVENT + "{eventId}" + Tags.PARTICIPATION)
public class Participation {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private long id;

  private long eventId;
  private long userId;
  private String status;
  private int freeFrom;
  private int freeTo;

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected Participation() {}

  /** A new one, not saved yet. */
  public Participation(long eventId, long userId) {
    this.eventId = eventId;
    this.userId = userId;
    this.status = "signed-up";
    this.freeTo = 24;
  }

  /** Says in which hours of the day they can drive. */
  public void free(int from, int to) {
    freeFrom = from;
    freeTo = to;
  }

  /** First hour in which they can drive. */
  public int freeFrom() {
    return freeFrom;
  }

  /** Hour at which they no longer can. */
  public int freeTo() {
    return freeTo;
  }

  /** The event. */
  public long eventId() {
    return eventId;
  }

  /** Who. */
  public long userId() {
    return userId;
  }

  /** {@code signed-up}, {@code confirmed} or {@code reserve}. */
  public String status() {
    return status;
  }
}
