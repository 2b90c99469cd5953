package dev.larder.showcase.halfnote.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.Larder;
import dev.larder.cli.Operator;
import dev.larder.manage.WarmUp;
import dev.larder.showcase.halfnote.LiveHalfnote;
import dev.larder.showcase.live.Caller;
import dev.larder.showcase.live.Caller.Reply;
import dev.larder.showcase.live.LiveSystem;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** A reader who always turns from friends to incoming finds incoming read already. */
@Timeout(300)
class GuessedFeedIT {
  private static final String TOKEN = "a-token-that-only-tests-know";
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private static LiveHalfnote halfnote;

  @BeforeAll
  static void start() {
    Map<String, Object> properties = new LinkedHashMap<>(LiveSystem.PATIENT);
    properties.put("showcase.console.token", TOKEN);
    halfnote = LiveHalfnote.start(properties);
  }

  @AfterAll
  static void stop() {
    halfnote.close();
  }

  private static Reply feed(long user, String kind) {
    return feed(user, user, kind);
  }

  private static Reply feed(long reader, long owner, String kind) {
    Reply reply = halfnote.user(reader).get("/halfnote/api/users/" + owner + "/feed?kind=" + kind);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply;
  }

  /** A change of one's own, which ends one's feeds. */
  private static void move(long user, int times) {
    Reply reply = halfnote
        .user(user)
        .json("PATCH", "/halfnote/api/profile", "{\"location\":\"Place " + times + "\"}");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
  }

  private static WarmUp guesses() {
    return halfnote.part(Larder.class).warming().status("predict-feed");
  }

  private static long loads() {
    return halfnote.part(Larder.class).find("feed").orElseThrow().stats().loads();
  }

  @Test
  void whoAlwaysReadsOn_findsTheNextFeedRead_andThePrecisionIsShown() {
    long user = halfnote.newUser("habitual");
    for (int times = 0; times < 3; times++) {
      move(user, times);
      assertThat(feed(user, "friends").header("X-Cache")).contains("feed=load");
      assertThat(feed(user, "incoming").header("X-Cache")).contains("feed=load");
      // Then somebody else, another each time: nothing follows that always comes.
      feed(user, 1 + times, "you");
    }
    assertThat(guesses().total()).isZero();
    move(user, 3);
    long before = loads();
    feed(user, "friends");
    await().atMost(LIMIT).until(() -> loads() == before + 2);
    Reply next = feed(user, "incoming");
    assertThat(next.header("X-Cache")).contains("feed=L1").doesNotContain("feed=load");
    assertThat(loads()).isEqualTo(before + 2);

    WarmUp guesses = guesses();
    assertThat(guesses.total()).isEqualTo(1);
    assertThat(guesses.done()).isEqualTo(1);
    assertThat(guesses.state()).isEqualTo(WarmUp.State.RUNNING);
    assertThat(guesses.declared().perSecond()).isEqualTo(20);
    String shown = "guesses; 100 % of the last came true";
    Caller console = halfnote.anybody().with("Authorization", "Bearer " + TOKEN);
    JsonNode told = console.get("/halfnote/larder/api/warm-ups").json().path("warmUps");
    assertThat(told.findValuesAsString("schedule")).contains(shown);
    Operator operator = new Operator(
        Map.of("LARDER_URL", halfnote.address() + "/halfnote/larder", "LARDER_TOKEN", TOKEN));
    assertThat(operator.runs("warm").out()).containsPattern("predict-feed +" + shown + " +running");
    Operator.Ran refused = operator.runs("warm predict-feed --cancel");
    assertThat(refused.status()).isNotZero();
    assertThat(refused.err()).contains("can be paused and resumed, and no more");
    assertThat(operator.runs("warm predict-feed --pause").status()).isZero();
    assertThat(guesses().state()).isEqualTo(WarmUp.State.PAUSED);
    Operator.Ran resumed = operator.runs("warm predict-feed --resume");
    assertThat(resumed.status()).as(resumed.toString()).isZero();
    assertThat(guesses().state()).isEqualTo(WarmUp.State.RUNNING);
  }

  /** Warming looks all feeds up in a row, which is no habit of anybody. */
  @Test
  void warmingAUser_teachesNothing() {
    long user = halfnote.newUser("warmed");
    for (int times = 0; times < 6; times++) {
      move(user, times);
      assertThat(halfnote
              .user(user)
              .json("POST", "/halfnote/api/users/" + user + "/warm", "")
              .status())
          .isEqualTo(200);
    }
    move(user, 100);
    long before = loads();
    long made = guesses().total();
    feed(user, "friends");
    assertThat(feed(user, "you").header("X-Cache")).contains("feed=load");
    assertThat(feed(user, "incoming").header("X-Cache")).contains("feed=load");
    assertThat(loads()).isEqualTo(before + 3);
    assertThat(guesses().total()).isEqualTo(made);
  }
}
