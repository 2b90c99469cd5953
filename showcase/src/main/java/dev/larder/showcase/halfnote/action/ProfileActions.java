package dev.larder.showcase.halfnote.action;

import dev.larder.showcase.halfnote.domain.Avatar;
import dev.larder.showcase.halfnote.domain.Genres;
import dev.larder.showcase.web.Checks;
import dev.larder.showcase.web.Refused;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Changing one's own profile. Safe for use by many threads; each action is one transaction. */
public final class ProfileActions {
  /** The longest display name. */
  public static final int LONGEST_NAME = 60;

  /** The longest text about oneself. */
  public static final int LONGEST_BIO = 500;

  /** The longest location. */
  public static final int LONGEST_LOCATION = 80;

  private final JdbcClient jdbc;
  private final Commit commit;

  /** Acts on one database. */
  public ProfileActions(JdbcClient jdbc, Commit commit) {
    this.jdbc = jdbc;
    this.commit = commit;
  }

  /** Changes names and texts; null leaves a part as it is. */
  public void update(
      long user, @Nullable String displayName, @Nullable String bio, @Nullable String location) {
    Checks checks = new Checks();
    String name =
        displayName == null ? null : checks.text("displayName", displayName, 1, LONGEST_NAME);
    String words = bio == null ? null : checks.text("bio", bio, 0, LONGEST_BIO);
    String place = location == null ? null : checks.text("location", location, 0, LONGEST_LOCATION);
    if (displayName == null && bio == null && location == null) {
      checks.fault("displayName", "missing", "given, or bio or location must be");
    }
    checks.done();
    commit.of(changes -> {
      String before = jdbc.sql(
              "SELECT display_name FROM halfnote.users WHERE id = ? FOR NO KEY UPDATE")
          .param(user)
          .query(String.class)
          .optional()
          .orElseThrow(() -> unknown(user));
      jdbc.sql("UPDATE halfnote.users SET display_name = coalesce(?::text, display_name),"
              + " bio = coalesce(?::text, bio), location = coalesce(?::text, location)"
              + " WHERE id = ?")
          .param(name)
          .param(words)
          .param(place)
          .param(user)
          .update();
      boolean renamed = name != null && !name.equals(before);
      changes.add(new Change.ProfileChanged(user, renamed, renamed));
      return true;
    });
  }

  /** Chooses another avatar, written as in {@link Avatar}. */
  public void avatar(long user, @Nullable String avatar) {
    Checks checks = new Checks();
    Optional<Avatar> chosen = avatar == null ? Optional.empty() : Avatar.parse(avatar);
    if (chosen.isEmpty()) {
      checks.fault(
          "avatar", avatar, "shape-hue, the shape one of " + Avatar.SHAPES + ", the hue 0 to 359");
    }
    checks.done();
    set(user, "avatar = ?", chosen.orElseThrow().toString(), true);
  }

  /** Chooses other favourite genres, at most {@value Genres#MOST_FAVOURITES}, out of {@link Genres#ALL}. */
  public void genres(long user, @Nullable List<@Nullable String> genres) {
    Checks checks = new Checks();
    if (genres == null) {
      checks.fault("genres", null, "a list of genres");
      checks.done();
      return;
    }
    LinkedHashSet<@Nullable String> chosen = new LinkedHashSet<>(genres);
    if (chosen.size() > Genres.MOST_FAVOURITES) {
      checks.fault("genres", chosen.size() + " genres", "at most " + Genres.MOST_FAVOURITES);
    }
    for (String genre : chosen) {
      // The list of genres cannot be asked for null.
      if (genre == null || !Genres.ALL.contains(genre)) {
        checks.fault("genres", genre, "out of " + Genres.ALL);
      }
    }
    checks.done();
    set(user, "genres = ?", chosen.toArray(String[]::new), false);
  }

  private void set(long user, String assignment, Object value, boolean card) {
    commit.of(changes -> {
      int changed = jdbc.sql("UPDATE halfnote.users SET " + assignment + " WHERE id = ?")
          .param(value)
          .param(user)
          .update();
      if (changed == 0) {
        throw unknown(user);
      }
      changes.add(new Change.ProfileChanged(user, false, card));
      return true;
    });
  }

  private static Refused unknown(long user) {
    return Refused.because(Refused.Reason.UNKNOWN_USER, "There is no user " + user + ".");
  }
}
