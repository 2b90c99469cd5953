package dev.larder.showcase.algoitny;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.CacheTier;
import dev.larder.Larder;
import dev.larder.showcase.live.Caller;
import dev.larder.showcase.live.Caller.Reply;
import dev.larder.showcase.live.LiveSystem;
import dev.larder.testkit.EmbeddedRedis;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Redis is killed and comes back: no answer fails, none is old. */
class RedisOutageIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<String> PATHS = List.of(
      "/api/problems",
      "/api/problems?platform=leetcode&search=tree",
      "/api/problems/3",
      "/api/problems/3/test-cases",
      "/api/problems/3/statistics",
      "/api/problems/drafts",
      "/api/problems/registered",
      "/api/account/stats",
      "/api/account/history",
      "/problems",
      "/me");

  private static LiveSystem system;

  private int writes;

  @BeforeAll
  static void start() {
    system = LiveSystem.start(
        AlgoItnyApplication.class,
        Map.of(
            "algoitny.scale", 0.002, "algoitny.warm.problems", "1d", "algoitny.warm.stats", "1d"));
  }

  @AfterAll
  static void stop() {
    system.close();
  }

  @Test
  void redisKilled_noAnswerFailsAndEveryWriteIsSeen() {
    EmbeddedRedis redis = system.servers().redis();
    everythingAnswersAndWritesAreSeen();
    // What Redis comes back with is older than the writes of the outage.
    redis.save();
    redis.kill();
    everythingAnswersAndWritesAreSeen();
    await().atMost(LIMIT).until(RedisOutageIT::isDegraded);
    everythingAnswersAndWritesAreSeen();
    redis.startAgain();
    everythingAnswersAndWritesAreSeen();
    await("Redis is used again").atMost(LIMIT).until(() -> !isDegraded());
    everythingAnswersAndWritesAreSeen();
  }

  private void everythingAnswersAndWritesAreSeen() {
    Caller user = LiveAlgoItny.user(system, 4);
    for (String path : PATHS) {
      assertThat(user.get(path).status()).as(path).isEqualTo(200);
    }
    String title = "Title " + ++writes;
    Reply edited = LiveAlgoItny.admin(system)
        .json(
            "PUT",
            "/api/admin/problems/3",
            "{\"number\":\"3\",\"title\":\"" + title
                + "\",\"difficulty\":2,\"statement\":\"Solve it.\",\"completed\":true}");
    assertThat(edited.status()).as(edited.body()).isEqualTo(200);
    assertThat(user.get("/api/problems/3").body()).contains(title);
    assertThat(user.get("/api/problems?search=title%20" + writes).body()).contains(title);
    long before = user.get("/api/account/stats").json().path("attempts").asLong();
    Reply added = user.json(
        "POST",
        "/api/account/history/problems/3",
        "{\"language\":\"java\",\"passed\":1,\"total\":3}");
    assertThat(added.status()).as(added.body()).isEqualTo(201);
    assertThat(user.get("/api/account/stats").json().path("attempts").asLong())
        .isEqualTo(before + 1);
    assertThat(user.get("/api/account/history").body()).contains(title);
  }

  private static boolean isDegraded() {
    return system.part(Larder.class).tiers().stream()
        .anyMatch(it -> it.tier() == CacheTier.L2 && it.isDegraded());
  }
}
