package dev.larder.showcase.algoitny;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.showcase.live.Caller;
import dev.larder.showcase.live.LiveSystem;
import dev.larder.showcase.live.LiveSystem.Servers;
import dev.larder.stats.CacheStats;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two nodes on the same servers: what one writes the other shows, and one of them warms. */
class TwoNodesIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static Servers servers;
  private static LiveSystem one;
  private static LiveSystem other;

  @BeforeAll
  static void start() {
    servers = Servers.start();
    Map<String, Object> properties = new HashMap<>(LiveSystem.PATIENT);
    properties.put("algoitny.scale", 0.002);
    properties.put("algoitny.warm.rate", 1_000);
    properties.put("algoitny.warm.first", "0s");
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
    JdbcClient jdbc = servers.jdbc();
    await()
        .atMost(LIMIT)
        .until(() -> jdbc.sql("SELECT count(*) FROM algoitny.warm_turns WHERE ended_at IS NOT NULL")
                .query(Integer.class)
                .single()
            == 2);
    assertThat(jdbc.sql("SELECT loaded FROM algoitny.warm_turns WHERE plan = 'problems'")
            .query(Integer.class)
            .single())
        .isEqualTo(27);
    // Which no other test reads.
    long loads = LiveAlgoItny.count(one, "problem_registered", CacheStats::loads)
        + LiveAlgoItny.count(other, "problem_registered", CacheStats::loads);
    assertThat(loads).isEqualTo(1);
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
