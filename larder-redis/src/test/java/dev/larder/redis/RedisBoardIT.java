package dev.larder.redis;

import static dev.larder.redis.Stores.LONG;
import static dev.larder.redis.Stores.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.EmbeddedRedis;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How notes lie in Redis, beside what all boards do. */
class RedisBoardIT {

  private static final byte[] NOTE = {1};

  private static EmbeddedRedis redis;

  @BeforeAll
  static void start() {
    redis = EmbeddedRedis.start();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @Test
  void authorsThatAreGone_doNotPileUpWhereNobodyReads() {
    try (RedisStore store = Stores.open(redis, "unread")) {
      // While it lives the board as a whole does not end.
      get(store.board().pin("nodes", "lives", NOTE, LONG));
      for (int i = 0; i < 100; i++) {
        get(store.board().pin("nodes", "gone" + i, NOTE, Duration.ofMillis(1)));
      }
      Stores.eventually(() -> {
        get(store.board().pin("nodes", "lives", NOTE, LONG));
        String authors = redis.command("HKEYS", "{larder:unread}:board:nodes");
        return authors.contains("lives") && !authors.contains("gone");
      });
    }
  }

  @Test
  void reading_takesOffWhatHasEnded() {
    try (RedisStore store = Stores.open(redis, "read")) {
      get(store.board().pin("nodes", "lives", NOTE, LONG));
      get(store.board().pin("nodes", "goes", NOTE, Duration.ofMillis(50)));
      Stores.eventually(() -> !get(store.board().notes("nodes")).containsKey("goes"));
      assertThat(redis.command("HKEYS", "{larder:read}:board:nodes")).doesNotContain("goes");
    }
  }

  @Test
  void boardWithoutLivingNotes_goesByItself() {
    try (RedisStore store = Stores.open(redis, "alone")) {
      get(store.board().pin("nodes", "a", NOTE, Duration.ofMillis(100)));
      get(store.board().pin("nodes", "b", NOTE, Duration.ofMillis(10)));
      Stores.eventually(
          () -> redis.command("EXISTS", "{larder:alone}:board:nodes").contains("0"));
    }
  }

  @Test
  void unpinned_leavesNothing() {
    try (RedisStore store = Stores.open(redis, "unpinned")) {
      get(store.board().pin("nodes", "a", NOTE, LONG));
      get(store.board().unpin("nodes", List.of("a")));
      assertThat(redis.command("EXISTS", "{larder:unpinned}:board:nodes")).contains("0");
    }
  }
}
