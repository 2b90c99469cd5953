package dev.larder.showcase.halfnote.source;

import dev.larder.showcase.halfnote.catalogue.CatalogueClient;
import dev.larder.showcase.halfnote.domain.Activity;
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
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads as an object mapper with lazy loading does: one statement for the lines, then one for each
 * person, review, album, comment and count of each line. It keeps no identity map, as the mappers
 * it stands for do not. The version to beat, and never to copy.
 */
public final class NaiveReads implements Reads {
  private final JdbcClient jdbc;
  private final AlbumLookup albums;

  /** Reads from one database and one catalogue. */
  public NaiveReads(JdbcClient jdbc, CatalogueClient catalogue) {
    this.jdbc = jdbc;
    this.albums = new AlbumLookup(jdbc, catalogue);
  }

  @Override
  public Feed feed(long user, FeedKind kind, @Nullable FeedCursor before) {
    String whose = switch (kind) {
      case FRIENDS -> "user_id IN (SELECT followee_id FROM halfnote.follows WHERE follower_id = ?)";
      case YOU -> "user_id = ?";
      case INCOMING -> "target_user_id = ?";
    };
    List<Object> parameters = new ArrayList<>(List.of(user));
    if (before != null) {
      whose += " AND (created_at, id) < (?, ?)";
      parameters.add(before.createdAt().atOffset(ZoneOffset.UTC));
      parameters.add(before.id());
    }
    List<FeedQueries.Line> lines = jdbc.sql(
            "SELECT *, NULL AS comment FROM halfnote.activities WHERE "
                + whose
                + " ORDER BY created_at DESC, id DESC LIMIT "
                + Feed.PAGE)
        .params(parameters)
        .query(FeedQueries::line)
        .list();
    List<Long> followees = kind == FeedKind.FRIENDS && before == null ? followees(user) : List.of();
    return new Feed(user, kind, lines.stream().map(this::activity).toList(), followees);
  }

  @Override
  public Map<Long, Counts> counts(Collection<Long> reviews) {
    Map<Long, Counts> counts = new LinkedHashMap<>();
    for (Long review : reviews) {
      counts.put(
          review,
          new Counts(
              count("halfnote.review_likes WHERE review_id = ?", review),
              count("halfnote.review_comments WHERE review_id = ?", review)));
    }
    return counts;
  }

  @Override
  public Optional<Profile> profile(long user) {
    return jdbc.sql("SELECT u.*," + Rows.PERSON + "FROM halfnote.users u WHERE u.id = ?")
        .param(user)
        .query(this::profileRow)
        .optional();
  }

  @Override
  public Optional<Profile> profile(String username) {
    return jdbc.sql("SELECT u.*," + Rows.PERSON + "FROM halfnote.users u WHERE u.username = ?")
        .param(username)
        .query(this::profileRow)
        .optional();
  }

  @Override
  public UserReviews userReviews(long user) {
    return new UserReviews(
        user,
        ids(
                "SELECT id FROM halfnote.reviews WHERE user_id = ?"
                    + " ORDER BY pinned DESC, created_at DESC LIMIT "
                    + UserReviews.MOST,
                user)
            .stream()
            .map(this::loadReview)
            .flatMap(Optional::stream)
            .toList());
  }

  @Override
  public UserLists userLists(long user, UserLists.View view) {
    String visible = view == UserLists.View.OWNER ? "" : "AND is_public ";
    List<AlbumList> lists = ids(
            "SELECT id FROM halfnote.lists WHERE user_id = ? "
                + visible
                + "ORDER BY updated_at DESC, id DESC LIMIT "
                + UserLists.MOST,
            user)
        .stream()
        .map(id -> list(id).map(ListDetail::list))
        .flatMap(Optional::stream)
        .toList();
    return new UserLists(user, view, lists);
  }

  @Override
  public Optional<ListDetail> list(long list) {
    List<Album> content = ids(
            "SELECT album_id FROM halfnote.list_items WHERE list_id = ?"
                + " ORDER BY position, album_id LIMIT "
                + ListDetail.MOST_ALBUMS,
            list)
        .stream()
        .map(this::loadAlbum)
        .toList();
    return jdbc.sql("SELECT * FROM halfnote.lists WHERE id = ?")
        .param(list)
        .query((row, number) -> {
          AlbumList found = new AlbumList(
              list,
              row.getString("title"),
              row.getString("description"),
              row.getBoolean("is_public"),
              content.size(),
              content.subList(0, Math.min(AlbumList.FIRST, content.size())),
              Rows.time(row, "updated_at"));
          return new ListDetail(found, loadPerson(row.getLong("user_id")), content);
        })
        .optional();
  }

  @Override
  public Optional<AlbumDetails> album(long album) {
    return albums.find(album);
  }

  @Override
  public AlbumReviews albumReviews(long album) {
    List<long[]> ratings = new ArrayList<>();
    for (int rating = 1; rating <= 10; rating++) {
      String condition = "halfnote.reviews WHERE album_id = ? AND rating = " + rating;
      ratings.add(new long[] {rating, count(condition, album)});
    }
    List<Long> histogram = Rows.histogram(ratings);
    List<Review> newest = ids(
            "SELECT id FROM halfnote.reviews WHERE album_id = ? ORDER BY created_at DESC LIMIT "
                + AlbumReviews.NEWEST,
            album)
        .stream()
        .map(this::loadReview)
        .flatMap(Optional::stream)
        .toList();
    long total = count("halfnote.reviews WHERE album_id = ?", album);
    return new AlbumReviews(album, total, Rows.average(histogram), histogram, newest);
  }

  @Override
  public Optional<ReviewDetail> review(long review) {
    Optional<Review> found = loadReview(review);
    return found.map(it -> {
      List<Comment> comments = ids(
              "SELECT id FROM (SELECT id, created_at FROM halfnote.review_comments WHERE"
                  + " review_id = ? ORDER BY created_at DESC, id DESC LIMIT "
                  + ReviewDetail.MOST_COMMENTS
                  + ") c ORDER BY created_at, id",
              review)
          .stream()
          .map(this::loadComment)
          .flatMap(Optional::stream)
          .toList();
      return new ReviewDetail(it, comments);
    });
  }

  @Override
  public boolean liked(long review, long user) {
    return ids("SELECT user_id FROM halfnote.review_likes WHERE review_id = ?", review)
        .contains(user);
  }

  @Override
  public People following(long user) {
    List<Person> newest = ids(
            "SELECT followee_id FROM halfnote.follows WHERE follower_id = ?"
                + " ORDER BY created_at DESC, followee_id LIMIT "
                + People.NEWEST,
            user)
        .stream()
        .map(this::loadPerson)
        .toList();
    return new People(count("halfnote.follows WHERE follower_id = ?", user), newest);
  }

  @Override
  public People followers(long user) {
    List<Person> newest = ids(
            "SELECT follower_id FROM halfnote.follows WHERE followee_id = ?"
                + " ORDER BY created_at DESC, follower_id LIMIT "
                + People.NEWEST,
            user)
        .stream()
        .map(this::loadPerson)
        .toList();
    return new People(count("halfnote.follows WHERE followee_id = ?", user), newest);
  }

  @Override
  public boolean follows(long follower, long followee) {
    return followees(follower).contains(followee);
  }

  @Override
  public SearchResult search(SearchWords words) {
    List<Person> people = jdbc
        .sql("SELECT id FROM halfnote.users WHERE to_tsvector('simple', username || ' ' ||"
            + " display_name) @@ to_tsquery('simple', ?) ORDER BY username LIMIT "
            + SearchResult.MOST)
        .param(words.tsquery())
        .query((row, number) -> row.getLong(1))
        .list()
        .stream()
        .map(this::loadPerson)
        .toList();
    List<Album> found = jdbc
        .sql("SELECT id FROM halfnote.albums WHERE to_tsvector('simple', title || ' ' || artist)"
            + " @@ to_tsquery('simple', ?) ORDER BY title, id LIMIT "
            + SearchResult.MOST)
        .param(words.tsquery())
        .query((row, number) -> row.getLong(1))
        .list()
        .stream()
        .map(this::loadAlbum)
        .toList();
    return new SearchResult(words.toString(), people, found);
  }

  private Activity activity(FeedQueries.Line line) {
    return new Activity(
        line.id(),
        line.type(),
        loadPerson(line.actor()),
        line.target() == null ? null : loadPerson(line.target()),
        line.review() == null ? null : loadReview(line.review()).orElse(null),
        line.type() == Activity.Type.COMMENT ? commentOf(line.id()) : null,
        line.createdAt());
  }

  private @Nullable String commentOf(long activity) {
    return jdbc.sql("SELECT c.text FROM halfnote.review_comments c JOIN halfnote.activities a"
            + " ON a.comment_id = c.id WHERE a.id = ?")
        .param(activity)
        .query(String.class)
        .optional()
        .orElse(null);
  }

  private Profile profileRow(ResultSet row, int number) throws SQLException {
    long user = row.getLong("id");
    return new Profile(
        Rows.person(row, number),
        row.getString("bio"),
        row.getString("location"),
        Rows.texts(row, "genres"),
        Rows.time(row, "joined_at"),
        new Profile.Totals(
            count("halfnote.reviews WHERE user_id = ?", user),
            count("halfnote.lists WHERE user_id = ? AND is_public", user),
            count("halfnote.follows WHERE followee_id = ?", user),
            count("halfnote.follows WHERE follower_id = ?", user)));
  }

  private Person loadPerson(long id) {
    return jdbc.sql("SELECT" + Rows.PERSON + "FROM halfnote.users u WHERE u.id = ?")
        .param(id)
        .query(Rows::person)
        .single();
  }

  private Album loadAlbum(long id) {
    return jdbc.sql("SELECT" + Rows.ALBUM + "FROM halfnote.albums b WHERE b.id = ?")
        .param(id)
        .query(Rows::album)
        .single();
  }

  private Optional<Review> loadReview(long id) {
    return jdbc.sql("SELECT * FROM halfnote.reviews WHERE id = ?")
        .param(id)
        .query((row, number) -> new Review(
            id,
            loadPerson(row.getLong("user_id")),
            loadAlbum(row.getLong("album_id")),
            row.getInt("rating"),
            row.getString("text"),
            row.getBoolean("pinned"),
            Rows.time(row, "created_at"),
            row.getBoolean("edited")))
        .optional();
  }

  private Optional<Comment> loadComment(long id) {
    return jdbc.sql("SELECT * FROM halfnote.review_comments WHERE id = ?")
        .param(id)
        .query((row, number) -> new Comment(
            id,
            loadPerson(row.getLong("user_id")),
            row.getString("text"),
            Rows.time(row, "created_at")))
        .optional();
  }

  private List<Long> followees(long user) {
    return ids(
        "SELECT followee_id FROM halfnote.follows WHERE follower_id = ? ORDER BY followee_id",
        user);
  }

  private List<Long> ids(String sql, long parameter) {
    return jdbc.sql(sql).param(parameter).query((row, number) -> row.getLong(1)).list();
  }

  private long count(String from, long parameter) {
    return jdbc.sql("SELECT count(*) FROM " + from)
        .param(parameter)
        .query(Long.class)
        .single();
  }
}
