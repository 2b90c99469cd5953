package dev.larder.showcase.halfnote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.CacheTier;
import dev.larder.Larder;
import dev.larder.showcase.live.Caller;
import dev.larder.showcase.live.Caller.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Redis dies while people browse: no page fails, none is old, and Redis is used again by itself. */
class RedisOutageIT {
  private static final String API = "/halfnote/api";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final LiveHalfnote halfnote = LiveHalfnote.start(Map.of());
  private final long author = halfnote.newUser("author");
  private final long reader = halfnote.newUser("reader");
  private final Caller writing = halfnote.user(author);
  private final Caller reading = halfnote.user(reader);
  private final AtomicInteger writes = new AtomicInteger();

  @AfterEach
  void close() {
    halfnote.close();
  }

  @Test
  void redisKilledWhileBrowsing_noErrorAndNothingStale() throws InterruptedException {
    write("PUT", "/users/" + author + "/follow", reading, "");
    long review = write("POST", "/reviews", writing, "{\"albumId\":3,\"rating\":5,\"text\":\"T\"}")
        .json()
        .path("id")
        .asLong();
    List<String> pages = List.of(
        "/halfnote/feed",
        "/halfnote/reviews/" + review,
        "/halfnote/albums/3",
        "/halfnote/users/" + name(author),
        "/halfnote/users/" + name(author) + "/lists",
        "/halfnote/search?q=author");
    everyWriteIsSeen(review);
    // What Redis comes back with: entries of now, which the writes of the outage make old.
    halfnote.redis.save();

    Queue<String> failures = new ConcurrentLinkedQueue<>();
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger rounds = new AtomicInteger();
    Thread browsing = new Thread(() -> {
      while (!over.get()) {
        for (String page : pages) {
          Reply reply = reading.get(page);
          if (reply.status() != 200) {
            failures.add(reply.status() + " " + page);
          }
        }
        rounds.incrementAndGet();
      }
    });
    browsing.start();
    try {
      await().atMost(LIMIT).until(() -> rounds.get() > 3);
      halfnote.redis.kill();
      everyWriteIsSeen(review);
      await().atMost(LIMIT).until(this::isDegraded);
      everyWriteIsSeen(review);
      await("the database tier takes over").atMost(LIMIT).until(() -> {
        reading.get("/halfnote/reviews/" + review);
        return reading.get("/halfnote/reviews/" + review).statements() == 0;
      });

      halfnote.redis.startAgain();
      everyWriteIsSeen(review);
      await("Redis is used again").atMost(LIMIT).until(() -> !isDegraded());
      everyWriteIsSeen(review);
      int before = rounds.get();
      await().atMost(LIMIT).until(() -> rounds.get() > before + 3);
    } finally {
      over.set(true);
      browsing.join(LIMIT.toMillis());
    }
    assertThat(failures).isEmpty();
    await("entries are valid again").atMost(LIMIT).until(() -> {
      Reply feed = reading.get("/halfnote/feed");
      return feed.statements() == 0;
    });
    long before = Long.parseLong(halfnote.redis.command("DBSIZE"));
    reading.get("/halfnote/users/" + name(1) + "/followers");
    await("new entries go to Redis")
        .atMost(LIMIT)
        .until(() -> Long.parseLong(halfnote.redis.command("DBSIZE")) > before);
  }

  /** Some of each kind of write, each seen in the very next answers, which are as the source says. */
  private void everyWriteIsSeen(long review) {
    for (int i = 0; i < 2; i++) {
      String word = "word" + writes.incrementAndGet();
      String path = "/reviews/" + review;
      write("POST", path + "/comments", reading, "{\"text\":\"" + word + "\"}");
      assertThat(reading.get("/halfnote" + path).body()).contains(word);
      write("PATCH", path, writing, "{\"text\":\"Edited " + word + "\"}");
      assertThat(reading.get("/halfnote/feed").body()).contains("Edited " + word);
      write("PATCH", "/profile", writing, "{\"bio\":\"I am " + word + "\"}");
      assertThat(reading.get("/halfnote/users/" + name(author)).body()).contains("I am " + word);
      write("POST", "/lists", writing, "{\"title\":\"List " + word + "\"}");
      assertThat(reading.get("/halfnote/users/" + name(author) + "/lists").body())
          .contains("List " + word);
      write(i % 2 == 0 ? "PUT" : "DELETE", path + "/like", reading, "");
      for (String read : List.of(
          path,
          "/users/" + reader + "/feed",
          "/users/" + reader + "/feed?kind=you",
          "/users/" + author,
          "/users/" + author + "/reviews",
          "/users/" + author + "/lists",
          "/albums/3/reviews")) {
        String right =
            reading.with(Mode.HEADER, Mode.OPTIMISED.word()).get(API + read).body();
        assertThat(reading.with(Mode.HEADER, Mode.LARDER.word()).get(API + read).body())
            .as(read)
            .isEqualTo(right);
      }
    }
  }

  private static Reply write(String method, String path, Caller caller, String body) {
    Reply reply = caller.json(method, API + path, body);
    assertThat(reply.status()).as("%s %s: %s", method, path, reply.body()).isIn(200, 201);
    return reply;
  }

  private boolean isDegraded() {
    return halfnote.part(Larder.class).tiers().stream()
        .anyMatch(it -> it.tier() == CacheTier.L2 && it.isDegraded());
  }

  private String name(long user) {
    return halfnote
        .jdbc
        .sql("SELECT username FROM halfnote.users WHERE id = ?")
        .param(user)
        .query(String.class)
        .single();
  }
}
