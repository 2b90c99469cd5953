package dev.larder.showcase.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.showcase.live.Caller;
import dev.larder.showcase.live.LiveSystem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Redis dies while people read and write. */
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
      List<String> before = pages.stream().map(page -> get(stories, page).body()).toList();
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

  private static Caller.Reply get(LiveSystem stories, String path) {
    Caller.Reply reply = stories.anybody().get("/stories" + path);
    assertThat(reply.status()).as(path).isEqualTo(200);
    return reply;
  }
}
