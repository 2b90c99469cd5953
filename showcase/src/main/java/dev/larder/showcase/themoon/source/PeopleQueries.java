package dev.larder.showcase.themoon.source;

import dev.larder.showcase.themoon.domain.Person;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** People. Safe for many threads. */
@Component
public final class PeopleQueries {
  static final String PERSON = "u.id AS user_id, u.username, u.name";

  private final JdbcClient jdbc;

  PeopleQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Somebody by number. */
  public Optional<Person> person(long id) {
    return jdbc.sql("SELECT " + PERSON + " FROM themoon.users u WHERE u.id = ?")
        .param(id)
        .query(PeopleQueries::person)
        .optional();
  }

  /** Somebody by username. */
  public Optional<Person> person(String username) {
    return jdbc.sql("SELECT " + PERSON + " FROM themoon.users u WHERE u.username = ?")
        .param(username)
        .query(PeopleQueries::person)
        .optional();
  }

  /** Up to {@code count} people whose username begins so, in its order. */
  public List<Person> beginning(String username, int count) {
    return jdbc.sql("SELECT " + PERSON + " FROM themoon.users u WHERE u.username >= ?"
            + " AND starts_with(u.username, ?) ORDER BY u.username LIMIT ?")
        .param(username)
        .param(username)
        .param(count)
        .query(PeopleQueries::person)
        .list();
  }

  /** Those who are followed most. Reads all follows. */
  public List<Person> mostFollowed(int count) {
    return jdbc.sql("SELECT " + PERSON + " FROM (SELECT followee_id, count(*) AS n"
            + " FROM themoon.follows GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?) f"
            + " JOIN themoon.users u ON u.id = f.followee_id ORDER BY f.n DESC, u.id")
        .param(count)
        .query(PeopleQueries::person)
        .list();
  }

  static Person person(ResultSet row, int number) throws SQLException {
    return new Person(row.getLong("user_id"), row.getString("username"), row.getString("name"));
  }

  static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
