package dev.larder.showcase.themoon.web;

import dev.larder.showcase.themoon.cache.FeedCaches;
import dev.larder.showcase.themoon.domain.Feed;
import dev.larder.showcase.themoon.domain.Post;
import dev.larder.showcase.themoon.domain.ReactionKind;
import dev.larder.showcase.themoon.domain.Reactions;
import dev.larder.showcase.web.Refused;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A page of a feed as its reader sees it: the page, the counts, and the reader's own reactions. */
public record FeedPage(int page, boolean hasMore, List<Line> lines) {

  /**
   * A post with what belongs to it.
   *
   * @param mine how the reader reacted, null if not
   */
  public record Line(
      Post post, Reactions reactions, @Nullable ReactionKind mine) {}

  /**
   * Reads it: three lookups, whatever the number of posts.
   *
   * @throws Refused if there can be no such page
   */
  public static FeedPage read(FeedCaches caches, long user, int page) {
    if (page < 1 || page > Feed.LAST_PAGE) {
      throw Refused.invalid("page", page, "1 to " + Feed.LAST_PAGE);
    }
    Feed feed = caches.feed(user, page);
    return new FeedPage(page, feed.hasMore(), lines(caches, user, feed.posts()));
  }

  /** Posts as a reader sees them. */
  public static List<Line> lines(FeedCaches caches, long reader, List<Post> posts) {
    List<Long> ids = posts.stream().map(Post::id).toList();
    Map<Long, Reactions> counts = caches.reactions(ids);
    Map<Long, ReactionKind> mine = caches.reactionsOf(reader, ids);
    return posts.stream()
        .map(post ->
            new Line(post, counts.getOrDefault(post.id(), Reactions.NONE), mine.get(post.id())))
        .toList();
  }

  /**
   * A reaction by its word.
   *
   * @throws Refused if it is none
   */
  public static ReactionKind kind(String word) {
    return ReactionKind.of(word)
        .orElseThrow(() -> Refused.invalid("reaction", word, "like, love, laugh or wow"));
  }
}
