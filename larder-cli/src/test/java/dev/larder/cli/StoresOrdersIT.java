package dev.larder.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.cli.connect.Connection;
import dev.larder.redis.RedisStore;
import dev.larder.tier.Slot;
import dev.larder.tier.StoreSettings;
import dev.larder.tier.Tier;
import dev.larder.warm.WarmPlan;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Commands that a node has to carry out, asked for at a real Redis and a real PostgreSQL: where an
 * application shares them it obeys; where none runs they say so.
 */
@Timeout(300)
class StoresOrdersIT extends OnStores {

  private final AtomicInteger loads = new AtomicInteger();
  private Cache<Long, String> albums;

  @BeforeEach
  void open() {
    application = start(builder -> builder);
    albums = application.cache(
        "album",
        CachePolicy.of(Long.class, String.class)
            .ttl(Duration.ofMinutes(10))
            .jitter(0)
            .loader(this::load)
            .build());
    application
        .warming()
        .declare(WarmPlan.of("albums", albums)
            .keys(() -> LongStream.range(0, 40).boxed())
            .perSecond(200)
            .concurrency(4)
            .build());
    awaitNode("1 cache");
  }

  private String load(long id) {
    return "title " + id + " of load " + loads.incrementAndGet();
  }

  private String album(long id) {
    return albums.get(id, this::load);
  }

  private long secondsLeft(long id) {
    return Long.parseLong(redis.command("TTL", key(id)));
  }

  private void endApplication() {
    application.close();
    await().atMost(LIMIT).until(() -> run("status") == 0 && cli.out.contains("0 nodes"));
  }

  @Test
  void refresh_isDoneByTheNodeThatHasTheKey() {
    album(1);

    assertThat(run("refresh", key(1))).as(cli.err).isZero();
    assertThat(cli.out).containsPattern("loaded anew on node \\S+");
    await().atMost(LIMIT).until(() -> album(1).equals("title 1 of load 2"));

    assertThat(run("refresh", key(1), "--dry-run")).as(cli.err).isZero();
    assertThat(run("refresh", key(2), "--dry-run")).isEqualTo(1);
    assertThat(cli.err).contains("It cannot be refreshed: the key is not in its L1 on any node");
    assertThat(run("refresh", key(2))).isEqualTo(1);
    assertThat(cli.err).contains("the key is not in its L1 on any node");
    endApplication();
    assertThat(run("refresh", key(1))).isEqualTo(1);
    assertThat(cli.err).contains("that cannot be done here", "so none knows how to load it");
  }

  @Test
  void touch_isDoneByANode() {
    album(1);
    assertThat(secondsLeft(1)).isLessThan(3_600);

    assertThat(run("touch", key(1), "--ttl", "3h", "--dry-run")).as(cli.err).isZero();
    assertThat(run("touch", key(1), "--ttl", "3h")).as(cli.err).isZero();
    assertThat(secondsLeft(1)).isGreaterThan(10_000);

    assertThat(run("touch", key(2), "--ttl", "3h", "--dry-run")).isEqualTo(1);
    assertThat(cli.err).contains("It cannot live on: the key is not in its L1 on any node");
    assertThat(run("touch", key(2), "--ttl", "3h")).isEqualTo(1);
    assertThat(cli.err).containsPattern("no node could; node \\S+: the key is not in its L1\\s");
    redis.command("DEL", key(1));
    assertThat(run("touch", key(1), "--ttl", "3h", "--dry-run")).isEqualTo(1);
    assertThat(cli.err).contains("It cannot live on: L2 (redis) has no valid copy of it");
    assertThat(run("touch", key(1), "--ttl", "3h")).isEqualTo(1);
    assertThat(cli.err).contains("the nearest tier has no valid copy of it");
    album(2);
    endApplication();
    assertThat(run("touch", key(2), "--ttl", "5h")).isEqualTo(1);
    assertThat(cli.err).contains("touch " + key(2) + ": no node runs that could");
    assertThat(secondsLeft(2)).as("nothing was changed").isLessThan(5 * 3_600 - 600);
  }

  @Test
  void warm_runsInTheApplication() {
    assertThat(run("warm", "albums", "--limit", "30")).as(cli.err + cli.out).isZero();
    assertThat(cli.out).containsPattern("albums +when asked +done +\\S+ +30 +30 ");
    assertThat(loads).hasValue(30);
    assertThat(run("keys", "album", "-o", "csv")).isZero();
    assertThat(cli.out.lines()).hasSize(31);

    assertThat(run("warm", "albums", "--rate", "201/s")).isEqualTo(2);
    endApplication();
    await().atMost(LIMIT).until(() -> run("warm", "albums") == 3);
    assertThat(cli.err).contains("there is no warm-up 'albums'", "no node that runs has declared");
    assertThat(run("warm")).isZero();
    assertThat(cli.err).contains("No node has declared a warm-up.");
  }

  @Test
  void tail_hearsOfWhatGoesThroughTheLogs() throws Exception {
    tailHears();
    endApplication();
    tailHears();
  }

  private void tailHears() throws Exception {
    Cli following = new Cli(Connection::open);
    name(following);
    ExecutorService aside = Executors.newSingleThreadExecutor();
    try {
      CompletableFuture<Integer> status = CompletableFuture.supplyAsync(
          () -> following.run("tail", "--events", "invalidation", "--limit", "1"), aside);
      await().atMost(LIMIT).until(() -> {
        assertThat(run("invalidate", "--tag", "artist:7", "--yes")).as(cli.err).isZero();
        return status.isDone();
      });
      assertThat(status.get()).as(following.err).isZero();
      assertThat(following.out).containsPattern("invalidation +\\S+ +tag artist:7");
    } finally {
      aside.shutdownNow();
    }
  }

  @Test
  void advise_asksTheNodesWhatTheyHaveSeen() {
    LongStream.range(0, 500).forEach(id -> album(id % 250));

    await().atMost(LIMIT).untilAsserted(() -> {
      assertThat(run("advise", "-o", "csv")).as(cli.err).isZero();
      assertThat(cli.out).containsPattern("(?m)^album,\"no tags\",500,");
    });
    assertThat(run("advise", "album", "--simulate", "ttl=2m")).as(cli.err).isZero();
    assertThat(cli.out).contains("of 500 sampled reads", "on 1 node");

    endApplication();
    assertThat(run("advise")).isZero();
    assertThat(cli.err).contains("Nothing to advise: no node runs");
    assertThat(run("advise", "album", "--simulate", "ttl=2m")).isEqualTo(4);
    assertThat(cli.err).contains("no node has told what it has seen of cache album");
  }

  @Test
  void trial_reachesTheApplication() {
    assertThat(run("trial", "album", "--ttl", "2h", "--share", "50")).isEqualTo(6);
    assertThat(run("trial", "album", "--ttl", "2h", "--share", "50", "--yes"))
        .as(cli.err)
        .isZero();
    // A node looks for orders once a second, and what it loaded before lives as before.
    await().atMost(LIMIT).untilAsserted(() -> {
      albums.clear();
      LongStream.range(0, 40).forEach(this::album);
      assertThat(LongStream.range(0, 40).filter(id -> secondsLeft(id) > 3_600).count())
          .isBetween(5L, 35L);
    });
    assertThat(run("trial", "album")).as(cli.err).isZero();
    assertThat(cli.out).contains("album: trial by ").containsPattern("A +2 h +50 %");

    assertThat(run("trial", "album", "--end")).as(cli.err).isZero();
    await().atMost(LIMIT).untilAsserted(() -> {
      albums.clear();
      LongStream.range(0, 40).forEach(this::album);
      assertThat(LongStream.range(0, 40).filter(id -> secondsLeft(id) > 3_600).count())
          .isZero();
    });
    assertThat(run("trial", "album", "--end")).isEqualTo(3);

    endApplication();
    assertThat(run("trial", "album", "--ttl", "2h", "--yes")).isEqualTo(4);
    assertThat(cli.err).contains("no node shows itself that could take part in one");
    assertThat(run("trial", "album")).as("what came of it stays").isZero();
    assertThat(cli.out).contains("album: trial by ", "ended at");
  }

  /** What was invalidated stands in Redis again, as a store with a fault would have it. */
  @Test
  void verify_findsAStaleCopy() {
    album(1);
    album(2);
    byte[] before = stored(key(1));
    assertThat(run("invalidate", key(1), key(2), "--yes")).as(cli.err).isZero();
    await().atMost(LIMIT).untilAsserted(() -> {
      assertThat(run("verify")).as(cli.out + cli.err).isZero();
      assertThat(cli.out).containsPattern("^0 stale of [1-9]");
    });

    putBack(key(1), before);

    assertThat(run("verify")).as(cli.out + cli.err).isEqualTo(5);
    assertThat(cli.out)
        .containsPattern("^1 stale of ")
        .containsPattern(Pattern.quote(key(1)) + " +L2 redis ")
        .doesNotContain(key(2));
  }

  private RedisStore store() {
    return RedisStore.builder()
        .uri(redis.uri())
        .settings(StoreSettings.ofDefaults(prefix))
        .build();
  }

  private byte[] stored(String slot) {
    try (RedisStore store = store()) {
      Slot read = store.tier().read(slot).toCompletableFuture().join();
      ByteBuffer body = ((Slot.Filled) read).body();
      byte[] bytes = new byte[body.remaining()];
      body.get(bytes);
      return bytes;
    }
  }

  private void putBack(String slot, byte[] body) {
    try (RedisStore store = store()) {
      Tier tier = store.tier();
      Duration life = Duration.ofHours(1);
      assertThat(tier.plant(slot, null, 4711, life).toCompletableFuture().join())
          .isTrue();
      assertThat(tier.fill(slot, 4711, new Tier.Fill(4712, body, life))
              .toCompletableFuture()
              .join())
          .isTrue();
    }
  }
}
