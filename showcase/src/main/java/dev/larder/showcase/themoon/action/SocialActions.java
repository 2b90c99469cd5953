package dev.larder.showcase.themoon.action;

import dev.larder.showcase.themoon.cache.Endings;
import dev.larder.showcase.themoon.domain.ReactionKind;
import dev.larder.showcase.web.Checks;
import dev.larder.showcase.web.Refused;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What people do in public. Each is one transaction with its invalidations in the outbox. */
@Service
@Transactional
public class SocialActions {
  private static final int LONGEST_POST = 500;
  private static final int LONGEST_COMMENT = 300;

  private final JdbcClient jdbc;
  private final Endings endings;

  SocialActions(JdbcClient jdbc, Endings endings) {
    this.jdbc = jdbc;
    this.endings = endings;
  }

  /** Posts, and gives the number. */
  public long post(long author, @Nullable String text) {
    String stripped = checked(text, LONGEST_POST);
    mustExist("user", "users", author);
    long id = jdbc.sql("INSERT INTO themoon.posts (author_id, text) VALUES (?, ?) RETURNING id")
        .param(author)
        .param(stripped)
        .query(Long.class)
        .single();
    endings.posted(author, id);
    return id;
  }

  /** Takes a post of one's own back, with all that hangs on it. */
  public void deletePost(long user, long post) {
    long author = jdbc.sql("SELECT author_id FROM themoon.posts WHERE id = ? FOR UPDATE")
        .param(post)
        .query(Long.class)
        .optional()
        .orElseThrow(() -> Refused.notFound("post", post));
    if (author != user) {
      throw Refused.because(Refused.Reason.FORBIDDEN, "This post is somebody else's.");
    }
    jdbc.sql("DELETE FROM themoon.posts WHERE id = ?").param(post).update();
    endings.postDeleted(author, post);
  }

  /** Writes below a post. */
  public void comment(long user, long post, @Nullable String text) {
    String stripped = checked(text, LONGEST_COMMENT);
    mustExist("post", "posts", post);
    mustExist("user", "users", user);
    jdbc.sql("INSERT INTO themoon.comments (post_id, author_id, text) VALUES (?, ?, ?)")
        .param(post)
        .param(user)
        .param(stripped)
        .update();
    endings.commented(post);
  }

  /**
   * Reacts to a post, in place of an earlier reaction.
   *
   * @param kind null to take it back
   */
  public void react(long user, long post, @Nullable ReactionKind kind) {
    mustExist("post", "posts", post);
    mustExist("user", "users", user);
    if (kind == null) {
      jdbc.sql("DELETE FROM themoon.reactions WHERE post_id = ? AND user_id = ?")
          .param(post)
          .param(user)
          .update();
    } else {
      jdbc.sql("INSERT INTO themoon.reactions (post_id, user_id, kind) VALUES (?, ?, ?)"
              + " ON CONFLICT (post_id, user_id) DO UPDATE SET kind = excluded.kind")
          .param(post)
          .param(user)
          .param(kind.code())
          .update();
    }
    endings.reacted(user, post);
  }

  /** Follows somebody; twice is once. */
  public void follow(long user, long followee) {
    if (user == followee) {
      throw Refused.because(Refused.Reason.CONFLICT, "Nobody can follow themselves.");
    }
    mustExist("user", "users", followee);
    mustExist("user", "users", user);
    jdbc.sql("INSERT INTO themoon.follows (follower_id, followee_id) VALUES (?, ?)"
            + " ON CONFLICT DO NOTHING")
        .param(user)
        .param(followee)
        .update();
    endings.followed(user);
  }

  /** No longer follows somebody. */
  public void unfollow(long user, long followee) {
    jdbc.sql("DELETE FROM themoon.follows WHERE follower_id = ? AND followee_id = ?")
        .param(user)
        .param(followee)
        .update();
    endings.followed(user);
  }

  private static String checked(@Nullable String text, int most) {
    Checks checks = new Checks();
    String stripped = checks.text("text", text, 1, most);
    checks.done();
    return stripped;
  }

  /** Held until the end, so that what refers to it is not left alone. */
  private void mustExist(String what, String table, long id) {
    if (jdbc.sql("SELECT id FROM themoon." + table + " WHERE id = ? FOR KEY SHARE")
        .param(id)
        .query(Long.class)
        .optional()
        .isEmpty()) {
      throw Refused.notFound(what, id);
    }
  }
}
