package dev.larder.showcase.themoon.cache;

import dev.larder.Larder;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Which write ends what: the one place where actions and caches meet. Called inside the transaction
 * that writes; the tags are then rows of its outbox, and end when it commits. However many people are
 * affected, an action ends at most four tags. Messages are not here: they are written through.
 */
@Component
public final class Endings {
  private final Larder larder;

  Endings(Larder larder) {
    this.larder = larder;
  }

  /** The feeds of the author and of all followers; and that there was no such post. */
  public void posted(long author, long post) {
    end("a post", Tags.postedBy(author), List.of(Tags.post(post)));
  }

  /** The same, and its counts. */
  public void postDeleted(long author, long post) {
    end("a post deleted", Tags.postedBy(author), List.of(Tags.post(post), Tags.reactions(post)));
  }

  /** The post's own page; feeds do not show comments. */
  public void commented(long post) {
    end("a comment", List.of(Tags.post(post)), List.of());
  }

  /** The counts, and what this user did; feeds and the post's page have them from there. */
  public void reacted(long user, long post) {
    end("a reaction", List.of(Tags.reactions(post), Tags.reactionOf(post, user)), List.of());
  }

  /** All pages of the follower's feed, and whom the follower follows. Nobody else's. */
  public void followed(long follower) {
    end("a follow", List.of(Tags.following(follower)), List.of());
  }

  private void end(String cause, List<String> tags, List<String> more) {
    larder.batch().tags(tags).tags(more).because(cause).apply();
  }
}
