package dev.larder.showcase.simlane.entity;

import dev.larder.hibernate.InvalidatesTags;
import dev.larder.showcase.simlane.cache.Tags;
import dev.larder.showcase.simlane.domain.Role;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A membership. */
@Entity
@Table(name = "club_members")
@InvalidatesTags({
  Tags.CLUB + "{clubId}" + Tags.MEMBERS,
  Tags.CLUB + "{clubId}" + Tags.STATS,
  Tags.USER + "{userId}" + Tags.CLUBS
})
public class ClubMember {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private long id;

  private long clubId;
  private long userId;

  @Enumerated(EnumType.STRING)
  private Role role;

  private Instant joinedAt;

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected ClubMember() {}

  /** A new one, not saved yet. */
  public ClubMember(long clubId, long userId, Role role, Instant joinedAt) {
    this.clubId = clubId;
    this.userId = userId;
    this.role = role;
    this.joinedAt = joinedAt;
  }

  /** The club. */
  public long clubId() {
    return clubId;
  }

  /** The member. */
  public long userId() {
    return userId;
  }

  /** What they are. */
  public Role role() {
    return role;
  }

  /** Gives them another role. */
  public void become(Role other) {
    role = other;
  }

  /** Since when. */
  public Instant joinedAt() {
    return joinedAt;
  }
}
