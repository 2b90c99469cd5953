package dev.larder.showcase.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.showcase.live.Caller;
import dev.larder.showcase.live.LiveSystem;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every write against every query, over HTTP: what the write must end is read anew, and nothing else is.
 *
 * <p>Author 1 wrote story 1, which is featured; user 2 is another author, user 3 a reader.
 */
class StoriesMatrixIT {
  private static final String FEATURED = "featured";
  private static final String TRENDING = "trending";
  private static final String SEARCH = "search";
  private static final String TAGS = "tags";

  private static LiveSystem stories;
  private static long story;
  private static long otherStory;
  private static final Map<String, Supplier<Caller.Reply>> QUERIES = new LinkedHashMap<>();

  @BeforeAll
  static void start() {
    stories = LiveSystem.start(StoriesApplication.class, LiveSystem.PATIENT);
    story = published(1);
    otherStory = published(2);
    query(FEATURED, 0, "/stories/featured");
    query(TRENDING, 0, "/stories/trending?limit=5");
    query(SEARCH, 0, "/stories?q=bridge");
    query(TAGS, 0, "/tags");
    query("story", 0, "/stories/" + story);
    query("other story", 0, "/stories/" + otherStory);
    query("comments", 0, "/stories/" + story + "/comments");
    query("other comments", 0, "/stories/" + otherStory + "/comments");
    for (long user = 1; user <= 3; user++) {
      query("user " + user, 0, "/users/" + user);
      query("profile " + user, 0, "/users/" + user + "/profile");
      query("stats " + user, 0, "/users/" + user + "/stats");
      query("by author " + user, 0, "/users/" + user + "/stories");
      query("settings " + user, user, "/me/settings");
      query("notifications " + user, user, "/me/notifications");
    }
  }

  @AfterAll
  static void stop() {
    stories.close();
    QUERIES.clear();
  }

  private static void query(String name, long user, String path) {
    QUERIES.put(name, () -> as(user).get("/stories/api" + path));
  }

  private static Caller as(long user) {
    return user == 0
        ? stories.anybody()
        : stories.anybody().with("X-Stories-User", Long.toString(user));
  }

  private static long draft(long author, String title) {
    Caller.Reply made = as(author)
        .json(
            "POST",
            "/stories/api/stories",
            "{\"title\":\"" + title + "\",\"body\":\"words\",\"tags\":[1,2]}");
    assertThat(made.status()).isEqualTo(201);
    return made.json().get("id").longValue();
  }

  private static long published(long author) {
    long id = draft(author, "A story of its own");
    done(as(author).json("POST", "/stories/api/stories/" + id + "/publish", ""));
    return id;
  }

  private static void done(Caller.Reply reply) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(204);
  }

  /** Everything is in L1 before each write. */
  @BeforeEach
  void fill() {
    QUERIES.forEach((name, query) -> {
      assertThat(query.get().status()).as(name).isEqualTo(200);
      Caller.Reply hit = query.get();
      assertThat(hit.statements()).as(name).isZero();
    });
  }

  private static void assertEnds(Runnable write, String... expected) {
    Map<String, String> before = new LinkedHashMap<>();
    QUERIES.forEach((name, query) -> before.put(name, query.get().body()));
    write.run();
    Set<String> ended = new TreeSet<>();
    Set<String> changed = new LinkedHashSet<>();
    QUERIES.forEach((name, query) -> {
      Caller.Reply reply = query.get();
      if (reply.statements() > 0) {
        ended.add(name);
      }
      if (!reply.body().equals(before.get(name))) {
        changed.add(name);
      }
    });
    assertThat(ended).containsExactlyInAnyOrder(expected).containsAll(changed);
  }

  @Test
  void draft_endsNothing() {
    assertEnds(() -> draft(1, "Unfinished"));
  }

  @Test
  void draft_changedAndTaggedAnew_endsNothing() {
    long draft = draft(1, "Unfinished");
    assertEnds(() -> done(as(1)
        .json(
            "PUT",
            "/stories/api/stories/" + draft,
            "{\"title\":\"Nearly\",\"body\":\"finished\",\"tags\":[3]}")));
  }

  @Test
  void publish_endsListsAndFiguresOfItsAuthorAndTheCommonLists() {
    long draft = draft(1, "A bridge to publish");
    assertThat(as(0).get("/stories/api/stories/" + draft).status()).isEqualTo(404);
    assertEnds(
        () -> done(as(1).json("POST", "/stories/api/stories/" + draft + "/publish", "")),
        FEATURED,
        TRENDING,
        SEARCH,
        "by author 1",
        "stats 1");
    assertThat(as(0).get("/stories/api/stories/" + draft).status()).isEqualTo(200);
  }

  @Test
  void publish_ofAPublishedStory_endsNothing() {
    assertEnds(() -> done(as(1).json("POST", "/stories/api/stories/" + story + "/publish", "")));
  }

  @Test
  void update_endsTheStoryAndTheListsThatShowIt() {
    assertEnds(
        () -> done(as(1)
            .json(
                "PUT",
                "/stories/api/stories/" + story,
                "{\"title\":\"Retitled " + System.nanoTime() + "\",\"body\":\"x\",\"tags\":[1]}")),
        SEARCH,
        "story",
        "by author 1");
  }

  @Test
  void comment_endsTheCommentsAndTheAuthorsNotifications() {
    assertEnds(
        () -> done(as(3)
            .json("POST", "/stories/api/stories/" + story + "/comments", "{\"text\":\"well\"}")),
        "comments",
        "notifications 1");
  }

  @Test
  void commentOnOnesOwnStory_endsTheCommentsAlone() {
    assertEnds(
        () -> done(as(1)
            .json("POST", "/stories/api/stories/" + story + "/comments", "{\"text\":\"thanks\"}")),
        "comments");
  }

  @Test
  void followAndUnfollow_endTheFiguresOfWhoIsFollowed() {
    done(as(3).json("DELETE", "/stories/api/users/2/follow", ""));
    fill();
    assertEnds(
        () -> done(as(3).json("PUT", "/stories/api/users/2/follow", "")),
        "stats 2",
        "notifications 2");
    assertEnds(() -> done(as(3).json("PUT", "/stories/api/users/2/follow", "")));
    assertEnds(() -> done(as(3).json("DELETE", "/stories/api/users/2/follow", "")), "stats 2");
  }

  @Test
  void readingNotifications_endsOnesOwn() {
    done(as(3).json("POST", "/stories/api/stories/" + story + "/comments", "{\"text\":\"one\"}"));
    done(as(3).json("POST", "/stories/api/stories/" + story + "/comments", "{\"text\":\"two\"}"));
    fill();
    Caller.Reply mine = as(1).get("/stories/api/me/notifications");
    long unread = mine.json().get("unread").longValue();
    long id = mine.json().get("newest").get(0).get("id").longValue();
    assertEnds(
        () -> done(as(1).json("POST", "/stories/api/me/notifications/" + id + "/read", "")),
        "notifications 1");
    assertThat(as(1).get("/stories/api/me/notifications").json().get("unread").longValue())
        .isEqualTo(unread - 1);
    assertEnds(
        () -> done(as(1).json("POST", "/stories/api/me/notifications/read", "")),
        "notifications 1");
    assertThat(as(1).get("/stories/api/me/notifications").json().get("unread").longValue())
        .isZero();
  }

  @Test
  void profile_endsWhateverShowsTheName() {
    Set<String> shown = new TreeSet<>(Set.of("profile 2", "other story", "by author 2"));
    QUERIES.forEach((name, query) -> {
      String body = query.get().body();
      if (body.contains("\"authorId\":2,")
          || body.contains("\"userId\":2,")
          || body.contains("\"actorId\":2,")) {
        shown.add(name);
      }
    });
    assertEnds(
        () -> done(as(2)
            .json(
                "PUT",
                "/stories/api/me/profile",
                "{\"displayName\":\"Renamed " + System.nanoTime()
                    + "\",\"bio\":\"\",\"location\":\"\"}")),
        shown.toArray(String[]::new));
  }

  @Test
  void settings_endOnesOwnEntryAlone() {
    assertEnds(
        () -> done(as(2)
            .json(
                "PUT",
                "/stories/api/me/settings",
                "{\"notifyComments\":true,\"notifyFollows\":true,\"trendingLimit\":7}")),
        "settings 2");
  }

  @Test
  void refusedWrites_endNothing() {
    assertEnds(() -> {
      assertThat(as(2)
              .json("PUT", "/stories/api/stories/" + story, "{\"title\":\"x\",\"body\":\"y\"}")
              .status())
          .isEqualTo(403);
      assertThat(as(2)
              .json("PUT", "/stories/api/me/settings", "{\"trendingLimit\":0}")
              .status())
          .isEqualTo(400);
      assertThat(as(0)
              .json("POST", "/stories/api/stories/" + story + "/comments", "{\"text\":\"x\"}")
              .status())
          .isEqualTo(401);
    });
  }

  @Test
  void oneUsersEntries_areNobodyElses() {
    done(as(1)
        .json(
            "PUT",
            "/stories/api/me/settings",
            "{\"notifyComments\":true,\"notifyFollows\":true,\"trendingLimit\":41}"));
    assertThat(as(1).get("/stories/api/me/settings").json().get("trendingLimit").intValue())
        .isEqualTo(41);
    assertThat(as(3).get("/stories/api/me/settings").json().get("trendingLimit").intValue())
        .isEqualTo(10);
    assertThat(as(0).get("/stories/api/me/settings").status()).isEqualTo(401);
    long foreign = as(1)
        .get("/stories/api/me/notifications")
        .json()
        .get("newest")
        .get(0)
        .get("id")
        .longValue();
    assertThat(as(3)
            .json("POST", "/stories/api/me/notifications/" + foreign + "/read", "")
            .status())
        .isEqualTo(404);
  }
}
