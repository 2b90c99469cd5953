package dev.larder.showcase.halfnote.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.showcase.halfnote.Tables;
import dev.larder.showcase.halfnote.catalogue.CatalogueClient;
import dev.larder.showcase.halfnote.catalogue.CatalogueServer;
import dev.larder.showcase.halfnote.domain.Activity;
import dev.larder.showcase.halfnote.domain.Feed;
import dev.larder.showcase.halfnote.domain.FeedCursor;
import dev.larder.showcase.halfnote.domain.FeedKind;
import dev.larder.showcase.halfnote.domain.Review;
import dev.larder.showcase.halfnote.domain.SearchResult;
import dev.larder.showcase.halfnote.domain.UserLists;
import dev.larder.showcase.trace.CountedDataSource;
import dev.larder.showcase.trace.RequestTrace;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class ReadsIT {
  private static SingleConnectionDataSource database;
  private static CatalogueServer server;
  private static JdbcClient jdbc;
  private static Reads naive;
  private static Reads optimised;
  private static long busy;

  @BeforeAll
  static void load() throws IOException, SQLException {
    // One connection for all: to open one costs more than most of what is asked here.
    database = new SingleConnectionDataSource(Tables.loaded(0.02).getConnection(), true);
    server = new CatalogueServer(Tables.catalogue(0.02), Duration.ZERO, 0);
    CatalogueClient catalogue = new CatalogueClient(server.address());
    jdbc = JdbcClient.create(CountedDataSource.of(database));
    naive = new NaiveReads(jdbc, catalogue);
    optimised = new OptimisedReads(jdbc, catalogue);
    busy = jdbc.sql(
            "SELECT followee_id FROM halfnote.follows GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")
        .query(Long.class)
        .single();
  }

  @AfterAll
  static void close() {
    server.close();
    database.destroy();
  }

  @ParameterizedTest
  @EnumSource(FeedKind.class)
  void feed_bothForms_sameFeedAtDifferentCost(FeedKind kind) {
    Feed[] feeds = new Feed[2];
    int many = statements(() -> feeds[0] = withCounts(naive, kind));
    int few = statements(() -> feeds[1] = withCounts(optimised, kind));
    assertThat(feeds[1]).isEqualTo(feeds[0]);
    assertThat(feeds[1].activities()).hasSize(Feed.PAGE);
    assertThat(many).as("statements of the naive form").isGreaterThan(50);
    assertThat(few).as("statements of the optimised form").isBetween(3, 5);
  }

  @ParameterizedTest
  @EnumSource(FeedKind.class)
  void feed_pages_joinWithoutGapOrRepeat(FeedKind kind) {
    List<Long> paged = new ArrayList<>();
    FeedCursor before = null;
    for (int page = 0; page < 4; page++) {
      Feed feed = optimised.feed(busy, kind, before);
      assertThat(feed.activities()).isEqualTo(naive.feed(busy, kind, before).activities());
      feed.activities().forEach(activity -> paged.add(activity.id()));
      Activity last = feed.activities().get(feed.activities().size() - 1);
      FeedCursor cursor = FeedCursor.after(last);
      assertThat(FeedCursor.parse(cursor.toString())).contains(cursor);
      before = cursor;
    }
    assertThat(paged).doesNotHaveDuplicates();
  }

  @Test
  void everythingElse_bothForms_sameAnswers() {
    long review = optimised.userReviews(busy).reviews().get(0).id();
    long album = optimised.userReviews(busy).reviews().get(0).album().id();
    long other = optimised.followers(busy).newest().get(0).id();
    same(reads -> reads.profile(busy));
    same(reads -> reads.profile("nobody"));
    same(reads -> reads.userReviews(busy));
    same(reads -> reads.userLists(busy, UserLists.View.OWNER));
    same(reads -> reads.userLists(busy, UserLists.View.VISITOR));
    same(reads -> reads.album(album));
    same(reads -> reads.albumReviews(album));
    same(reads -> reads.review(review));
    same(reads -> reads.counts(List.of(review, 1L, 2L, 999_999L)));
    same(reads -> reads.following(busy));
    same(reads -> reads.followers(busy));
    same(reads -> reads.follows(other, busy));
    same(reads -> reads.follows(busy, busy));
    same(reads -> reads.liked(review, other));
    long list = jdbc.sql("SELECT max(id) FROM halfnote.lists").query(Long.class).single();
    same(reads -> reads.list(list));
    same(reads -> reads.list(0));
    assertThat(optimised.profile("nobody")).isEmpty();
    assertThat(optimised.album(album).orElseThrow().tracks()).isNotEmpty();
    assertThat(optimised.follows(other, busy)).isTrue();
  }

  @Test
  void userLists_visitor_seesNoPrivateList() {
    long owner = jdbc.sql("SELECT user_id FROM halfnote.lists WHERE NOT is_public LIMIT 1")
        .query(Long.class)
        .single();
    assertThat(optimised.userLists(owner, UserLists.View.VISITOR).lists())
        .allMatch(list -> list.isPublic());
    assertThat(optimised.userLists(owner, UserLists.View.OWNER).lists())
        .anyMatch(list -> !list.isPublic());
  }

  @Test
  void search_beginningsOfWords_findsPeopleAndAlbums() {
    String username = jdbc.sql("SELECT username FROM halfnote.users WHERE id = 20")
        .query(String.class)
        .single();
    SearchWords words = SearchWords.of("  " + username.substring(0, 5) + " ").orElseThrow();
    SearchResult found = optimised.search(words);
    assertThat(found.people()).anyMatch(person -> person.id() == 20);
    same(reads -> reads.search(words));
    String title = optimised.album(3).orElseThrow().album().title();
    assertThat(optimised.search(SearchWords.of(title).orElseThrow()).albums())
        .anyMatch(album -> album.id() == 3);
  }

  @Test
  void search_operatorsAndQuotes_areOnlyWords() {
    SearchWords words = SearchWords.of("o'neil & !x | (a:*) \\ ' <-> \"").orElseThrow();
    assertThat(words.toString()).isEqualTo("o neil x a");
    same(reads -> reads.search(words));
    assertThat(SearchWords.of(" '!& ")).isEmpty();
    assertThat(SearchWords.of("x".repeat(61))).isEmpty();
  }

  private static Feed withCounts(Reads reads, FeedKind kind) {
    Feed feed = reads.feed(busy, kind, null);
    reads.counts(feed.activities().stream()
        .map(Activity::review)
        .filter(Objects::nonNull)
        .map(Review::id)
        .distinct()
        .toList());
    return feed;
  }

  private static int statements(Runnable work) {
    RequestTrace trace = RequestTrace.begin();
    try {
      work.run();
      return trace.statements();
    } finally {
      RequestTrace.end();
    }
  }

  private static void same(java.util.function.Function<Reads, Object> read) {
    assertThat(read.apply(optimised)).isEqualTo(read.apply(naive));
  }
}
