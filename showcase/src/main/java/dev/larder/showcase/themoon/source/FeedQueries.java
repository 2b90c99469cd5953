package dev.larder.showcase.themoon.source;

import dev.larder.showcase.themoon.domain.Comment;
import dev.larder.showcase.themoon.domain.Feed;
import dev.larder.showcase.themoon.domain.Following;
import dev.larder.showcase.themoon.domain.Post;
import dev.larder.showcase.themoon.domain.PostDetail;
import dev.larder.showcase.themoon.domain.ReactionKind;
import dev.larder.showcase.themoon.domain.Reactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Posts, and what belongs to them. Safe for many threads. */
@SuppressWarnings("NullAway") // type arguments of Spring's row mappers and of generic calls
@Component
public final class FeedQueries {
  private static final String POSTS = "SELECT p.id, p.text, p.created_at, "
      + PeopleQueries.PERSON
      + " FROM themoon.posts p JOIN themoon.users u ON u.id = p.author_id ";

  private final JdbcClient jdbc;

  FeedQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Whom a user follows. One statement. */
  public Following following(long user) {
    return new Following(
        user,
        jdbc.sql("SELECT followee_id FROM themoon.follows WHERE follower_id = ? ORDER BY 1")
            .param(user)
            .query(Long.class)
            .list());
  }

  /**
   * A page of a feed. One statement, whose cost follows the number of people followed: each one's index
   * gives the newest numbers, which are merged.
   */
  public Feed feed(long user, int page, List<Long> followees) {
    int before = (page - 1) * Feed.SIZE;
    List<Long> authors = new ArrayList<>(followees);
    authors.add(user);
    List<Post> posts = jdbc.sql(POSTS
            + "WHERE p.id IN (SELECT k.id FROM unnest(?) f(author) CROSS JOIN LATERAL"
            + " (SELECT id FROM themoon.posts WHERE author_id = f.author ORDER BY id DESC LIMIT ?) k"
            + " ORDER BY k.id DESC OFFSET ? LIMIT ?) ORDER BY p.id DESC")
        .param(array(authors))
        .param(before + Feed.SIZE + 1)
        .param(before)
        .param(Feed.SIZE + 1)
        .query(FeedQueries::post)
        .list();
    boolean hasMore = posts.size() > Feed.SIZE && page < Feed.LAST_PAGE;
    List<Post> shown = List.copyOf(posts.subList(0, Math.min(Feed.SIZE, posts.size())));
    return new Feed(user, page, shown, hasMore, followees);
  }

  /** A post with its comments, or null. Two statements. */
  public @Nullable PostDetail post(long id) {
    List<Post> found =
        jdbc.sql(POSTS + "WHERE p.id = ?").param(id).query(FeedQueries::post).list();
    if (found.isEmpty()) {
      return null;
    }
    List<Comment> comments = new ArrayList<>(jdbc.sql("SELECT c.id, c.text, c.created_at, "
            + PeopleQueries.PERSON
            + " FROM themoon.comments c JOIN themoon.users u ON u.id = c.author_id"
            + " WHERE c.post_id = ? ORDER BY c.id DESC LIMIT " + PostDetail.COMMENTS)
        .param(id)
        .query((row, number) -> new Comment(
            row.getLong("id"),
            PeopleQueries.person(row, number),
            row.getString("text"),
            PeopleQueries.time(row, "created_at")))
        .list());
    Collections.reverse(comments);
    return new PostDetail(found.get(0), List.copyOf(comments));
  }

  /** How many reacted to each of the posts; one of which nobody did has zeros. One statement. */
  public Map<Long, Reactions> reactions(Collection<Long> posts) {
    Map<Long, List<Long>> counts = new HashMap<>();
    posts.forEach(post -> counts.put(post, new ArrayList<>(Reactions.NONE.counts())));
    jdbc.sql("SELECT post_id, kind, count(*) FROM themoon.reactions WHERE post_id = ANY (?)"
            + " GROUP BY 1, 2")
        .param(array(posts))
        .query(row -> {
          List<Long> of = counts.get(row.getLong(1));
          if (of != null) {
            of.set(row.getInt(2), row.getLong(3));
          }
        });
    Map<Long, Reactions> result = new HashMap<>();
    counts.forEach((post, list) -> result.put(post, new Reactions(List.copyOf(list))));
    return result;
  }

  /** How a user reacted to those of the posts to which the user did. One statement. */
  public Map<Long, ReactionKind> reactionsOf(long user, Collection<Long> posts) {
    Map<Long, ReactionKind> mine = new HashMap<>();
    jdbc.sql("SELECT post_id, kind FROM themoon.reactions WHERE post_id = ANY (?) AND user_id = ?")
        .param(array(posts))
        .param(user)
        .query(row -> {
          mine.put(row.getLong(1), ReactionKind.of(row.getInt(2)));
        });
    return mine;
  }

  /** Posts that were reacted to most among the newest, for warming. One statement. */
  public List<Long> popular(int count) {
    return jdbc.sql("SELECT p.id FROM (SELECT id FROM themoon.posts ORDER BY id DESC LIMIT 1000) p"
            + " LEFT JOIN themoon.reactions r ON r.post_id = p.id"
            + " GROUP BY p.id ORDER BY count(r.user_id) DESC, p.id DESC LIMIT ?")
        .param(count)
        .query(Long.class)
        .list();
  }

  private static Post post(ResultSet row, int number) throws SQLException {
    return new Post(
        row.getLong("id"),
        PeopleQueries.person(row, number),
        row.getString("text"),
        PeopleQueries.time(row, "created_at"));
  }

  private static long[] array(Collection<Long> numbers) {
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }
}
