package dev.larder.showcase.algoitny;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.showcase.live.Caller;
import dev.larder.showcase.live.LiveSystem;
import dev.larder.showcase.live.LiveSystem.Servers;
import dev.larder.warm.WarmRun;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Two nodes on the same servers: what one writes the other shows, and one of them warms. */
class TwoNodesIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration EVERY = Duration.ofSeconds(5);

  private static Servers servers;
  private static LiveSystem one;
  private static LiveSystem other;

  @BeforeAll
  static void start() {
    servers = Servers.start();
    Map<String, Object> properties = new HashMap<>(LiveSystem.PATIENT);
    properties.put("algoitny.scale", 0.002);
    properties.put("algoitny.warm.rate", 1_000);
    properties.put("algoitny.warm.problems", EVERY);
    properties.put("algoitny.warm.stats", "1d");
    one = LiveSystem.on(servers, AlgoItnyApplication.class, properties);
    properties.put("CACHE_PROBLEM_LIST_TTL", "77");
    properties.put("CACHE_USER_STATS_TTL", "33");
    properties.put("CACHE_SHORT_TTL", "44");
    other = LiveSystem.on(servers, AlgoItnyApplication.class, properties);
  }

  @AfterAll
  static void stop() {
    other.close();
    one.close();
    servers.close();
  }

  @Test
  void scheduledWarming_isDoneByOneOfThem() {
    Caller admin = LiveAlgoItny.admin(other);
    await().atMost(LIMIT).until(() -> isDone(admin, "problems"));
    assertThat(plan(admin, "problems").path("done").asInt()).isEqualTo(27);
    long begun = begun(one);
    long begunByOther = begun(other);
    if (begun > 0 && begunByOther > 0) {
      assertThat(Math.abs(begun - begunByOther))
          .isGreaterThanOrEqualTo(EVERY.multipliedBy(9).dividedBy(10).toMillis());
    }
  }

  private static long begun(LiveSystem system) {
    return system.part(Larder.class).warming().status("problems").startedMillis();
  }

  @Test
  void warmingByHand_isRefusedWhileTheOtherNodeIsAtIt() throws SQLException {
    Caller admin = LiveAlgoItny.admin(other);
    WarmRun run;
    try (Connection holding = one.part(DataSource.class).getConnection()) {
      holding.setAutoCommit(false);
      try (Statement lock = holding.createStatement()) {
        lock.execute("LOCK TABLE algoitny.search_history IN ACCESS EXCLUSIVE MODE");
      }
      run = one.part(Larder.class).warming().start("stats");
      assertThat(run.turn()).succeedsWithin(LIMIT).isEqualTo(WarmRun.Turn.HERE);
      assertThat(admin.json("POST", "/api/admin/warm", "{\"plan\":\"stats\"}").status())
          .isEqualTo(409);
      holding.rollback();
    }
    assertThat(run.ended()).succeedsWithin(LIMIT);
    assertThat(admin.json("POST", "/api/admin/warm", "{\"plan\":\"stats\"}").status())
        .isEqualTo(200);
  }

  private static boolean isDone(Caller admin, String plan) {
    return plan(admin, plan).path("state").asString().equals("DONE");
  }

  private static JsonNode plan(Caller admin, String name) {
    return admin
        .get("/api/admin/warm")
        .json()
        .valueStream()
        .filter(each -> each.path("name").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void variablesOfTheEnvironment_overruleTheTimes() {
    ttls(
        one,
        Map.of(
            "problem_list", 300,
            "problem_detail", 600,
            "user_stats", 180,
            "search_history", 120,
            "test_cases", 900,
            "problem_drafts", 60,
            "problem_registered", 300,
            "platform_counts", 1_800));
    ttls(
        other,
        Map.of(
            "problem_list", 77,
            "problem_detail", 600,
            "user_stats", 33,
            "problem_drafts", 44,
            "problem_registered", 300));
  }

  private static void ttls(LiveSystem system, Map<String, Integer> seconds) {
    seconds.forEach((cache, ttl) -> {
      CachePolicy<?, ?> policy =
          system.part(Larder.class).find(cache).orElseThrow().policy();
      assertThat(policy.ttl()).as(cache).isEqualTo(Duration.ofSeconds(ttl));
    });
  }

  @Test
  void written_onOneNode_isShownByTheOther() {
    Caller reader = LiveAlgoItny.anybody(other);
    Caller user = LiveAlgoItny.user(other, 5);
    reader.get("/api/problems/8");
    long attempts = user.get("/api/account/stats").json().path("attempts").asLong();
    assertThat(reader.get("/api/problems/8").header("X-Cache")).isEqualTo("problem_detail=L1");
    assertThat(LiveAlgoItny.admin(one)
            .json(
                "PUT",
                "/api/admin/problems/8",
                "{\"number\":\"8\",\"title\":\"Seen elsewhere\",\"difficulty\":2,"
                    + "\"statement\":\"Solve it.\",\"completed\":true}")
            .status())
        .isEqualTo(200);
    assertThat(LiveAlgoItny.user(one, 5)
            .json(
                "POST",
                "/api/account/history/problems/8",
                "{\"language\":\"java\",\"passed\":0,\"total\":3}")
            .status())
        .isEqualTo(201);
    assertThat(other.part(Larder.class).catchUp().toCompletableFuture().join()).isTrue();
    assertThat(reader.get("/api/problems/8").json().path("title").asString())
        .isEqualTo("Seen elsewhere");
    assertThat(user.get("/api/account/stats").json().path("attempts").asLong())
        .isEqualTo(attempts + 1);
  }
}
