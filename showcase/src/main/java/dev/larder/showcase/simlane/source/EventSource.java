package dev.larder.showcase.simlane.source;

import dev.larder.showcase.simlane.domain.EventLine;
import dev.larder.showcase.simlane.domain.Overlap;
import dev.larder.showcase.simlane.domain.Participant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Events in the database. */
@SuppressWarnings("NullAway") // type arguments of Spring's row mappers and of generic calls
@Component
public class EventSource {
  static final String EVENT =
      "SELECT e.id, e.club_id, c.name AS club_name, e.name, r.name AS circuit,"
          + " e.starts_at, e.hours FROM simlane.events e JOIN simlane.clubs c ON c.id = e.club_id"
          + " JOIN simlane.circuits r ON r.id = e.circuit_id";

  private final JdbcClient jdbc;

  EventSource(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  static EventLine line(ResultSet row, int number) throws SQLException {
    return new EventLine(
        row.getLong("id"),
        row.getLong("club_id"),
        row.getString("club_name"),
        row.getString("name"),
        row.getString("circuit"),
        row.getTimestamp("starts_at").toInstant(),
        row.getInt("hours"));
  }

  public Optional<EventLine> event(long event) {
    return jdbc.sql(EVENT + " WHERE e.id = :event")
        .param("event", event)
        .query(EventSource::line)
        .optional();
  }

  public List<Participant> participants(long event) {
    return jdbc.sql(
            "SELECT p.user_id AS user, u.display_name AS name, p.status, p.free_from, p.free_to"
                + " FROM simlane.participations p JOIN simlane.users u ON u.id = p.user_id"
                + " WHERE p.event_id = :event ORDER BY u.display_name, p.id")
        .param("event", event)
        .query(Participant.class)
        .list();
  }

  /** For each hour of the day, also those in which nobody is free. */
  public List<Overlap> overlaps(long event) {
    return jdbc.sql("SELECT h AS hour, count(p.id) AS drivers FROM generate_series(0, 23) h"
            + " LEFT JOIN simlane.participations p ON p.event_id = :event"
            + " AND p.free_from <= h AND p.free_to > h GROUP BY h ORDER BY h")
        .param("event", event)
        .query(Overlap.class)
        .list();
  }
}
