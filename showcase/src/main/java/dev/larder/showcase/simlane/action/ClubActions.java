package dev.larder.showcase.simlane.action;

import dev.larder.showcase.simlane.domain.Role;
import dev.larder.showcase.simlane.entity.ClubMember;
import dev.larder.showcase.simlane.entity.TeamSeat;
import dev.larder.showcase.web.Refused;
import dev.larder.showcase.web.Refused.Reason;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Joining and leaving, roles, and who drives where. */
@Component
public class ClubActions {
  private final EntityManager entities;
  private final Clock clock = Clock.systemUTC();

  ClubActions(EntityManager entities) {
    this.entities = entities;
  }

  /** Makes a user a member; nothing if they are one. */
  @Transactional
  public void join(long club, long user) {
    if (membership(club, user) == null) {
      entities.persist(new ClubMember(club, user, Role.MEMBER, clock.instant()));
    }
  }

  /** Ends a membership; nothing if there is none. */
  @Transactional
  public void leave(long club, long user) {
    ClubMember member = membership(club, user);
    if (member != null) {
      entities.remove(member);
    }
  }

  /**
   * Gives a member another role.
   *
   * @throws Refused if the actor is no admin of the club, or there is no such membership in it
   */
  @Transactional
  public void promote(long actor, long club, long membership, Role role) {
    ClubMember own = membership(club, actor);
    if (own == null || own.role() != Role.ADMIN) {
      throw Refused.because(Reason.FORBIDDEN, "Only admins of a club give roles.");
    }
    if (role == Role.VISITOR) {
      throw Refused.invalid("role", role, "ADMIN, MANAGER or MEMBER");
    }
    ClubMember member = entities.find(ClubMember.class, membership);
    if (member == null || member.clubId() != club) {
      throw Refused.notFound("membership", membership);
    }
    member.become(role);
  }

  /**
   * Puts a member into a seat, or nobody.
   *
   * @throws Refused if the actor does not manage the club, or the driver is not of it
   */
  @Transactional
  public void seat(long actor, long club, long seat, @Nullable Long driver) {
    ClubMember own = membership(club, actor);
    if (own == null || !own.role().manages()) {
      throw Refused.because(Reason.FORBIDDEN, "Only those who manage a club seat its drivers.");
    }
    TeamSeat place = entities.find(TeamSeat.class, seat);
    if (place == null || place.clubId() != club) {
      throw Refused.notFound("seat", seat);
    }
    if (driver != null && membership(club, driver) == null) {
      throw Refused.invalid("driver", driver, "the number of a member of the club");
    }
    place.take(driver);
  }

  private @Nullable ClubMember membership(long club, long user) {
    List<ClubMember> found = entities
        .createQuery(
            "from ClubMember m where m.clubId = :club and m.userId = :user", ClubMember.class)
        .setParameter("club", club)
        .setParameter("user", user)
        .getResultList();
    return found.isEmpty() ? null : found.get(0);
  }
}
