package dev.larder.showcase.halfnote.action;

import dev.larder.showcase.web.Checks;
import dev.larder.showcase.web.Refused;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writing reviews. Safe for use by many threads; each action is one transaction. */
public final class ReviewActions {
  /** The longest review. */
  public static final int LONGEST = 2_000;

  /** The most reviews a user can pin. */
  public static final int MOST_PINNED = 3;

  private final JdbcClient jdbc;
  private final Commit commit;

  /** Acts on one database. */
  public ReviewActions(JdbcClient jdbc, Commit commit) {
    this.jdbc = jdbc;
    this.commit = commit;
  }

  /**
   * Writes a review and returns its number.
   *
   * @param rating 1 to 10
   * @param text 1 to {@value #LONGEST} characters
   * @throws Refused if the user has reviewed the album before
   */
  public long create(
      long user, @Nullable Long album, @Nullable Integer rating, @Nullable String text) {
    Checks checks = new Checks();
    long albumId = checks.id("albumId", album);
    int points = checks.number("rating", rating, 1, 10);
    String words = checks.text("text", text, 1, LONGEST);
    checks.done();
    return commit.of(changes -> {
      requireAlbum(jdbc, albumId);
      long review = jdbc.sql("INSERT INTO halfnote.reviews (user_id, album_id, rating, text)"
              + " VALUES (?, ?, ?, ?) ON CONFLICT (user_id, album_id) DO NOTHING"
              + " RETURNING id")
          .param(user)
          .param(albumId)
          .param(points)
          .param(words)
          .query(Long.class)
          .optional()
          .orElseThrow(() -> Refused.because(
              Refused.Reason.CONFLICT,
              "You have reviewed album " + albumId + " already: edit that review."));
      jdbc.sql("INSERT INTO halfnote.activities (user_id, activity_type, review_id)"
              + " VALUES (?, 'review', ?)")
          .param(user)
          .param(review)
          .update();
      changes.add(new Change.ReviewWritten(user, review, albumId));
      return review;
    });
  }

  /** Changes rating or text or both of an own review; null leaves a part as it is. */
  public void edit(long user, long review, @Nullable Integer rating, @Nullable String text) {
    Checks checks = new Checks();
    Integer points = rating == null ? null : checks.number("rating", rating, 1, 10);
    String words = text == null ? null : checks.text("text", text, 1, LONGEST);
    if (rating == null && text == null) {
      checks.fault("rating", "missing", "given, or text must be");
    }
    checks.done();
    commit.of(changes -> {
      long album = own(user, review);
      jdbc.sql("UPDATE halfnote.reviews SET rating = coalesce(?::smallint, rating),"
              + " text = coalesce(?::text, text), edited = true WHERE id = ?")
          .param(points)
          .param(words)
          .param(review)
          .update();
      changes.add(new Change.ReviewEdited(user, review, album));
      return true;
    });
  }

  /** Deletes an own review with its likes, comments and activities. */
  public void delete(long user, long review) {
    commit.of(changes -> {
      long album = own(user, review);
      jdbc.sql("DELETE FROM halfnote.reviews WHERE id = ?").param(review).update();
      changes.add(new Change.ReviewDeleted(user, review, album));
      return true;
    });
  }

  /**
   * Pins an own review to the top of the profile, or takes the pin off.
   *
   * @throws Refused if {@value #MOST_PINNED} others are pinned
   */
  public void pin(long user, long review, boolean pinned) {
    commit.of(changes -> {
      // The user's row is the lock that keeps two pins at once from passing the limit.
      jdbc.sql("SELECT id FROM halfnote.users WHERE id = ? FOR NO KEY UPDATE")
          .param(user)
          .query(Long.class)
          .optional();
      long album = own(user, review);
      if (pinned && othersPinned(user, review) >= MOST_PINNED) {
        throw Refused.because(
            Refused.Reason.CONFLICT,
            "There are " + MOST_PINNED + " pinned reviews already, the most there can be.");
      }
      int changed = jdbc.sql("UPDATE halfnote.reviews SET pinned = ? WHERE id = ? AND pinned <> ?")
          .param(pinned)
          .param(review)
          .param(pinned)
          .update();
      if (changed == 1) {
        changes.add(new Change.ReviewEdited(user, review, album));
      }
      return true;
    });
  }

  static void requireAlbum(JdbcClient jdbc, long album) {
    boolean known = jdbc.sql("SELECT EXISTS (SELECT 1 FROM halfnote.albums WHERE id = ?)")
        .param(album)
        .query(Boolean.class)
        .single();
    if (!known) {
      throw Refused.notFound("album", album);
    }
  }

  private long othersPinned(long user, long review) {
    return jdbc.sql(
            "SELECT count(*) FROM halfnote.reviews WHERE user_id = ? AND pinned AND id <> ?")
        .param(user)
        .param(review)
        .query(Long.class)
        .single();
  }

  /** The album of a review that belongs to the user, locked until the transaction ends. */
  private long own(long user, long review) {
    long[] found = jdbc.sql(
            "SELECT user_id, album_id FROM halfnote.reviews WHERE id = ? FOR UPDATE")
        .param(review)
        .query((row, number) -> new long[] {row.getLong(1), row.getLong(2)})
        .optional()
        .orElseThrow(() -> Refused.notFound("review", review));
    if (found[0] != user) {
      throw Refused.because(
          Refused.Reason.FORBIDDEN, "Review " + review + " was written by somebody else.");
    }
    return found[1];
  }
}
