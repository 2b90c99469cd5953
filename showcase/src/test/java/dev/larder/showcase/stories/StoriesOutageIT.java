package dev.larder.showcase.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.showcase.live.Caller;
import dev.larder.showcase.live.LiveSystem;
import dev.larder.testkit.EmbeddedPostgreSql;
import dev.larder.testkit.EmbeddedRedis;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Redis or PostgreSQL dies while people read and write. */
class StoriesOutageIT {

  @Test
  void redisKilled_changesNothingThatAVisitorSees() {
    try (LiveSystem stories = LiveSystem.start(StoriesApplication.class, Map.of())) {
      List<String> pages = List.of(
          "/api/stories/featured",
          "/api/stories/trending?limit=10",
          "/api/users/1/stories",
          "/api/users/1/stats",
          "/api/stories/1",
          "/api/stories/1/comments");
      List<String> before =
          pages.stream().map(page -> get(stories, page).body()).toList();
      stories.servers().redis().kill();
      assertThat(pages.stream().map(page -> get(stories, page).body()).toList()).isEqualTo(before);
      for (int i = 1; i <= 3; i++) {
        long total = get(stories, "/api/stories/1/comments").json().get("total").longValue();
        assertThat(stories
                .anybody()
                .with("X-Stories-User", "9")
                .json("POST", "/stories/api/stories/1/comments", "{\"text\":\"now " + i + "\"}")
                .status())
            .isEqualTo(204);
        Caller.Reply after = get(stories, "/api/stories/1/comments");
        assertThat(after.body()).contains("now " + i);
        assertThat(after.json().get("total").longValue()).isEqualTo(total + 1);
      }
      assertThat(pages.stream().limit(5).map(page -> get(stories, page).body()).toList())
          .isEqualTo(before.subList(0, 5));
      assertThat(get(stories, "/").body()).contains("Trending");
    }
  }

  @Test
  void databaseKilled_whatIsCachedIsRead_andTheRestSaysWhy() {
    try (EmbeddedPostgreSql postgresql = EmbeddedPostgreSql.start();
        LiveSystem.Servers servers =
            new LiveSystem.Servers(postgresql.newDatabase(), EmbeddedRedis.start());
        LiveSystem stories = LiveSystem.on(servers, StoriesApplication.class, Map.of())) {
      String featured = get(stories, "/api/stories/featured").body();
      postgresql.kill();
      assertThat(stories
              .anybody()
              .with("X-Stories-User", "9")
              .json("POST", "/stories/api/stories/1/comments", "{\"text\":\"lost\"}")
              .status())
          .isEqualTo(503);
      assertThat(get(stories, "/api/stories/featured").body()).isEqualTo(featured);
      Caller.Reply uncached = stories.anybody().get("/stories/api/users/1/stats");
      assertThat(uncached.status()).isEqualTo(503);
      assertThat(uncached.body()).contains("database does not answer");
      assertThat(stories.anybody().get("/stories/authors/1").status()).isEqualTo(503);
      postgresql.restart();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> stories.anybody().get("/stories/api/users/1/stats").status() == 200);
    }
  }

  private static Caller.Reply get(LiveSystem stories, String path) {
    Caller.Reply reply = stories.anybody().get("/stories" + path);
    assertThat(reply.status()).as(path).isEqualTo(200);
    return reply;
  }
}
