package dev.larder.showcase.simlane.entity;

import dev.larder.hibernate.InvalidatesTags;
import dev.larder.showcase.simlane.cache.Tags;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A place in a team. */
@Entity
@Table(name = "team_seats")
@InvalidatesTags({Tags.CLUB + "{clubId}" + Tags.TEAMS, Tags.CLUB + "{clubId}" + Tags.STATS})
public class TeamSeat {

  @Id
  private long id;

  private long clubId;
  private @Nullable Long userId;

  /** For Hibernate. */
  protected TeamSeat() {}

  /** The club of the team. */
  public long clubId() {
    return clubId;
  }

  /** Puts somebody there, or nobody. */
  public void take(@Nullable Long user) {
    userId = user;
  }

  /** Who has it. */
  public @Nullable Long userId() {
    return userId;
  }
}
