package dev.larder.showcase.simlane.source;

import dev.larder.showcase.simlane.domain.ClubLine;
import dev.larder.showcase.simlane.domain.Found;
import dev.larder.showcase.simlane.domain.ProfileDetail;
import dev.larder.showcase.simlane.domain.ProfileLine;
import dev.larder.showcase.simlane.domain.ProfileStats;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Profiles in the database. */
@SuppressWarnings("NullAway") // type arguments of Spring's row mappers and of generic calls
@Component
public class ProfileSource {
  private static final int PAGE = 25;
  private static final String LINE =
      "SELECT simulator, identifier, name, country, rating FROM simlane.sim_profiles";

  private final JdbcClient jdbc;

  ProfileSource(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Best rating first, 25 to a page.
   *
   * @param simulator a slug; empty for all
   */
  public List<ProfileLine> profiles(String simulator, int page) {
    return jdbc.sql(LINE + " WHERE :simulator = '' OR simulator = :simulator"
            + " ORDER BY rating DESC, id LIMIT :size OFFSET :from")
        .param("simulator", simulator)
        .param("size", PAGE)
        .param("from", page * PAGE)
        .query(ProfileLine.class)
        .list();
  }

  public Optional<ProfileDetail> profile(String simulator, String identifier) {
    return jdbc.sql(
            "SELECT simulator, identifier, user_id, name, country, rating, bio"
                + " FROM simlane.sim_profiles WHERE simulator = :simulator AND identifier = :identifier")
        .param("simulator", simulator)
        .param("identifier", identifier)
        .query((row, i) -> new ProfileDetail(
            row.getString("simulator"),
            row.getString("identifier"),
            row.getObject("user_id", Long.class),
            row.getString("name"),
            row.getString("country"),
            row.getInt("rating"),
            row.getString("bio")))
        .optional();
  }

  public ProfileStats stats(String simulator, String identifier) {
    return jdbc.sql("SELECT count(r.id) AS starts, count(*) FILTER (WHERE r.position = 1) AS wins,"
            + " count(*) FILTER (WHERE r.position BETWEEN 1 AND 3) AS podiums,"
            + " coalesce(sum(r.points), 0) AS points, count(DISTINCT r.season) AS seasons"
            + " FROM simlane.sim_profiles p JOIN simlane.results r ON r.profile_id = p.id"
            + " WHERE p.simulator = :simulator AND p.identifier = :identifier")
        .param("simulator", simulator)
        .param("identifier", identifier)
        .query(ProfileStats.class)
        .single();
  }

  /**
   * Names that begin so.
   *
   * @param words in lower case; empty finds nothing
   */
  public Found search(String words) {
    if (words.isEmpty()) {
      return new Found(List.of(), List.of());
    }
    String pattern = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    return new Found(
        jdbc.sql(LINE + " WHERE lower(name) LIKE :pattern ORDER BY rating DESC, id LIMIT 20")
            .param("pattern", pattern)
            .query(ProfileLine.class)
            .list(),
        jdbc.sql("SELECT id, name, description, country FROM simlane.clubs"
                + " WHERE lower(name) LIKE :pattern ORDER BY id LIMIT 20")
            .param("pattern", pattern)
            .query(ClubLine.class)
            .list());
  }
}
