package dev.larder.showcase.stories.write;

import dev.larder.showcase.stories.entity.Comment;
import dev.larder.showcase.stories.entity.Follow;
import dev.larder.showcase.stories.entity.Notification;
import dev.larder.showcase.stories.entity.Story;
import dev.larder.showcase.stories.entity.User;
import dev.larder.showcase.stories.entity.UserSettings;
import dev.larder.showcase.web.Checks;
import dev.larder.showcase.web.Refused;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What readers do to stories and authors; both hear of it, if they want to. */
@Service
@Transactional
public class ReaderWrites {
  private static final int LONGEST_COMMENT = 1000;

  private final EntityManager entities;

  ReaderWrites(EntityManager entities) {
    this.entities = entities;
  }

  /** Says something of a published story. */
  public void comment(long user, long storyId, @Nullable String text) {
    Checks checks = new Checks();
    String checked = checks.text("text", text, 1, LONGEST_COMMENT);
    checks.done();
    Story story = entities.find(Story.class, storyId);
    if (story == null || story.publishedAt() == null) {
      throw Refused.notFound("story", storyId);
    }
    known(user);
    Instant now = Instant.now();
    entities.persist(new Comment(storyId, user, checked, now));
    long author = story.authorId();
    if (author != user && settings(author).notifyComments()) {
      entities.persist(new Notification(author, user, storyId, now));
    }
  }

  /** Follows an author; does nothing if he is followed. */
  public void follow(long user, long author) {
    if (user == author) {
      throw Refused.because(Refused.Reason.CONFLICT, "Nobody follows himself.");
    }
    if (!following(user, author).isEmpty()) {
      return;
    }
    Instant now = Instant.now();
    entities.persist(new Follow(user, author, now));
    if (settings(author).notifyFollows()) {
      entities.persist(new Notification(author, user, null, now));
    }
  }

  /** Follows an author no more. */
  public void unfollow(long user, long author) {
    following(user, author).forEach(entities::remove);
  }

  /** Locks the reader's row, so that two clicks at once make one follower. */
  private List<Follow> following(long user, long author) {
    if (entities.find(User.class, user, LockModeType.PESSIMISTIC_WRITE) == null) {
      throw nobody(user);
    }
    known(author);
    return entities
        .createQuery(
            "from Follow f where f.followerId = :user and f.followedId = :author", Follow.class)
        .setParameter("user", user)
        .setParameter("author", author)
        .getResultList();
  }

  private void known(long user) {
    if (entities.find(User.class, user) == null) {
      throw nobody(user);
    }
  }

  private static Refused nobody(long user) {
    return Refused.notFound("user", user);
  }

  private UserSettings settings(long user) {
    return entities.getReference(UserSettings.class, user);
  }
}
