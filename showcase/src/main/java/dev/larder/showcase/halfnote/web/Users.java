package dev.larder.showcase.halfnote.web;

import dev.larder.showcase.halfnote.domain.Profile;
import dev.larder.showcase.halfnote.source.Reads;
import dev.larder.showcase.web.Refused;
import java.util.Optional;

/** Finds the user that a part of an address names, by number or by username. */
public final class Users {
  private Users() {}

  /**
   * The number of a user. A number is believed, a username looked up.
   *
   * @throws Refused if there is no such username
   */
  public static long id(Reads reads, String name) {
    return isNumber(name) ? Long.parseLong(name) : profile(reads, name).person().id();
  }

  /**
   * The profile of a user.
   *
   * @throws Refused if there is no such user
   */
  public static Profile profile(Reads reads, String name) {
    Optional<Profile> found =
        isNumber(name) ? reads.profile(Long.parseLong(name)) : reads.profile(name);
    return found.orElseThrow(() -> Refused.notFound("user", name));
  }

  private static boolean isNumber(String name) {
    return name.matches("\\d{1,18}");
  }
}
