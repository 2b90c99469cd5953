package dev.larder.showcase.simlane.source;

import dev.larder.showcase.simlane.domain.ClubLine;
import dev.larder.showcase.simlane.domain.ClubStats;
import dev.larder.showcase.simlane.domain.EventLine;
import dev.larder.showcase.simlane.domain.MemberLine;
import dev.larder.showcase.simlane.domain.Role;
import dev.larder.showcase.simlane.domain.Team;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Clubs in the database. */
@SuppressWarnings("NullAway") // type arguments of Spring's row mappers and of generic calls
@Component
public class ClubSource {
  private static final int PAGE = 25;

  private final JdbcClient jdbc;

  ClubSource(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  public Optional<ClubLine> club(long club) {
    return jdbc.sql("SELECT id, name, description, country FROM simlane.clubs WHERE id = :club")
        .param("club", club)
        .query(ClubLine.class)
        .optional();
  }

  /** By number, 25 to a page. */
  public List<ClubLine> clubs(int page) {
    return jdbc.sql("SELECT id, name, description, country FROM simlane.clubs ORDER BY id"
            + " LIMIT :size OFFSET :from")
        .param("size", PAGE)
        .param("from", page * PAGE)
        .query(ClubLine.class)
        .list();
  }

  public List<ClubLine> clubsOf(long user) {
    return jdbc.sql(
            "SELECT c.id, c.name, c.description, c.country FROM simlane.clubs c"
                + " JOIN simlane.club_members m ON m.club_id = c.id WHERE m.user_id = :user ORDER BY c.id")
        .param("user", user)
        .query(ClubLine.class)
        .list();
  }

  /** Clubs with the most members. */
  public List<Long> largest(int most) {
    return jdbc.sql("SELECT club_id FROM simlane.club_members GROUP BY club_id"
            + " ORDER BY count(*) DESC, club_id LIMIT :most")
        .param("most", most)
        .query(Long.class)
        .list();
  }

  /** Admins first, then managers, then by the time of joining. */
  public List<MemberLine> members(long club) {
    return jdbc.sql(
            "SELECT m.id AS membership, m.user_id AS user, u.display_name AS name, u.email,"
                + " m.role, m.joined_at FROM simlane.club_members m JOIN simlane.users u ON u.id = m.user_id"
                + " WHERE m.club_id = :club ORDER BY m.role <> 'ADMIN', m.role <> 'MANAGER', m.joined_at, m.id")
        .param("club", club)
        .query((row, i) -> new MemberLine(
            row.getLong("membership"),
            row.getLong("user"),
            row.getString("name"),
            row.getString("email"),
            Role.valueOf(row.getString("role")),
            row.getTimestamp("joined_at").toInstant()))
        .list();
  }

  public Role role(long club, long user) {
    return jdbc.sql(
            "SELECT role FROM simlane.club_members WHERE club_id = :club AND user_id = :user")
        .param("club", club)
        .param("user", user)
        .query(String.class)
        .optional()
        .map(Role::valueOf)
        .orElse(Role.VISITOR);
  }

  public ClubStats stats(long club) {
    return jdbc.sql("SELECT"
            + " (SELECT count(*) FROM simlane.club_members WHERE club_id = :club) AS members,"
            + " (SELECT count(*) FROM simlane.club_members WHERE club_id = :club AND role <> 'MEMBER')"
            + " AS managing,"
            + " (SELECT count(*) FROM simlane.teams WHERE club_id = :club) AS teams,"
            + " (SELECT count(s.user_id) FROM simlane.teams t JOIN simlane.team_seats s ON s.team_id ="
            + " t.id WHERE t.club_id = :club) AS filled_seats,"
            + " (SELECT count(*) FROM simlane.teams t JOIN simlane.team_seats s ON s.team_id = t.id"
            + " WHERE t.club_id = :club) AS seats,"
            + " (SELECT count(*) FROM simlane.events WHERE club_id = :club) AS events")
        .param("club", club)
        .query(ClubStats.class)
        .single();
  }

  public List<Team> teams(long club) {
    Map<Long, Team> teams = new LinkedHashMap<>();
    jdbc.sql("SELECT t.id, t.name, t.car, s.id AS seat, s.seat AS number, u.display_name AS driver"
            + " FROM simlane.teams t JOIN simlane.team_seats s ON s.team_id = t.id"
            + " LEFT JOIN simlane.users u ON u.id = s.user_id"
            + " WHERE t.club_id = :club ORDER BY t.id, s.seat")
        .param("club", club)
        .query(row -> {
          Team team = teams.get(row.getLong("id"));
          if (team == null) {
            team = new Team(
                row.getLong("id"), row.getString("name"), row.getString("car"), new ArrayList<>());
            teams.put(team.id(), team);
          }
          team.seats()
              .add(new Team.Seat(
                  row.getLong("seat"), row.getInt("number"), row.getString("driver")));
        });
    return List.copyOf(teams.values());
  }

  /** The latest twenty. */
  public List<EventLine> events(long club) {
    return jdbc.sql(
            EventSource.EVENT + " WHERE e.club_id = :club ORDER BY e.starts_at DESC, e.id LIMIT 20")
        .param("club", club)
        .query(EventSource::line)
        .list();
  }
}
