package dev.larder.showcase.simlane.action;

import dev.larder.showcase.simlane.entity.SimProfile;
import dev.larder.showcase.web.Checks;
import dev.larder.showcase.web.Refused;
import dev.larder.showcase.web.Refused.Reason;
import jakarta.persistence.EntityManager;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Changing one's own profile. */
@Component
public class ProfileActions {
  private final EntityManager entities;

  ProfileActions(EntityManager entities) {
    this.entities = entities;
  }

  /**
   * Changes what others read.
   *
   * @throws Refused if it is somebody else's, or there is none
   */
  @Transactional
  public void describe(long actor, String simulator, String identifier, String name, String bio) {
    Checks checks = new Checks();
    String newName = checks.text("name", name, 1, 60);
    String newBio = checks.text("bio", bio, 0, 400);
    checks.done();
    SimProfile profile = entities
        .createQuery(
            "from SimProfile p where p.simulator = :simulator and p.identifier = :identifier",
            SimProfile.class)
        .setParameter("simulator", simulator)
        .setParameter("identifier", identifier)
        .getResultStream()
        .findFirst()
        .orElseThrow(() -> Refused.notFound("profile", simulator + "/" + identifier));
    if (!Objects.equals(profile.userId(), actor)) {
      throw Refused.because(Reason.FORBIDDEN, "This profile is somebody else's.");
    }
    profile.describe(newName, newBio);
  }
}
