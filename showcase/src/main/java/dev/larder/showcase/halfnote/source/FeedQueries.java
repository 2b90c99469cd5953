package dev.larder.showcase.halfnote.source;

import dev.larder.showcase.halfnote.domain.Activity;
import dev.larder.showcase.halfnote.domain.Feed;
import dev.larder.showcase.halfnote.domain.FeedCursor;
import dev.larder.showcase.halfnote.domain.FeedKind;
import dev.larder.showcase.halfnote.domain.Person;
import dev.larder.showcase.halfnote.domain.Review;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A feed in 2 to 4 statements: whom the user follows (friends feed only), the activities with their
 * comments, the people in them, the reviews in them.
 *
 * <p>The friends feed asks each followed user's index for its newest lines and merges them: the
 * cost follows the number of people followed, not the number of activities they have.
 */
final class FeedQueries {
  private static final String COLUMNS =
      " a.id, a.activity_type, a.user_id, a.target_user_id, a.review_id, a.comment_id, a.created_at ";
  private static final String OLDER = " AND (a.created_at, a.id) < (?, ?) ";
  private static final String NEWEST = " ORDER BY a.created_at DESC, a.id DESC LIMIT " + Feed.PAGE;

  private final JdbcClient jdbc;

  FeedQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Feed feed(long user, FeedKind kind, @Nullable FeedCursor before) {
    List<Long> followees = kind == FeedKind.FRIENDS && before == null
        ? jdbc.sql("SELECT followee_id FROM halfnote.follows WHERE follower_id = ?"
                + " ORDER BY followee_id")
            .param(user)
            .query((row, number) -> row.getLong(1))
            .list()
        : List.of();
    List<Line> lines = lines(user, kind, before);
    Map<Long, Person> people = people(lines);
    Map<Long, Review> reviews = reviews(lines);
    List<Activity> activities = new ArrayList<>();
    for (Line line : lines) {
      Person actor = people.get(line.actor());
      if (actor == null) {
        continue; // deleted between two statements
      }
      activities.add(new Activity(
          line.id(),
          line.type(),
          actor,
          line.target() == null ? null : people.get(line.target()),
          line.review() == null ? null : reviews.get(line.review()),
          line.comment(),
          line.createdAt()));
    }
    return new Feed(user, kind, activities, followees);
  }

  private List<Line> lines(long user, FeedKind kind, @Nullable FeedCursor before) {
    String older = before == null ? "" : OLDER;
    String page = switch (kind) {
      case YOU -> "SELECT" + COLUMNS + "FROM halfnote.activities a WHERE a.user_id = ?" + older;
      case INCOMING ->
        "SELECT" + COLUMNS + "FROM halfnote.activities a WHERE a.target_user_id = ?" + older;
      // Moments and numbers come out of the index alone; only the lines shown are fetched.
      case FRIENDS ->
        "SELECT"
            + COLUMNS
            + "FROM (SELECT k.id FROM halfnote.follows f CROSS JOIN LATERAL"
            + " (SELECT a.created_at, a.id FROM halfnote.activities a"
            + " WHERE a.user_id = f.followee_id"
            + older
            + NEWEST
            + ") k WHERE f.follower_id = ? ORDER BY k.created_at DESC, k.id DESC LIMIT "
            + Feed.PAGE
            + ") k JOIN halfnote.activities a ON a.id = k.id";
    };
    List<Object> parameters = new ArrayList<>();
    parameters.add(user);
    if (before != null) {
      // In the friends feed the moment stands before the follower, in the others after the user.
      parameters.addAll(
          kind == FeedKind.FRIENDS ? 0 : 1,
          List.of(before.createdAt().atOffset(ZoneOffset.UTC), before.id()));
    }
    return jdbc.sql("SELECT a.*, c.text AS comment FROM ("
            + page
            + NEWEST
            + ") a LEFT JOIN halfnote.review_comments c ON c.id = a.comment_id"
            + " ORDER BY a.created_at DESC, a.id DESC")
        .params(parameters)
        .query(FeedQueries::line)
        .list();
  }

  private Map<Long, Person> people(List<Line> lines) {
    Set<Long> ids = new HashSet<>();
    for (Line line : lines) {
      ids.add(line.actor());
      if (line.target() != null) {
        ids.add(line.target());
      }
    }
    Map<Long, Person> people = new HashMap<>();
    if (!ids.isEmpty()) {
      jdbc.sql("SELECT" + Rows.PERSON + "FROM halfnote.users u WHERE u.id = ANY (?)")
          .param(OptimisedReads.array(ids))
          .query(Rows::person)
          .list()
          .forEach(person -> people.put(person.id(), person));
    }
    return people;
  }

  private Map<Long, Review> reviews(List<Line> lines) {
    Set<Long> ids = new HashSet<>();
    for (Line line : lines) {
      if (line.review() != null) {
        ids.add(line.review());
      }
    }
    Map<Long, Review> reviews = new HashMap<>();
    if (!ids.isEmpty()) {
      jdbc.sql(Rows.REVIEWS + "WHERE r.id = ANY (?)")
          .param(OptimisedReads.array(ids))
          .query(Rows::review)
          .list()
          .forEach(review -> reviews.put(review.id(), review));
    }
    return reviews;
  }

  /** A row of the activities table, with numbers where the feed has people and reviews. */
  record Line(
      long id,
      Activity.Type type,
      long actor,
      @Nullable Long target,
      @Nullable Long review,
      @Nullable String comment,
      Instant createdAt) {}

  static Line line(ResultSet row, int number) throws SQLException {
    return new Line(
        row.getLong("id"),
        Activity.Type.valueOf(row.getString("activity_type").toUpperCase(Locale.ROOT)),
        row.getLong("user_id"),
        (Long) row.getObject("target_user_id"),
        (Long) row.getObject("review_id"),
        row.getString("comment"),
        Rows.time(row, "created_at"));
  }
}
