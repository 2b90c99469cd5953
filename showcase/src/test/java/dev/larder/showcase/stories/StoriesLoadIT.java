package dev.larder.showcase.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Larder;
import dev.larder.showcase.data.Zipf;
import dev.larder.showcase.live.Caller;
import dev.larder.showcase.live.LiveSystem;
import dev.larder.showcase.stories.cache.CommentQueries;
import dev.larder.showcase.stories.cache.StoryQueries;
import dev.larder.showcase.stories.cache.UserQueries;
import dev.larder.stats.CacheStats;
import dev.larder.stats.CostAdvice;
import dev.larder.stats.CostAdvice.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Stories under many readers: what the caches count. */
class StoriesLoadIT {
  private static LiveSystem stories;

  @BeforeAll
  static void start() {
    stories = LiveSystem.start(StoriesApplication.class, LiveSystem.PATIENT);
  }

  @AfterAll
  static void stop() {
    stories.close();
  }

  private static CacheStats stats(String cache) {
    return stories.part(Larder.class).find(cache).orElseThrow().stats();
  }

  private static Caller.Reply get(String path) {
    Caller.Reply reply = stories.anybody().get("/stories" + path);
    assertThat(reply.status()).as(path).isEqualTo(200);
    return reply;
  }

  @Test
  void oneColdQuery_askedByManyAtOnce_isOneStatement() throws Exception {
    int callers = 200;
    CacheStats before = stats("trending");
    StoryQueries queries = stories.part(StoryQueries.class);
    ExecutorService pool = Executors.newFixedThreadPool(callers);
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        answers.add(pool.submit(() -> {
          start.await();
          return queries.trending(37).size();
        }));
      }
      start.countDown();
      for (Future<Integer> answer : answers) {
        assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(37);
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(stats("trending").loads() - before.loads()).isEqualTo(1);
    assertThat(stats("trending").requests() - before.requests()).isEqualTo(callers);
    assertThat(get("/api/stories/trending?limit=37").statements()).isZero();
  }

  /** A seeded load in which a few stories and authors are read much, most little, and some write. */
  @Test
  void readersOfAFewStories_findFourInFiveInTheCache() {
    StoryQueries lists = stories.part(StoryQueries.class);
    UserQueries users = stories.part(UserQueries.class);
    CommentQueries comments = stories.part(CommentQueries.class);
    List<CacheStats> before = stories.part(Larder.class).stats();
    SplittableRandom random = new SplittableRandom(7);
    Zipf story = new Zipf(400, 1.0);
    Zipf author = new Zipf(100, 1.0);
    int reads = 6_000;
    for (int i = 0; i < reads; i++) {
      int drawn = story.draw(random) + 1;
      int id = drawn % 33 == 0 ? drawn - 1 : drawn;
      int user = author.draw(random) + 1;
      Object found = switch (random.nextInt(10)) {
        case 0 -> lists.featured();
        case 1 -> lists.trending(10);
        case 2, 3 -> lists.byAuthor(user);
        case 4, 5 -> users.stats(user);
        case 6, 7 -> lists.story(id);
        default -> comments.comments(id);
      };
      assertThat(found).isNotNull();
      if (i % 100 == 0) {
        assertThat(stories
                .anybody()
                .with("X-Stories-User", "9")
                .json("POST", "/stories/api/stories/" + id + "/comments", "{\"text\":\"read\"}")
                .status())
            .isEqualTo(204);
      }
    }
    List<CacheStats> after = stories.part(Larder.class).stats();
    long hits = sum(after, CacheStats::hits) - sum(before, CacheStats::hits);
    assertThat(sum(after, CacheStats::requests) - sum(before, CacheStats::requests))
        .isEqualTo(reads);
    assertThat((double) hits / reads).isGreaterThan(0.8);
    for (JsonNode line : get("/api/caches").json()) {
      assertThat(line.get("size").longValue())
          .isLessThanOrEqualTo(line.get("maxSize").longValue());
    }
  }

  private static long sum(List<CacheStats> caches, ToLongFunction<CacheStats> part) {
    return caches.stream().mapToLong(part).sum();
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
}
