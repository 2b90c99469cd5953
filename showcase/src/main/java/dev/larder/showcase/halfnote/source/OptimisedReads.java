package dev.larder.showcase.halfnote.source;

import dev.larder.showcase.halfnote.catalogue.CatalogueClient;
import dev.larder.showcase.halfnote.domain.Album;
import dev.larder.showcase.halfnote.domain.AlbumDetails;
import dev.larder.showcase.halfnote.domain.AlbumList;
import dev.larder.showcase.halfnote.domain.AlbumReviews;
import dev.larder.showcase.halfnote.domain.Comment;
import dev.larder.showcase.halfnote.domain.Counts;
import dev.larder.showcase.halfnote.domain.Feed;
import dev.larder.showcase.halfnote.domain.FeedCursor;
import dev.larder.showcase.halfnote.domain.FeedKind;
import dev.larder.showcase.halfnote.domain.ListDetail;
import dev.larder.showcase.halfnote.domain.People;
import dev.larder.showcase.halfnote.domain.Person;
import dev.larder.showcase.halfnote.domain.Profile;
import dev.larder.showcase.halfnote.domain.Review;
import dev.larder.showcase.halfnote.domain.ReviewDetail;
import dev.larder.showcase.halfnote.domain.SearchResult;
import dev.larder.showcase.halfnote.domain.UserLists;
import dev.larder.showcase.halfnote.domain.UserReviews;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads in as few statements as the shape of the answer allows: 3 to 5 for a feed with its counts,
 * 1 to 3 for everything else.
 */
public final class OptimisedReads implements Reads {
  private static final String PROFILE = "SELECT"
      + Rows.PERSON
      + ", u.bio, u.location, u.genres, u.joined_at,"
      + " (SELECT count(*) FROM halfnote.reviews r WHERE r.user_id = u.id) AS reviews,"
      + " (SELECT count(*) FROM halfnote.lists l WHERE l.user_id = u.id AND l.is_public) AS lists,"
      + " (SELECT count(*) FROM halfnote.follows f WHERE f.followee_id = u.id) AS followers,"
      + " (SELECT count(*) FROM halfnote.follows f WHERE f.follower_id = u.id) AS following"
      + " FROM halfnote.users u WHERE ";
  private static final String LISTS =
      "SELECT l.id, l.user_id, l.title, l.description, l.is_public, l.updated_at,"
          + " (SELECT count(*) FROM halfnote.list_items i WHERE i.list_id = l.id) AS size"
          + " FROM halfnote.lists l WHERE ";

  private final JdbcClient jdbc;
  private final FeedQueries feeds;
  private final AlbumLookup albums;

  /** Reads from one database and one catalogue. */
  public OptimisedReads(JdbcClient jdbc, CatalogueClient catalogue) {
    this.jdbc = jdbc;
    this.feeds = new FeedQueries(jdbc);
    this.albums = new AlbumLookup(jdbc, catalogue);
  }

  @Override
  public Feed feed(long user, FeedKind kind, @Nullable FeedCursor before) {
    return feeds.feed(user, kind, before);
  }

  @Override
  public Map<Long, Counts> counts(Collection<Long> reviews) {
    Map<Long, Counts> counts = new LinkedHashMap<>();
    reviews.forEach(review -> counts.put(review, Counts.NONE));
    if (!counts.isEmpty()) {
      jdbc.sql(
              "SELECT r.id, (SELECT count(*) FROM halfnote.review_likes l WHERE l.review_id = r.id),"
                  + " (SELECT count(*) FROM halfnote.review_comments c WHERE c.review_id = r.id)"
                  + " FROM unnest(?) AS r(id)")
          .param(array(counts.keySet()))
          .query(row -> {
            counts.put(row.getLong(1), new Counts(row.getLong(2), row.getLong(3)));
          });
    }
    return counts;
  }

  @Override
  public Optional<Profile> profile(long user) {
    return jdbc.sql(PROFILE + "u.id = ?")
        .param(user)
        .query(OptimisedReads::profileRow)
        .optional();
  }

  @Override
  public Optional<Profile> profile(String username) {
    return jdbc.sql(PROFILE + "u.username = ?")
        .param(username)
        .query(OptimisedReads::profileRow)
        .optional();
  }

  @Override
  public UserReviews userReviews(long user) {
    List<Review> reviews = jdbc.sql(Rows.REVIEWS
            + "WHERE r.user_id = ? ORDER BY r.pinned DESC, r.created_at DESC LIMIT "
            + UserReviews.MOST)
        .param(user)
        .query(Rows::review)
        .list();
    return new UserReviews(user, reviews);
  }

  @Override
  public UserLists userLists(long user, UserLists.View view) {
    String visible = view == UserLists.View.OWNER ? "" : "AND l.is_public ";
    List<AlbumList> lists = jdbc.sql(LISTS
            + "l.user_id = ? "
            + visible
            + "ORDER BY l.updated_at DESC, l.id DESC LIMIT "
            + UserLists.MOST)
        .param(user)
        .query((row, number) -> albumList(row, List.of()))
        .list();
    Map<Long, List<Album>> first = firstAlbums(lists.stream().map(AlbumList::id).toList());
    return new UserLists(
        user,
        view,
        lists.stream()
            .map(list -> with(list, first.getOrDefault(list.id(), List.of())))
            .toList());
  }

  @Override
  public Optional<ListDetail> list(long list) {
    List<Album> content = jdbc.sql("SELECT"
            + Rows.ALBUM
            + "FROM halfnote.list_items i JOIN halfnote.albums b ON b.id = i.album_id"
            + " WHERE i.list_id = ? ORDER BY i.position, b.id LIMIT "
            + ListDetail.MOST_ALBUMS)
        .param(list)
        .query(Rows::album)
        .list();
    List<Album> first = content.subList(0, Math.min(AlbumList.FIRST, content.size()));
    return jdbc.sql("SELECT l.*,"
            + Rows.PERSON
            + ", (SELECT count(*) FROM halfnote.list_items i WHERE i.list_id = l.id) AS size"
            + " FROM halfnote.lists l JOIN halfnote.users u ON u.id = l.user_id WHERE l.id = ?")
        .param(list)
        .query((row, number) ->
            new ListDetail(albumList(row, first), Rows.person(row, number), content))
        .optional();
  }

  @Override
  public Optional<AlbumDetails> album(long album) {
    return albums.find(album);
  }

  @Override
  public AlbumReviews albumReviews(long album) {
    List<Long> histogram = Rows.histogram(
        jdbc.sql("SELECT rating, count(*) FROM halfnote.reviews WHERE album_id = ? GROUP BY rating")
            .param(album)
            .query((row, number) -> new long[] {row.getLong(1), row.getLong(2)})
            .list());
    List<Review> newest = jdbc.sql(Rows.REVIEWS
            + "WHERE r.album_id = ? ORDER BY r.created_at DESC LIMIT "
            + AlbumReviews.NEWEST)
        .param(album)
        .query(Rows::review)
        .list();
    long total = histogram.stream().mapToLong(Long::longValue).sum();
    return new AlbumReviews(album, total, Rows.average(histogram), histogram, newest);
  }

  @Override
  public Optional<ReviewDetail> review(long review) {
    Optional<Review> found = jdbc.sql(Rows.REVIEWS + "WHERE r.id = ?")
        .param(review)
        .query(Rows::review)
        .optional();
    return found.map(it -> new ReviewDetail(it, comments(review)));
  }

  @Override
  public boolean liked(long review, long user) {
    return exists(
        "SELECT EXISTS (SELECT 1 FROM halfnote.review_likes WHERE review_id = ? AND user_id = ?)",
        review,
        user);
  }

  @Override
  public People following(long user) {
    return people("f.follower_id", "f.followee_id", user);
  }

  @Override
  public People followers(long user) {
    return people("f.followee_id", "f.follower_id", user);
  }

  @Override
  public boolean follows(long follower, long followee) {
    return exists(
        "SELECT EXISTS (SELECT 1 FROM halfnote.follows WHERE follower_id = ? AND followee_id = ?)",
        follower,
        followee);
  }

  @Override
  public SearchResult search(SearchWords words) {
    List<Person> people = jdbc.sql("SELECT"
            + Rows.PERSON
            + "FROM halfnote.users u WHERE to_tsvector('simple', username || ' ' ||"
            + " display_name) @@ to_tsquery('simple', ?) ORDER BY u.username LIMIT "
            + SearchResult.MOST)
        .param(words.tsquery())
        .query(Rows::person)
        .list();
    List<Album> found = jdbc.sql("SELECT"
            + Rows.ALBUM
            + "FROM halfnote.albums b WHERE to_tsvector('simple', title || ' ' || artist)"
            + " @@ to_tsquery('simple', ?) ORDER BY b.title, b.id LIMIT "
            + SearchResult.MOST)
        .param(words.tsquery())
        .query(Rows::album)
        .list();
    return new SearchResult(words.toString(), people, found);
  }

  private List<Comment> comments(long review) {
    List<Comment> newestFirst = jdbc.sql("SELECT c.id AS comment_id, c.text, c.created_at,"
            + Rows.PERSON
            + "FROM halfnote.review_comments c JOIN halfnote.users u ON u.id = c.user_id"
            + " WHERE c.review_id = ? ORDER BY c.created_at DESC, c.id DESC LIMIT "
            + ReviewDetail.MOST_COMMENTS)
        .param(review)
        .query(Rows::comment)
        .list();
    List<Comment> oldestFirst = new ArrayList<>(newestFirst);
    Collections.reverse(oldestFirst);
    return oldestFirst;
  }

  private People people(String of, String shown, long user) {
    List<Person> newest = jdbc.sql("SELECT"
            + Rows.PERSON
            + "FROM halfnote.follows f JOIN halfnote.users u ON u.id = "
            + shown
            + " WHERE "
            + of
            + " = ? ORDER BY f.created_at DESC, u.id LIMIT "
            + People.NEWEST)
        .param(user)
        .query(Rows::person)
        .list();
    long total = newest.size() < People.NEWEST
        ? newest.size()
        : jdbc.sql("SELECT count(*) FROM halfnote.follows f WHERE " + of + " = ?")
            .param(user)
            .query(Long.class)
            .single();
    return new People(total, newest);
  }

  private Map<Long, List<Album>> firstAlbums(List<Long> lists) {
    Map<Long, List<Album>> first = new HashMap<>();
    if (!lists.isEmpty()) {
      jdbc.sql("SELECT l.id AS list_id,"
              + Rows.ALBUM
              + "FROM unnest(?) AS l(id) CROSS JOIN LATERAL (SELECT album_id, position FROM"
              + " halfnote.list_items i WHERE i.list_id = l.id ORDER BY position, album_id LIMIT "
              + AlbumList.FIRST
              + ") i JOIN halfnote.albums b ON b.id = i.album_id"
              + " ORDER BY l.id, i.position, b.id")
          .param(array(lists))
          .query(row -> {
            first
                .computeIfAbsent(row.getLong("list_id"), id -> new ArrayList<>())
                .add(Rows.album(row, 0));
          });
    }
    return first;
  }

  private boolean exists(String sql, long first, long second) {
    return jdbc.sql(sql).param(first).param(second).query(Boolean.class).single();
  }

  private static Profile profileRow(ResultSet row, int number) throws SQLException {
    return new Profile(
        Rows.person(row, number),
        row.getString("bio"),
        row.getString("location"),
        Rows.texts(row, "genres"),
        Rows.time(row, "joined_at"),
        new Profile.Totals(
            row.getLong("reviews"),
            row.getLong("lists"),
            row.getLong("followers"),
            row.getLong("following")));
  }

  private static AlbumList albumList(ResultSet row, List<Album> first) throws SQLException {
    return new AlbumList(
        row.getLong("id"),
        row.getString("title"),
        row.getString("description"),
        row.getBoolean("is_public"),
        row.getInt("size"),
        first,
        Rows.time(row, "updated_at"));
  }

  private static AlbumList with(AlbumList list, List<Album> first) {
    return new AlbumList(
        list.id(),
        list.title(),
        list.description(),
        list.isPublic(),
        list.size(),
        first,
        list.updatedAt());
  }

  static long[] array(Collection<Long> numbers) {
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }
}
