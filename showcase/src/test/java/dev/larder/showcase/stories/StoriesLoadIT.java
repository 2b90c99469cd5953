package dev.larder.showcase.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.Larder;
import dev.larder.showcase.data.Zipf;
import dev.larder.showcase.live.Caller;
import dev.larder.showcase.live.LiveSystem;
import dev.larder.showcase.stories.cache.StoryQueries;
import dev.larder.stats.CacheStats;
import dev.larder.stats.CostAdvice;
import dev.larder.stats.CostAdvice.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Stories under many readers: what the caches count, and what a visitor sees when Redis dies. */
class StoriesLoadIT {
  private LiveSystem stories;

  @BeforeEach
  void start() {
    stories = LiveSystem.start(StoriesApplication.class, LiveSystem.PATIENT);
  }

  @AfterEach
  void stop() {
    stories.close();
  }

  private CacheStats stats(String cache) {
    return stories.part(Larder.class).find(cache).orElseThrow().stats();
  }

  private Caller.Reply get(String path) {
    Caller.Reply reply = stories.anybody().get("/stories" + path);
    assertThat(reply.status()).as(path).isEqualTo(200);
    return reply;
  }

  @Test
  void oneColdQuery_askedByManyAtOnce_isOneStatement() throws Exception {
    int callers = 200;
    StoryQueries queries = stories.part(StoryQueries.class);
    ExecutorService pool = Executors.newFixedThreadPool(callers);
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        answers.add(pool.submit(() -> {
          start.await();
          return queries.trending(20).size();
        }));
      }
      start.countDown();
      for (Future<Integer> answer : answers) {
        assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(20);
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(stats("trending").loads()).isEqualTo(1);
    assertThat(stats("trending").requests()).isEqualTo(callers);
    assertThat(get("/api/stories/trending?limit=20").statements()).isZero();
  }

  /** A seeded load in which a few stories and authors are read much, most little, and some write. */
  @Test
  void readersOfAFewStories_findFourInFiveInTheCache() {
    SplittableRandom random = new SplittableRandom(7);
    Zipf story = new Zipf(400, 1.0);
    Zipf author = new Zipf(100, 1.0);
    for (int i = 0; i < 2_000; i++) {
      int drawn = story.draw(random) + 1;
      int id = drawn % 33 == 0 ? drawn - 1 : drawn;
      int user = author.draw(random) + 1;
      switch (random.nextInt(10)) {
        case 0 -> get("/api/stories/featured");
        case 1 -> get("/api/stories/trending?limit=10");
        case 2, 3 -> get("/api/users/" + user + "/stories");
        case 4, 5 -> get("/api/users/" + user + "/stats");
        case 6, 7 -> get("/api/stories/" + id);
        default -> get("/api/stories/" + id + "/comments");
      }
      if (i % 50 == 0) {
        assertThat(stories
                .anybody()
                .with("X-Stories-User", "9")
                .json("POST", "/stories/api/stories/" + id + "/comments", "{\"text\":\"read\"}")
                .status())
            .isEqualTo(204);
      }
    }
    long hits = 0;
    long requests = 0;
    for (JsonNode line : get("/api/caches").json()) {
      hits += line.get("hits").longValue();
      requests += line.get("hits").longValue() + line.get("misses").longValue();
      assertThat(line.get("size").longValue())
          .isLessThanOrEqualTo(line.get("maxSize").longValue());
    }
    assertThat(requests).isEqualTo(2_000);
    assertThat((double) hits / requests).isGreaterThan(0.8);
  }

  /** The verdict follows from measured times: every visitor once, so nothing is ever asked for again. */
  @Test
  void userById_ofVisitorsWhoComeOnce_isNamedAsTooDear() {
    for (int user = 1; user <= 100; user++) {
      get("/api/users/" + user);
    }
    CostAdvice advice = CostAdvice.of(stats("user"));
    assertThat(advice.hitRate()).isZero();
    assertThat(advice.perMiss()).isPositive();
    assertThat(advice.verdict()).isEqualTo(Verdict.COSTS_MORE);
    JsonNode line = get("/api/caches")
        .json()
        .valueStream()
        .filter(each -> each.get("cache").stringValue().equals("user"))
        .findFirst()
        .orElseThrow();
    assertThat(line.get("verdict").stringValue()).isEqualTo("costs more");
    assertThat(line.get("savedMillis").doubleValue()).isNegative();
    assertThat(get("/statistics").body())
        .contains("data-cache=\"user\" data-verdict=\"costs more\"")
        .contains("so leave it out");
  }

  @Test
  void redisKilled_changesNothingThatAVisitorSees() {
    List<String> pages = List.of(
        "/api/stories/featured",
        "/api/stories/trending?limit=10",
        "/api/users/1/stories",
        "/api/users/1/stats",
        "/api/stories/1",
        "/api/stories/1/comments");
    List<String> before = pages.stream().map(page -> get(page).body()).toList();
    stories.servers().redis().kill();
    assertThat(pages.stream().map(page -> get(page).body()).toList()).isEqualTo(before);
    assertThat(stories
            .anybody()
            .with("X-Stories-User", "9")
            .json("POST", "/stories/api/stories/1/comments", "{\"text\":\"without Redis\"}")
            .status())
        .isEqualTo(204);
    assertThat(get("/api/stories/1/comments").body()).contains("without Redis");
    JdbcClient jdbc = stories.servers().jdbc();
    long total = jdbc.sql("SELECT count(*) FROM stories.comment WHERE story_id = 1")
        .query(Long.class)
        .single();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(get("/api/stories/1/comments").json().get("total").longValue())
                .isEqualTo(total));
    assertThat(get("/").body()).contains("Trending");
  }
}
