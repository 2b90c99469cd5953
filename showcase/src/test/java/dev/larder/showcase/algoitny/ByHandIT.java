package dev.larder.showcase.algoitny;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.showcase.live.Caller;
import dev.larder.showcase.live.Caller.Reply;
import dev.larder.showcase.live.LiveSystem;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the administrator does by hand: ending entries later, warming, the trial of two times. */
class ByHandIT {
  private static final LiveSystem SYSTEM = LiveAlgoItny.shared();

  private final Caller anybody = LiveAlgoItny.anybody(SYSTEM);
  private final Caller admin = LiveAlgoItny.admin(SYSTEM);

  @Test
  void endedLater_isAcceptedAndSeenToBeDone() {
    anybody.get("/api/problems");
    anybody.get("/api/problems/4");
    Reply accepted = admin.json(
        "POST", "/api/admin/invalidations?wait=false", "{\"pattern\":\"problem_list*\"}");
    assertThat(accepted.status()).isEqualTo(202);
    String seen = URI.create(accepted.header("Location")).getPath().replace("/algoitny", "");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> admin.get(seen).json().path("state").asString().equals("done"));
    assertThat(admin.get(seen).json().path("position").asString()).isNotEmpty();
    assertThat(anybody.get("/api/problems").header("X-Cache")).contains("problem_list=load");
    assertThat(anybody.get("/api/problems/4").header("X-Cache")).doesNotContain("load");
    assertThat(LiveAlgoItny.user(SYSTEM, 3).get(seen).status()).isEqualTo(403);
    assertThat(admin.get("/api/admin/invalidations/none").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"pattern\":\"no_such_cache*\"}",
        "{\"pattern\":\"*list\"}",
        "{\"pattern\":\"problem_list:*:page\"}",
        "{\"problem\":1,\"user\":2}",
        "{}"
      })
  void whatMeansNothing_isRefused(String body) {
    assertThat(admin.json("POST", "/api/admin/invalidations", body).status()).isEqualTo(400);
  }

  @Test
  void warmedProblems_areHitsForWhoAsksFirst() {
    admin.json("DELETE", "/api/admin/caches", "");
    Reply warmed = admin.json("POST", "/api/admin/warm", "{\"plan\":\"problems\"}");
    assertThat(warmed.json().path("loaded").asInt()).as(warmed.body()).isEqualTo(27);
    JsonNode list = hit("/api/problems", "problem_list").json();
    hit("/api/problems?platform=programmers", "problem_list");
    hit("/api/problems/registered", "problem_registered");
    hit("/api/problems/drafts", "problem_drafts");
    list.path("problems")
        .forEach(each -> hit("/api/problems/" + each.path("id").asInt(), "problem_detail"));
  }

  private Reply hit(String path, String cache) {
    Reply reply = anybody.get(path);
    assertThat(reply.header("X-Cache")).as(path).isEqualTo(cache + "=L1");
    assertThat(reply.statements()).isZero();
    return reply;
  }

  @Test
  void warmedStatistics_areThoseOfGivenOrActiveUsers() {
    admin.json("DELETE", "/api/admin/caches", "");
    Reply given = admin.json("POST", "/api/admin/warm", "{\"plan\":\"stats\",\"users\":[21,22]}");
    assertThat(given.json().path("loaded").asInt()).isEqualTo(2);
    for (int user : new int[] {21, 22}) {
      assertThat(LiveAlgoItny.user(SYSTEM, user).get("/api/account/stats").header("X-Cache"))
          .isEqualTo("user_stats=L1");
    }
    int active = SYSTEM
        .servers()
        .jdbc()
        .sql("SELECT count(DISTINCT user_id) FROM algoitny.search_history"
            + " WHERE searched_at >= now() - interval '7 days'")
        .query(Integer.class)
        .single();
    assertThat(active).isPositive();
    Reply found = admin.json("POST", "/api/admin/warm", "{\"plan\":\"stats\"}");
    assertThat(found.json().path("loaded").asInt()).isBetween(active - 5, Math.min(active, 500));
  }

  @Test
  void warmingOfAPlanThatIsNone_isRefused() {
    assertThat(admin.json("POST", "/api/admin/warm", "{\"plan\":\"all\"}").status())
        .isEqualTo(400);
  }

  @Test
  void trial_halfOfTheKeysLiveAnotherTime_andAsAlwaysWhenItHasEnded() {
    assertThat(admin.json("POST", "/api/admin/trial?ttl=0", "").status()).isEqualTo(400);
    String own = "/api/admin/trial?ttl=300";
    assertThat(admin.json("POST", own, "").status()).as("the list's own time").isEqualTo(400);
    JsonNode trial = admin.json("POST", "/api/admin/trial?ttl=20", "").json();
    admin.json("DELETE", "/api/admin/caches", "");
    try {
      assertThat(trial.path("state").asString()).isEqualTo("WARMING_UP");
      assertThat(trial.path("arms").size()).isEqualTo(2);
      assertThat(trial.path("arms").get(1).path("ttlMillis").asLong()).isEqualTo(20_000);
      int pages = 24;
      int ofA = 0;
      for (int page = 1; page <= pages; page++) {
        anybody.get("/api/problems?page=" + page);
        ofA += secondsLeft(page) <= 20 ? 1 : 0;
      }
      assertThat(ofA).as("both arms have keys").isBetween(1, pages - 1);
    } finally {
      admin.json("DELETE", "/api/admin/trial", "");
    }
    assertThat(admin.get("/api/admin/trial").json().path("state").asString()).isEqualTo("ENDED");
    admin.json("DELETE", "/api/admin/caches", "");
    anybody.get("/api/problems");
    assertThat(secondsLeft(1)).as("without a trial").isGreaterThan(20);
  }

  private static int secondsLeft(int page) {
    return Integer.parseInt(SYSTEM
        .servers()
        .redis()
        .command("TTL", "algoitny:problem_list:v1:all:':page:" + page)
        .replaceAll("[^0-9-]", ""));
  }
}
