package dev.larder.showcase.halfnote.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.showcase.halfnote.LiveHalfnote;
import dev.larder.showcase.halfnote.Mode;
import dev.larder.showcase.live.Caller;
import dev.larder.showcase.live.Caller.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The JSON endpoints: equal answers in all modes, nobody's data to anybody else, clear refusals. */
class HalfnoteApiIT {
  private static final String API = "/halfnote/api";

  private static final LiveHalfnote halfnote = LiveHalfnote.shared();

  /** Who reads what. */
  record Read(long viewer, String path) {
    Reply in(Mode mode) {
      Caller caller = viewer == 0 ? halfnote.anybody() : halfnote.user(viewer);
      Reply reply = caller.with(Mode.HEADER, mode.word()).get(API + path);
      assertThat(reply.header(Mode.HEADER)).as(path).isEqualTo(mode.word());
      return reply;
    }

    /** The answer, which is the same in every mode and on a second reading. */
    String answer() {
      Reply naive = in(Mode.NAIVE);
      assertThat(naive.status()).as("%s: %s", path, naive.body()).isIn(200, 404);
      assertThat(in(Mode.OPTIMISED).body()).as("optimised: %s", this).isEqualTo(naive.body());
      assertThat(in(Mode.LARDER).body()).as("first with Larder: %s", this).isEqualTo(naive.body());
      Reply again = in(Mode.LARDER);
      assertThat(again.body()).as("second with Larder: %s", this).isEqualTo(naive.body());
      if (again.status() == 200) {
        assertThat(again.statements())
            .as("statements of a second reading: %s", this)
            .isZero();
      }
      return naive.body();
    }
  }

  static Stream<Read> reads() {
    long busy = halfnote.number(
        "SELECT user_id FROM halfnote.activities GROUP BY 1 ORDER BY count(*) DESC LIMIT 1");
    String username = halfnote
        .jdbc
        .sql("SELECT username FROM halfnote.users WHERE id = ?")
        .param(busy)
        .query(String.class)
        .single();
    long review = halfnote.number(
        "SELECT review_id FROM halfnote.review_comments GROUP BY 1 ORDER BY count(*) DESC LIMIT 1");
    long list = halfnote.number("SELECT min(id) FROM halfnote.lists WHERE is_public");
    return Stream.of(
        new Read(busy, "/users/" + busy + "/feed"),
        new Read(busy, "/users/" + username + "/feed?kind=you"),
        new Read(0, "/users/" + busy + "/feed?kind=you"),
        new Read(busy, "/users/" + busy + "/feed?kind=incoming"),
        new Read(0, "/users/" + busy),
        new Read(0, "/users/" + username),
        new Read(0, "/users/" + busy + "/reviews"),
        new Read(busy, "/users/" + busy + "/lists"),
        new Read(0, "/users/" + busy + "/lists"),
        new Read(0, "/users/" + busy + "/following"),
        new Read(0, "/users/" + busy + "/followers"),
        new Read(busy, "/users/1/follow"),
        new Read(0, "/albums/1"),
        new Read(0, "/albums/1/reviews"),
        new Read(0, "/reviews/" + review),
        new Read(busy, "/reviews/" + review),
        new Read(0, "/lists/" + list),
        new Read(0, "/search?q=" + username.substring(0, 4)));
  }

  @ParameterizedTest
  @MethodSource("reads")
  void read_everyMode_sameAnswer(Read read) {
    assertThat(read.answer()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("reads")
  void secondRead_asksNoSourceAndSaysSo(Read read) {
    read.in(Mode.LARDER);
    Reply second = read.in(Mode.LARDER);
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.statements()).isZero();
    assertThat(second.header("X-Cache")).contains("=L1").doesNotContain("load");
    assertThat(second.header("Cache-Control")).isEqualTo("private, no-store");
  }

  @Test
  void feed_needsFewStatementsWithoutCacheAndManyWhenNaive() {
    Read feed = reads().findFirst().orElseThrow();
    assertThat(feed.in(Mode.NAIVE).statements()).isGreaterThan(50);
    assertThat(feed.in(Mode.OPTIMISED).statements()).isBetween(3, 5);
  }

  @Test
  void feedPages_joinWithoutGapOrRepeat() {
    Read first = reads().findFirst().orElseThrow();
    Caller caller = halfnote.user(first.viewer());
    List<Long> paged = new ArrayList<>();
    String query = "";
    for (int page = 0; page < 3; page++) {
      JsonNode answer = caller.get(API + first.path() + query).json();
      answer.path("lines").forEach(line -> paged.add(line.at("/activity/id").asLong()));
      query = "?before=" + answer.path("next").asString();
    }
    List<Long> whole = halfnote
        .jdbc
        .sql("SELECT a.id FROM halfnote.activities a JOIN halfnote.follows f"
            + " ON f.followee_id = a.user_id AND f.follower_id = ?"
            + " ORDER BY a.created_at DESC, a.id DESC LIMIT 60")
        .param(first.viewer())
        .query(Long.class)
        .list();
    assertThat(paged).isEqualTo(whole);
  }

  /** One write, and a read whose answer it changes. */
  record Write(long actor, String method, String path, String body, Read changed) {}

  @Test
  void write_isInTheNextAnswerOfEveryMode() {
    long actor = halfnote.newUser("writer");
    long author = halfnote.newUser("author");
    long follower = halfnote.newUser("reader");
    long review = post(author, "/reviews", "{'albumId':5,'rating':7,'text':'First'}");
    long own = post(actor, "/reviews", "{'albumId':6,'rating':4,'text':'Own'}");
    long list = post(actor, "/lists", "{'title':'Shown'}");
    write(follower, "PUT", "/users/" + actor + "/follow", "");

    Read friends = new Read(follower, "/users/" + follower + "/feed");
    Read you = new Read(0, "/users/" + actor + "/feed?kind=you");
    Read incoming = new Read(author, "/users/" + author + "/feed?kind=incoming");
    Read profile = new Read(0, "/users/" + actor);
    Read reviewSeen = new Read(actor, "/reviews/" + review);
    Read ownReview = new Read(follower, "/reviews/" + own);
    Read ownReviews = new Read(0, "/users/" + actor + "/reviews");
    Read ownerLists = new Read(actor, "/users/" + actor + "/lists");
    Read visitorLists = new Read(follower, "/users/" + actor + "/lists");
    Read detail = new Read(follower, "/lists/" + list);
    Read album = new Read(0, "/albums/6/reviews");
    Read followers = new Read(0, "/users/" + author + "/followers");
    Read follows = new Read(actor, "/users/" + author + "/follow");
    List<Read> all = List.of(
        friends,
        you,
        incoming,
        profile,
        reviewSeen,
        ownReview,
        ownReviews,
        ownerLists,
        visitorLists,
        detail,
        album,
        followers,
        follows,
        new Read(follower, "/reviews/" + review),
        new Read(0, "/reviews/" + review),
        new Read(actor, "/users/" + actor + "/feed"),
        new Read(0, "/users/" + actor + "/following"),
        new Read(0, "/albums/5/reviews"));
    String likeOf = "/reviews/" + review + "/like";
    String follow = "/users/" + author + "/follow";
    List<Write> writes = List.of(
        new Write(actor, "PUT", likeOf, "", reviewSeen),
        new Write(actor, "POST", "/reviews/" + review + "/comments", "{'text':'So so'}", incoming),
        new Write(actor, "DELETE", likeOf, "", incoming),
        new Write(actor, "PUT", follow, "", followers),
        new Write(actor, "DELETE", follow, "", follows),
        new Write(actor, "PATCH", "/profile", "{'displayName':'Renamed'}", friends),
        new Write(actor, "PATCH", "/profile", "{'bio':'New','location':'Here'}", profile),
        new Write(actor, "PUT", "/profile/avatar", "{'avatar':'moon-12'}", ownReview),
        new Write(actor, "PUT", "/profile/genres", "{'genres':['Jazz','Dub']}", profile),
        new Write(actor, "POST", "/reviews", "{'albumId':7,'rating':9,'text':'New'}", friends),
        new Write(actor, "PATCH", "/reviews/" + own, "{'rating':8}", album),
        new Write(actor, "PUT", "/reviews/" + own + "/pin", "", ownReviews),
        new Write(actor, "DELETE", "/reviews/" + own + "/pin", "", ownReviews),
        new Write(actor, "PUT", "/lists/" + list + "/albums/3", "", detail),
        new Write(actor, "PATCH", "/lists/" + list, "{'title':'Renamed'}", visitorLists),
        new Write(actor, "PATCH", "/lists/" + list, "{'isPublic':false}", detail),
        new Write(actor, "PATCH", "/lists/" + list, "{'isPublic':true}", visitorLists),
        new Write(actor, "DELETE", "/lists/" + list + "/albums/3", "", detail),
        new Write(actor, "DELETE", "/lists/" + list, "", ownerLists),
        new Write(actor, "DELETE", "/reviews/" + own, "", you));
    Map<Read, String> before = answers(all);
    for (Write write : writes) {
      write(write.actor(), write.method(), write.path(), write.body());
      Map<Read, String> after = answers(all);
      assertThat(after.get(write.changed()))
          .as("%s %s shows at %s", write.method(), write.path(), write.changed())
          .isNotEqualTo(before.get(write.changed()));
      before = after;
    }
  }

  private static Map<Read, String> answers(List<Read> reads) {
    Map<Read, String> answers = new LinkedHashMap<>();
    reads.forEach(read -> answers.put(read, read.answer()));
    return answers;
  }

  @Test
  void privateList_isForItsOwnerAlone() {
    long owner = halfnote.newUser("owner");
    long visitor = halfnote.newUser("visitor");
    post(owner, "/lists", "{'title':'For all'}");
    long hidden = post(owner, "/lists", "{'title':'For me','isPublic':false}");
    String lists = "/users/" + owner + "/lists";
    // The owner reads first, so that what a visitor is given could come from the owner's entry.
    for (Mode mode : Mode.values()) {
      assertThat(new Read(owner, lists).in(mode).body()).contains("For all", "For me");
      assertThat(new Read(owner, "/lists/" + hidden).in(mode).body()).contains("For me");
      for (long other : List.of(visitor, 0L)) {
        assertThat(new Read(other, lists).in(mode).body())
            .contains("For all")
            .doesNotContain("For me");
        Reply detail = new Read(other, "/lists/" + hidden).in(mode);
        assertThat(detail.status()).isEqualTo(404);
        assertThat(detail.body()).doesNotContain("For me");
      }
      assertThat(new Read(owner, lists).in(mode).body()).contains("For me");
    }
    // Not even that it exists is told by a refusal.
    String path = API + "/lists/" + hidden;
    Reply refused = halfnote.user(visitor).json("DELETE", path, "");
    Reply missing = halfnote.user(visitor).json("DELETE", API + "/lists/99999999", "");
    assertThat(refused.status()).isEqualTo(missing.status()).isEqualTo(404);
    assertThat(halfnote.user(visitor).json("PUT", path + "/albums/1", "").status())
        .isEqualTo(404);
  }

  @Test
  void liked_isEachReadersOwn() {
    long fan = halfnote.newUser("fan");
    long other = halfnote.newUser("other");
    long review = halfnote.number("SELECT max(id) FROM halfnote.reviews");
    String path = "/reviews/" + review;
    for (boolean likes : new boolean[] {false, true}) {
      if (likes) {
        write(fan, "PUT", path + "/like", "");
      }
      for (Mode mode : Mode.values()) {
        assertThat(new Read(fan, path).in(mode).json().path("liked").asBoolean())
            .isEqualTo(likes);
        assertThat(new Read(other, path).in(mode).json().path("liked").asBoolean())
            .isFalse();
        assertThat(new Read(0, path).in(mode).json().path("liked").isNull()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /users/1/feed, 403",
    "GET, /users/1/feed?kind=incoming, 403",
    "POST, /users/1/warm, 403",
    "DELETE, /reviews/1, 403",
    "PUT, /reviews/1/pin, 403",
    "PUT, /reviews/99999999/like, 404",
    "PUT, /lists/99999999/albums/1, 404",
    "PUT, /users/99999999/follow, 404",
    "GET, /users/nobody-of-this-name, 404",
    "GET, /albums/99999999, 404",
    "GET, /no-such-endpoint, 404",
    "PATCH, /users/1, 405",
  })
  void whatIsNotOnes_isRefusedToAStranger_andToNobody(String method, String path, int status) {
    Reply refused = halfnote.user(halfnote.newUser("stranger")).json(method, API + path, "");
    assertThat(refused.status()).as(refused.body()).isEqualTo(status);
    assertProblem(refused);
    if (status == 403) {
      Reply anonymous = halfnote.anybody().json(method, API + path, "");
      assertThat(anonymous.status()).isEqualTo(401);
      assertProblem(anonymous);
    }
  }

  @Test
  void userWhoDoesNotExist_cannotAct() {
    Reply refused = halfnote.user(99_999_999).json("PUT", API + "/reviews/1/like", "");
    assertThat(refused.status()).isEqualTo(401);
    assertProblem(refused);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST  | /reviews          | {}                                          | albumId rating text",
        "POST  | /reviews          | {'albumId':1,'rating':11,'text':'x'}        | rating",
        "POST  | /reviews          | {'albumId':1,'rating':5,'text':'  '}        | text",
        "POST  | /reviews          | {'albumId':1,'rating':5,'text':'a\\u0000b'} | text",
        "POST  | /reviews          | {'albumId':-3,'rating':5,'text':'x'}        | albumId",
        "POST  | /reviews          | {'albumId':'x','rating':5,'text':'x'}       | albumId",
        "POST  | /reviews          | {'albumId':1,'rating':99999999999,'text':'x'} | rating",
        "POST  | /reviews          | {'albumId':99999999999999999999,'rating':5,'text':'x'} | albumId",
        "POST  | /reviews          | {'albumId':1,'rating':5,'text':['x']}       | text",
        "POST  | /reviews          | [1]                                         | body",
        "POST  | /reviews          | {'albumId':                                 | body",
        "PATCH | /reviews/1        | {}                                          | rating",
        "PATCH | /reviews/x        | {'rating':5}                                | id",
        "PATCH | /reviews/99999999999999999999 | {'rating':5}                    | id",
        "POST  | /reviews/1/comments | {'text':''}                               | text",
        "POST  | /lists            | {'title':''}                                | title",
        "POST  | /lists            | {'title':'x','isPublic':'perhaps'}          | isPublic",
        "PATCH | /profile          | {}                                          | displayName",
        "PATCH | /profile          | {'displayName':''}                          | displayName",
        "PUT   | /profile/avatar   | {'avatar':'blob-7'}                         | avatar",
        "PUT   | /profile/avatar   | {}                                          | avatar",
        "PUT   | /profile/genres   | {'genres':['Noise']}                        | genres",
        "PUT   | /profile/genres   | {'genres':[null]}                           | genres",
        "PUT   | /profile/genres   | {'genres':'Jazz'}                           | genres",
        "GET   | /users/1/feed?kind=foes |                                       | kind",
        "GET   | /users/1/feed?kind=you&before=tomorrow |                        | before",
        "GET   | /search?q=        |                                             | q",
        "GET   | /albums/x         |                                             | id",
      })
  void badValue_isAProblemThatNamesTheField(
      String method, String path, String body, String fields) {
    String json = body == null ? "" : body.replace('\'', '"');
    Reply refused = halfnote.user(1).json(method, API + path, json);
    assertThat(refused.status()).as(refused.body()).isEqualTo(400);
    assertProblem(refused);
    assertThat(refused.json().path("errors").findValuesAsString("field"))
        .as(refused.body())
        .containsExactly(fields.split(" "));
    assertThat(refused.json().path("detail").asString()).contains(fields.split(" ")[0]);
  }

  @ParameterizedTest
  @CsvSource({"X-Halfnote-User, me", "X-Halfnote-User, 0", "X-Halfnote-Mode, fast"})
  void badHeader_isNamed(String header, String value) {
    Reply refused = halfnote.anybody().with(header, value).get(API + "/reviews/1");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("errors").findValuesAsString("field")).containsExactly(header);
  }

  @Test
  void longValue_isCountedNotRepeated() {
    String json = "{'albumId':1,'rating':5,'text':'%s'}".replace('\'', '"');
    Reply refused =
        halfnote.user(1).json("POST", API + "/reviews", json.formatted("x".repeat(2_001)));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("2001 characters").hasSizeLessThan(1_000);
  }

  private static void assertProblem(Reply reply) {
    assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
    assertThat(reply.json().path("status").asInt()).isEqualTo(reply.status());
    assertThat(reply.json().path("detail").asString()).isNotEmpty();
  }

  private static Reply write(long user, String method, String path, String body) {
    Reply reply = halfnote.user(user).json(method, API + path, body.replace('\'', '"'));
    assertThat(reply.status()).as("%s %s: %s", method, path, reply.body()).isIn(200, 201);
    assertThat(reply.header("X-Larder-Position")).as("where in the log").contains("/");
    return reply;
  }

  private static long post(long user, String path, String body) {
    return write(user, "POST", path, body).json().path("id").asLong();
  }
}
