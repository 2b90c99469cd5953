package dev.larder.showcase.themoon.cache;

import dev.larder.showcase.themoon.domain.Feed;
import dev.larder.showcase.themoon.domain.Post;
import dev.larder.showcase.themoon.source.FeedQueries;
import dev.larder.showcase.themoon.source.PeopleQueries;
import java.util.List;
import org.springframework.stereotype.Component;

/** Fills the caches with what will be asked for soon. A fill by warming is as safe as any other. */
@Component
public final class Warming {
  private static final int POSTS = 50;
  private static final int PEOPLE = 12;

  private final FeedCaches caches;
  private final FeedQueries posts;
  private final PeopleQueries people;

  Warming(FeedCaches caches, FeedQueries posts, PeopleQueries people) {
    this.caches = caches;
    this.posts = posts;
    this.people = people;
  }

  /** What one user sees first: the first page of the feed with its counts. */
  public void user(long user) {
    Feed feed = caches.feed(user, 1);
    List<Long> shown = feed.posts().stream().map(Post::id).toList();
    caches.reactions(shown);
    caches.reactionsOf(user, shown);
  }

  /** What everybody looks at: popular posts, and the feeds of those followed most. */
  public void popular() {
    List<Long> popular = posts.popular(POSTS);
    popular.forEach(caches::post);
    caches.reactions(popular);
    people.mostFollowed(PEOPLE).forEach(person -> user(person.id()));
  }
}
