package dev.larder.showcase.themoon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.CacheTier;
import dev.larder.Larder;
import dev.larder.showcase.live.Caller;
import dev.larder.showcase.live.Caller.Reply;
import dev.larder.showcase.live.LiveSystem;
import dev.larder.showcase.live.LiveSystem.Servers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Redis dies while two instances are used: chat and feed go on, and nothing is old. */
class OutageIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Servers servers = Servers.start();
  private final LiveSystem one = start();
  private final LiveSystem two = start();
  private final Caller writing = TwoMoons.caller(one, 1);
  private final Caller reading = TwoMoons.caller(two, 2);
  private int words;

  private LiveSystem start() {
    return LiveSystem.on(
        servers,
        TheMoonApplication.class,
        Map.of("themoon.secret", "the same in all instances", "themoon.warm-up", false));
  }

  @AfterEach
  void close() {
    one.close();
    two.close();
    servers.close();
  }

  @Test
  void redisKilledAndBack_chatAndFeedGoOn() {
    long id = one.part(dev.larder.showcase.themoon.chat.Conversations.class).between(1, 2);
    write("PUT", reading, "/api/following/1", "");
    everythingIsSeen(id);
    // What Redis comes back with: entries of now, which what is written meanwhile makes old.
    servers.redis().save();
    try (Talker talker = Talker.in(two.address(), id, 2, 0)) {
      talker.hears("hello");
      servers.redis().kill();
      everythingIsSeen(id);
      await().atMost(LIMIT).until(this::isDegraded);
      everythingIsSeen(id);
      String word = "word " + words;
      talker.hears(frame -> frame.path("text").asString("").equals(word));
      assertThat(reading.get("/api/conversations/" + id + "/online").body()).isEqualTo("[]");

      servers.redis().startAgain();
      everythingIsSeen(id);
      await().atMost(LIMIT).until(() -> !isDegraded());
      everythingIsSeen(id);
      talker.tell("{\"type\":\"here\"}");
      await("who is online is known again")
          .atMost(LIMIT)
          .until(
              () -> reading.get("/api/conversations/" + id + "/online").body().equals("[2]"));
    }
  }

  /** Messages at once on the other instance, posts within its bound. */
  private void everythingIsSeen(long id) {
    for (int i = 0; i < 3; i++) {
      String word = "word " + ++words;
      String text = "{\"text\":\"" + word + "\"}";
      write("POST", writing, "/api/conversations/" + id + "/messages", text);
      assertThat(reading.get("/api/conversations/" + id + "/last").body()).contains(word);
      write("POST", writing, "/api/posts", text);
      assertThat(writing.get("/api/feed").body()).contains(word);
      await().atMost(LIMIT).until(() -> reading.get("/api/feed").body().contains(word));
    }
  }

  private static void write(String method, Caller caller, String path, String body) {
    Reply reply = caller.json(method, path, body);
    assertThat(reply.status()).as("%s %s: %s", method, path, reply.body()).isBetween(200, 299);
  }

  private boolean isDegraded() {
    return two.part(Larder.class).tiers().stream()
        .anyMatch(tier -> tier.tier() == CacheTier.L2 && tier.isDegraded());
  }
}
