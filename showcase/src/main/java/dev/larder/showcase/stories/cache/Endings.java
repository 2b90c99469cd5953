package dev.larder.showcase.stories.cache;

import dev.larder.Larder;
import dev.larder.spring.annotation.AnnotatedCaches;
import org.springframework.stereotype.Component;

/**
 * What a write ends beyond the tags that stand on its entities. To be told inside of the write's
 * transaction: all of it happens at the commit, with the rows.
 */
@Component
public final class Endings {
  private final Larder larder;
  private final AnnotatedCaches caches;
  private final UserQueries users;

  Endings(Larder larder, AnnotatedCaches caches, UserQueries users) {
    this.larder = larder;
    this.caches = caches;
    this.users = users;
  }

  /** A draft has become a story: the lists that it may join, and its author's figures. */
  public void published(long author) {
    larder.invalidateTags("author:" + author, "stats:" + author, "featured", "trending", "search");
  }

  /** A published story has changed: what shows it ends by itself, what may now find it does not. */
  public void changed() {
    larder.invalidateTags("search");
  }

  /** All notifications of a user were marked by one statement, which names no rows. */
  public void allRead(long user) {
    larder.invalidateTags("notifications:" + user);
  }

  /** One entry, of the user who is asking. */
  public void settings(long user) {
    caches.invalidate(() -> users.settings(user));
  }
}
