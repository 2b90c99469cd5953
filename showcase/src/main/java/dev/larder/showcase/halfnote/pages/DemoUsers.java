package dev.larder.showcase.halfnote.pages;

import dev.larder.showcase.halfnote.domain.Person;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Suggests whom to log in as: users whose pages show something different. */
@Component
final class DemoUsers {
  private static final String CHOSEN = "WITH chosen(id, why) AS ("
      + " (SELECT followee_id, 'followed by ' || count(*) FROM halfnote.follows"
      + "   GROUP BY 1 ORDER BY count(*) DESC LIMIT 3)"
      + " UNION ALL (SELECT follower_id, 'follows ' || count(*) FROM halfnote.follows"
      + "   GROUP BY 1 ORDER BY count(*) DESC LIMIT 3)"
      + " UNION ALL (SELECT follower_id, 'one of many, follows ' || count(*)"
      + "   FROM halfnote.follows GROUP BY 1 HAVING count(*) BETWEEN 10 AND 25"
      + "   ORDER BY follower_id LIMIT 6))";

  private final JdbcClient jdbc;

  DemoUsers(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A user worth being.
   *
   * @param person who
   * @param why what there is to see
   */
  record Suggestion(Person person, String why) {}

  /** Up to twelve users, the most followed first. Two statements. */
  List<Suggestion> suggestions() {
    record Chosen(long id, String why) {}
    List<Chosen> chosen = jdbc.sql(
            CHOSEN + " SELECT id, string_agg(why, ', ' ORDER BY why) FROM chosen GROUP BY id")
        .query((row, number) -> new Chosen(row.getLong(1), row.getString(2)))
        .list();
    Map<Long, String> why = chosen.stream().collect(Collectors.toMap(Chosen::id, Chosen::why));
    return jdbc.sql(
            "SELECT id, username, display_name, avatar FROM halfnote.users u WHERE id = ANY (?)"
                + " ORDER BY (SELECT count(*) FROM halfnote.follows f WHERE f.followee_id = u.id)"
                + " DESC, id")
        .param(why.keySet().stream().mapToLong(Long::longValue).toArray())
        .query((row, number) -> new Suggestion(
            new Person(row.getLong(1), row.getString(2), row.getString(3), row.getString(4)),
            why.getOrDefault(row.getLong(1), "")))
        .list();
  }
}
