package dev.larder.showcase.halfnote.source;

import dev.larder.showcase.halfnote.domain.Album;
import dev.larder.showcase.halfnote.domain.Comment;
import dev.larder.showcase.halfnote.domain.Person;
import dev.larder.showcase.halfnote.domain.Review;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Rows to records. The column lists and the mapping of each record stand side by side here. */
final class Rows {
  static final String PERSON = " u.id AS user_id, u.username, u.display_name, u.avatar ";
  static final String ALBUM = " b.id AS album_id, b.catalogue_id, b.title, b.artist ";
  static final String REVIEW =
      " r.id AS review_id, r.rating, r.text, r.pinned, r.edited, r.created_at, "
          + PERSON
          + ", "
          + ALBUM;

  /** Reviews with author and album, to be followed by a condition. */
  static final String REVIEWS = "SELECT"
      + REVIEW
      + "FROM halfnote.reviews r JOIN halfnote.users u ON u.id = r.user_id"
      + " JOIN halfnote.albums b ON b.id = r.album_id ";

  private Rows() {}

  static Person person(ResultSet row, int number) throws SQLException {
    return new Person(
        row.getLong("user_id"),
        row.getString("username"),
        row.getString("display_name"),
        row.getString("avatar"));
  }

  static Album album(ResultSet row, int number) throws SQLException {
    return new Album(
        row.getLong("album_id"),
        row.getString("catalogue_id"),
        row.getString("title"),
        row.getString("artist"));
  }

  static Review review(ResultSet row, int number) throws SQLException {
    return new Review(
        row.getLong("review_id"),
        person(row, number),
        album(row, number),
        row.getInt("rating"),
        row.getString("text"),
        row.getBoolean("pinned"),
        time(row, "created_at"),
        row.getBoolean("edited"));
  }

  static Comment comment(ResultSet row, int number) throws SQLException {
    return new Comment(
        row.getLong("comment_id"),
        person(row, number),
        row.getString("text"),
        time(row, "created_at"));
  }

  static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static List<String> texts(ResultSet row, String column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }

  /** Ten counts out of rows of rating and count. */
  static List<Long> histogram(List<long[]> ratings) {
    List<Long> histogram = new ArrayList<>(java.util.Collections.nCopies(10, 0L));
    ratings.forEach(rating -> histogram.set((int) rating[0] - 1, rating[1]));
    return histogram;
  }

  static double average(List<Long> histogram) {
    long total = 0;
    long sum = 0;
    for (int i = 0; i < histogram.size(); i++) {
      total += histogram.get(i);
      sum += histogram.get(i) * (i + 1);
    }
    return total == 0 ? 0 : Math.round(sum * 100.0 / total) / 100.0;
  }
}
