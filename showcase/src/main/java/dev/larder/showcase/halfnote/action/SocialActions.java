package dev.larder.showcase.halfnote.action;

import dev.larder.showcase.halfnote.action.Commit.Changes;
import dev.larder.showcase.web.Checks;
import dev.larder.showcase.web.Refused;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Likes, comments and follows. Safe for use by many threads; each action is one transaction. */
public final class SocialActions {
  /** The longest comment. */
  public static final int LONGEST_COMMENT = 500;

  private final JdbcClient jdbc;
  private final Commit commit;

  /** Acts on one database. */
  public SocialActions(JdbcClient jdbc, Commit commit) {
    this.jdbc = jdbc;
    this.commit = commit;
  }

  /**
   * Likes a review. Liking twice is liking once.
   *
   * @return whether that is new
   */
  public boolean like(long user, long review) {
    return commit.of(changes -> {
      long author = authorOf(review);
      int added = jdbc.sql("INSERT INTO halfnote.review_likes (review_id, user_id) VALUES (?, ?)"
              + " ON CONFLICT DO NOTHING")
          .param(review)
          .param(user)
          .update();
      if (added == 1) {
        activity(user, author, "like", review, null);
        changes.add(new Change.Liked(user, review, author));
      }
      return added == 1;
    });
  }

  /**
   * Takes a like back, and its activity with it.
   *
   * @return whether there was one
   */
  public boolean unlike(long user, long review) {
    return commit.of(changes -> {
      long author = authorOf(review);
      int removed = jdbc.sql(
              "DELETE FROM halfnote.review_likes WHERE review_id = ? AND user_id = ?")
          .param(review)
          .param(user)
          .update();
      if (removed == 1) {
        jdbc.sql("DELETE FROM halfnote.activities"
                + " WHERE user_id = ? AND activity_type = 'like' AND review_id = ?")
            .param(user)
            .param(review)
            .update();
        changes.add(new Change.Liked(user, review, author));
      }
      return removed == 1;
    });
  }

  /** Writes a comment of 1 to {@value #LONGEST_COMMENT} characters and returns its number. */
  public long comment(long user, long review, @Nullable String text) {
    Checks checks = new Checks();
    String stripped = checks.text("text", text, 1, LONGEST_COMMENT);
    checks.done();
    return commit.of(changes -> {
      long author = authorOf(review);
      long comment = jdbc.sql("INSERT INTO halfnote.review_comments (review_id, user_id, text)"
              + " VALUES (?, ?, ?) RETURNING id")
          .param(review)
          .param(user)
          .param(stripped)
          .query(Long.class)
          .single();
      activity(user, author, "comment", review, comment);
      changes.add(new Change.Commented(user, review, author));
      return comment;
    });
  }

  /**
   * Follows somebody. Following twice is following once.
   *
   * @return whether that is new
   */
  public boolean follow(long user, long followee) {
    if (user == followee) {
      throw Refused.because(Refused.Reason.CONFLICT, "Nobody can follow themselves.");
    }
    return commit.of(changes -> follow(user, followee, changes));
  }

  /**
   * No longer follows somebody; the activity that told of it goes as well.
   *
   * @return whether there was something to end
   */
  public boolean unfollow(long user, long followee) {
    return commit.of(changes -> {
      int removed = jdbc.sql(
              "DELETE FROM halfnote.follows WHERE follower_id = ? AND followee_id = ?")
          .param(user)
          .param(followee)
          .update();
      if (removed == 1) {
        jdbc.sql("DELETE FROM halfnote.activities"
                + " WHERE user_id = ? AND activity_type = 'follow' AND target_user_id = ?")
            .param(user)
            .param(followee)
            .update();
        changes.add(new Change.Followed(user, followee));
      }
      return removed == 1;
    });
  }

  private boolean follow(long user, long followee, Changes changes) {
    boolean known = jdbc.sql("SELECT EXISTS (SELECT 1 FROM halfnote.users WHERE id = ?)")
        .param(followee)
        .query(Boolean.class)
        .single();
    if (!known) {
      throw Refused.notFound("user", followee);
    }
    int added = jdbc.sql("INSERT INTO halfnote.follows (follower_id, followee_id) VALUES (?, ?)"
            + " ON CONFLICT DO NOTHING")
        .param(user)
        .param(followee)
        .update();
    if (added == 1) {
      activity(user, followee, "follow", null, null);
      changes.add(new Change.Followed(user, followee));
    }
    return added == 1;
  }

  /** The author of a review, which cannot be deleted before this transaction ends. */
  private long authorOf(long review) {
    return jdbc.sql("SELECT user_id FROM halfnote.reviews WHERE id = ? FOR KEY SHARE")
        .param(review)
        .query(Long.class)
        .optional()
        .orElseThrow(() -> Refused.notFound("review", review));
  }

  private void activity(
      long user, long target, String type, @Nullable Long review, @Nullable Long comment) {
    jdbc.sql("INSERT INTO halfnote.activities"
            + " (user_id, target_user_id, activity_type, review_id, comment_id)"
            + " VALUES (?, ?, ?, ?, ?)")
        .param(user)
        // What people do to their own reviews is nobody's incoming.
        .param(target == user ? null : target)
        .param(type)
        .param(review)
        .param(comment)
        .update();
  }
}
