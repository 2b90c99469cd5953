package dev.larder.showcase.simlane.action;

import dev.larder.showcase.simlane.domain.Role;
import dev.larder.showcase.simlane.entity.Participation;
import dev.larder.showcase.simlane.entity.RaceEvent;
import dev.larder.showcase.simlane.source.ClubSource;
import dev.larder.showcase.web.Checks;
import dev.larder.showcase.web.Refused;
import dev.larder.showcase.web.Refused.Reason;
import jakarta.persistence.EntityManager;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Signing up, saying when one is free, and renaming an event. */
@Component
public class EventActions {
  private static final int HOURS = 24;

  private final EntityManager entities;
  private final ClubSource clubs;

  EventActions(EntityManager entities, ClubSource clubs) {
    this.entities = entities;
    this.clubs = clubs;
  }

  /**
   * Signs a user up, or changes in which hours of the day they can drive.
   *
   * @throws Refused if there is no such event, or the hours are none
   */
  @Transactional
  public void signUp(long event, long user, int from, int to) {
    Checks checks = new Checks();
    checks.number("from", from, 0, HOURS - 1);
    checks.number("to", to, from + 1, HOURS);
    checks.done();
    find(event);
    Participation taking = participation(event, user);
    if (taking == null) {
      taking = new Participation(event, user);
      entities.persist(taking);
    }
    taking.free(from, to);
  }

  /** Takes a user out again. */
  @Transactional
  public void withdraw(long event, long user) {
    Participation taking = participation(event, user);
    if (taking != null) {
      entities.remove(taking);
    }
  }

  /**
   * Gives an event another name.
   *
   * @throws Refused if the actor does not manage its club
   */
  @Transactional
  public void rename(long actor, long event, String name) {
    Checks checks = new Checks();
    String checked = checks.text("name", name, 1, 80);
    checks.done();
    RaceEvent found = find(event);
    Role role = clubs.role(found.clubId(), actor);
    if (!role.manages()) {
      throw Refused.because(Reason.FORBIDDEN, "Only those who manage a club change its events.");
    }
    found.rename(checked);
  }

  private RaceEvent find(long event) {
    RaceEvent found = entities.find(RaceEvent.class, event);
    if (found == null) {
      throw Refused.notFound("event", event);
    }
    return found;
  }

  private @Nullable Participation participation(long event, long user) {
    List<Participation> found = entities
        .createQuery(
            "from Participation p where p.eventId = :event and p.userId = :user",
            Participation.class)
        .setParameter("event", event)
        .setParameter("user", user)
        .getResultList();
    return found.isEmpty() ? null : found.get(0);
  }
}
