package dev.larder.showcase.themoon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.Larder;
import dev.larder.showcase.live.Caller;
import dev.larder.showcase.live.Caller.Reply;
import dev.larder.showcase.live.LiveSystem;
import dev.larder.stats.CacheStats;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Interleavings that matter, in an order that the test decides: a lock on a table holds a load or a
 * write where it is until the test lets it go on.
 */
class RacesIT {
  private static final TwoMoons moons = TwoMoons.shared();
  private static final int CROWD = 40;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private Connection lock;

  @BeforeEach
  void connect() throws SQLException {
    lock = DriverManager.getConnection(moons.servers.database().url());
    lock.setAutoCommit(false);
  }

  @AfterEach
  void close() throws SQLException {
    lock.rollback();
    lock.close();
    threads.shutdownNow();
  }

  private void hold(String what) throws SQLException {
    try (Statement statement = lock.createStatement()) {
      statement.execute(what);
    }
  }

  /** Waits until so many statements wait for the test's lock. */
  private static void areHeld(int count) {
    await()
        .until(() -> moons
                .servers
                .jdbc()
                .sql("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                    + " AND datname = current_database()")
                .query(Integer.class)
                .single()
            >= count);
  }

  private CompletableFuture<Reply> later(Caller caller, String path) {
    return CompletableFuture.supplyAsync(() -> caller.get(path), threads);
  }

  private static long loads(LiveSystem instance, String cache) {
    return instance.part(Larder.class).stats().stream()
        .filter(it -> it.cache().equals(cache))
        .mapToLong(CacheStats::loads)
        .sum();
  }

  /** A load has read whom the user follows, and is held before it reads posts; the user unfollows. */
  @Test
  void feedLoadOvertakenByAnUnfollow_isNotStored() throws Exception {
    long user = 61;
    Caller onOne = TwoMoons.caller(moons.one, user);
    Caller onTwo = TwoMoons.caller(moons.two, user);
    long followee = 62;
    assertThat(onOne.json("PUT", "/api/following/" + followee, "").status()).isEqualTo(204);
    long post = TwoMoons.caller(moons.one, followee)
        .json("POST", "/api/posts", "{\"text\":\"soon unseen\"}")
        .json()
        .path("id")
        .asLong();
    hold("LOCK TABLE themoon.posts IN ACCESS EXCLUSIVE MODE");
    CompletableFuture<Reply> loading = later(onTwo, "/api/feed");
    areHeld(1);
    assertThat(onOne.json("DELETE", "/api/following/" + followee, "").status()).isEqualTo(204);
    lock.rollback();
    assertThat(loading.get().body()).contains("\"id\":" + post);
    assertThat(onOne.get("/api/feed").body()).doesNotContain("\"id\":" + post);
    await().until(() -> !onTwo.get("/api/feed").body().contains("\"id\":" + post));
  }

  /** A crowd on two instances asks for one cold post: one of them loads it. */
  @Test
  void coldPost_askedForByACrowdOnBothInstances_isLoadedOnce() throws Exception {
    long post = TwoMoons.caller(moons.one, 63)
        .json("POST", "/api/posts", "{\"text\":\"everybody looks\"}")
        .json()
        .path("id")
        .asLong();
    long before = loads(moons.one, "post") + loads(moons.two, "post");
    hold("LOCK TABLE themoon.comments IN ACCESS EXCLUSIVE MODE");
    List<CompletableFuture<Reply>> crowd = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      Caller caller = TwoMoons.caller(i % 2 == 0 ? moons.one : moons.two, 64);
      crowd.add(later(caller, "/api/posts/" + post));
    }
    areHeld(1);
    lock.rollback();
    for (CompletableFuture<Reply> one : crowd) {
      assertThat(one.get().body()).contains("everybody looks");
    }
    assertThat(loads(moons.one, "post") + loads(moons.two, "post")).isEqualTo(before + 1);
  }

  /**
   * A message is being written: the database has it under way and the writer is held before its commit. A
   * reader on the other instance gets the end without it, and keeps nothing of that.
   */
  @Test
  void readDuringAWrite_isNotKeptPastTheAcknowledgement() throws Exception {
    long id = moons.conversation(65, 66);
    Caller writer = TwoMoons.caller(moons.one, 65);
    Caller reader = TwoMoons.caller(moons.two, 66);
    String last = "/api/conversations/" + id + "/last";
    assertThat(reader.get(last).body()).doesNotContain("held");
    hold("SELECT 1 FROM themoon.conversations WHERE id = " + id + " FOR UPDATE");
    CompletableFuture<Reply> writing = CompletableFuture.supplyAsync(
        () ->
            writer.json("POST", "/api/conversations/" + id + "/messages", "{\"text\":\"held up\"}"),
        threads);
    areHeld(1);
    assertThat(reader.get(last).body()).doesNotContain("held");
    lock.rollback();
    assertThat(writing.get().status()).isEqualTo(201);
    assertThat(reader.get(last).body()).contains("held up");
  }

  /** Another instance with the same prefix, but with keys of another version and posts that age fast. */
  @Test
  void anotherVersionSeesOtherKeys_andWhatIsPastItsTtlIsShownWhileItIsReadAnew() {
    Caller onOne = TwoMoons.caller(moons.one, 67);
    onOne.get("/api/feed");
    assertThat(onOne.get("/api/feed").header("X-Cache")).contains("feed=L1");
    try (LiveSystem next = TwoMoons.start(
        moons.servers,
        Map.of("larder.caches.feed.version", 2, "larder.caches.post.ttl", "200ms"))) {
      Caller onNext = TwoMoons.caller(next, 67);
      assertThat(onNext.get("/api/feed").header("X-Cache")).contains("feed=load");
      assertThat(onOne.get("/api/feed").header("X-Cache")).contains("feed=L1");

      onNext.get("/api/posts/1");
      await("a stale answer").until(() -> {
        Reply reply = onNext.get("/api/posts/1");
        return reply.header("X-Cache").contains("stale") && reply.statements() == 0;
      });
      long before = loads(next, "post");
      await("read anew behind it").until(() -> {
        onNext.get("/api/posts/1");
        return loads(next, "post") > before;
      });
      assertThat(onNext
              .json("POST", "/api/posts/1/comments", "{\"text\":\"not stale\"}")
              .status())
          .isEqualTo(204);
      assertThat(onNext.get("/api/posts/1").body()).contains("not stale");
    }
  }

  @Test
  void warm_readsWhatTheUserWillAskFor() {
    Caller user = TwoMoons.caller(moons.one, 68);
    assertThat(user.json("POST", "/api/caches/warm", "").status()).isEqualTo(204);
    assertThat(user.get("/api/feed").statements()).isZero();
  }

  @Test
  void clear_endsOneNamespaceOnBothInstances_andNoOther() {
    Caller user = TwoMoons.caller(moons.one, 70);
    Caller onNext = TwoMoons.caller(moons.two, 70);
    for (Caller each : List.of(user, onNext)) {
      each.get("/api/posts/3");
      each.get("/api/feed");
    }
    assertThat(user.json("DELETE", "/api/caches/post", "").status()).isEqualTo(204);
    assertThat(user.get("/api/posts/3").statements()).isPositive();
    assertThat(onNext.get("/api/feed").statements()).isZero();
    assertThat(user.json("DELETE", "/api/caches/posts", "").status()).isEqualTo(404);
  }

  /** Each ttl is what the document says, and is told with its figures. */
  @Test
  void caches_tellTheirTtlAndFigures() {
    Caller user = TwoMoons.caller(moons.one, 69);
    user.get("/api/feed");
    var report = user.get("/api/caches").json();
    assertThat(report.path("healthy").asBoolean()).isTrue();
    Map<String, String> ttl = Map.of(
        "messages", "PT30M",
        "online", "PT1M",
        "typing", "PT10S",
        "feed", "PT1H",
        "post", "PT2H",
        "reactions", "PT30M");
    ttl.forEach((name, wanted) -> {
      var policy = moons.one.part(Larder.class).find(name).orElseThrow().policy();
      assertThat(policy.ttl()).as(name).isEqualTo(java.time.Duration.parse(wanted));
      assertThat(report.path("namespaces").findValuesAsString("namespace")).contains(name);
    });
  }
}
