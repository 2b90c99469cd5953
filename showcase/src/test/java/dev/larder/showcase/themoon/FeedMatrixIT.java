package dev.larder.showcase.themoon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.showcase.live.Caller;
import dev.larder.showcase.live.Caller.Reply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each write ends what it must, on both instances, and nothing else. */
class FeedMatrixIT {
  private static final TwoMoons moons = TwoMoons.shared();

  private final Map<String, String> cells = new LinkedHashMap<>();
  private final Map<String, Caller> callers = new LinkedHashMap<>();
  private long author;
  private long reader;
  private long stranger;
  private long post;
  private long other;

  /** People whom nobody else knows, and what is looked at of them. */
  @BeforeEach
  void world() {
    author = user("author");
    reader = user("reader");
    stranger = user("stranger");
    act("PUT", reader, "/api/following/" + author, "");
    post = posted(author);
    other = posted(stranger);
    cell("reader's feed", reader, "/api/feed", "feed");
    cell("reader's second page", reader, "/api/feed?page=2", "feed");
    cell("author's feed", author, "/api/feed", "feed");
    cell("stranger's feed", stranger, "/api/feed", "feed");
    cell("post", reader, "/api/posts/" + post, "post");
    cell("other post", reader, "/api/posts/" + other, "post");
    cell("counts", reader, "/api/reactions?posts=" + post, "reactions");
    cell("other counts", reader, "/api/reactions?posts=" + other, "reactions");
    cell("reader's following", reader, "/api/following", "following");
    cell("stranger's following", stranger, "/api/following", "following");
    warm();
  }

  private long user(String name) {
    return moons
        .servers
        .jdbc()
        .sql("INSERT INTO themoon.users (username, name) VALUES (? || nextval("
            + "pg_get_serial_sequence('themoon.users', 'id')), ?) RETURNING id")
        .param(name)
        .param(name)
        .query(Long.class)
        .single();
  }

  private void cell(String name, long user, String path, String cache) {
    cells.put(name, cache + " " + path);
    callers.put(name, TwoMoons.caller(moons.one, user));
  }

  private void warm() {
    cells.keySet().forEach(this::read);
    assertThat(ended()).isEmpty();
  }

  private Reply read(String cell) {
    return callers.get(cell).get(cells.get(cell).split(" ", 2)[1]);
  }

  /** The cells whose own cache has to load. */
  private Set<String> ended() {
    Set<String> ended = new TreeSet<>();
    cells.forEach((name, where) -> {
      String cache = where.split(" ", 2)[0];
      if (read(name).header("X-Cache").matches("(.*; )?" + cache + "=load.*")) {
        ended.add(name);
      }
    });
    return ended;
  }

  private Reply act(String method, long user, String path, String body) {
    Reply reply = TwoMoons.caller(moons.one, user).json(method, path, body);
    assertThat(reply.status()).as("%s %s: %s", method, path, reply.body()).isBetween(200, 299);
    return reply;
  }

  private long posted(long user) {
    return act("POST", user, "/api/posts", "{\"text\":\"news\"}")
        .json()
        .path("id")
        .asLong();
  }

  @Test
  void post_endsFeedsOfFollowersAndOfTheAuthor() {
    long news = posted(author);
    assertThat(read("reader's feed").body()).contains("\"id\":" + news);
    assertThat(ended()).containsExactlyInAnyOrder("author's feed", "reader's second page");
    Caller onTwo = TwoMoons.caller(moons.two, reader);
    await().until(() -> onTwo.get("/api/feed").body().contains("\"id\":" + news));
  }

  @Test
  void postDeleted_endsItsPageToo() {
    act("DELETE", author, "/api/posts/" + post, "");
    assertThat(read("post").status()).isEqualTo(404);
    assertThat(ended())
        .containsExactlyInAnyOrder(
            "author's feed", "counts", "reader's feed", "reader's second page");
  }

  @Test
  void comment_endsThePostsPageAlone() {
    act("POST", reader, "/api/posts/" + post + "/comments", "{\"text\":\"indeed\"}");
    assertThat(ended()).containsExactly("post");
    assertThat(read("post").body()).contains("indeed");
  }

  /** The feed's page stays, its counts come from their own cache. */
  @Test
  void reaction_endsTheCountsAlone() {
    act("PUT", reader, "/api/posts/" + post + "/reaction/love", "");
    Reply feed = read("reader's feed");
    assertThat(feed.body()).contains("\"counts\":[0,1,0,0]").contains("\"mine\":\"LOVE\"");
    assertThat(feed.header("X-Cache")).contains("feed=L1");
    assertThat(ended()).isEmpty();
    act("DELETE", reader, "/api/posts/" + post + "/reaction", "");
    assertThat(read("counts").header("X-Cache")).contains("reactions=load");
    assertThat(read("reader's feed").body()).doesNotContain("LOVE");
    assertThat(ended()).isEmpty();
  }

  /** What one did is nobody else's. */
  @Test
  void ownReaction_isShownToItsOwnerAlone() {
    act("PUT", author, "/api/posts/" + post + "/reaction/wow", "");
    assertThat(read("author's feed").body()).contains("\"mine\":\"WOW\"");
    assertThat(read("reader's feed").body()).contains("[0,0,0,1]").doesNotContain("WOW");
  }

  @Test
  void follow_endsAllPagesOfTheFollowerAlone() {
    act("PUT", reader, "/api/following/" + stranger, "");
    assertThat(read("reader's feed").body()).contains("\"id\":" + other);
    assertThat(ended()).containsExactly("reader's second page");
    assertThat(read("reader's following").body()).contains(Long.toString(stranger));
  }

  @Test
  void unfollow_endsAllPagesOfTheFollowerAlone() {
    act("DELETE", reader, "/api/following/" + author, "");
    assertThat(read("reader's feed").body()).doesNotContain("\"id\":" + post);
    assertThat(ended()).containsExactly("reader's second page");
    assertThat(read("reader's following").body()).isEqualTo("[]");
  }

  /** What is refused or rolled back ends nothing. */
  @Test
  void refusedWrite_endsNothing() {
    Caller caller = TwoMoons.caller(moons.one, stranger);
    assertThat(caller.json("DELETE", "/api/posts/" + post, "").status()).isEqualTo(403);
    assertThat(caller.json("POST", "/api/posts", "{\"text\":\"\"}").status()).isEqualTo(400);
    assertThat(caller.json("PUT", "/api/following/" + stranger, "").status()).isEqualTo(409);
    assertThat(ended()).isEmpty();
  }

  @Test
  void hit_sendsNoStatement() {
    Reply feed = read("reader's feed");
    assertThat(feed.statements()).isZero();
    assertThat(feed.header("X-Cache")).contains("feed=L1").contains("reactions=L1");
  }
}
