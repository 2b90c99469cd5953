package dev.larder.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands that ask a real Redis and a real PostgreSQL, beside an application and without one. */
class StoresIT extends OnStores {

  private final AtomicInteger loads = new AtomicInteger();
  private Cache<Long, String> albums;
  private Cache<String, String> sessions;

  @BeforeEach
  void open() {
    application = start(builder -> builder);
    albums = application.cache(
        "album",
        CachePolicy.of(Long.class, String.class)
            .tags((id, album) -> List.of("artist:" + id % 2))
            .build());
    sessions = application.cache(
        "session", CachePolicy.of(String.class, String.class).protect().build());
    awaitNode("2 caches");
  }

  private String album(long id) {
    return albums.get(id, key -> "title " + key + " of load " + loads.incrementAndGet());
  }

  @Test
  void keysAndValues_areShownAsTheyAreStored() {
    album(1);
    album(2);
    sessions.get("a", key -> "ann");

    assertThat(run("keys", "album")).as(cli.err).isZero();
    assertThat(cli.out.lines()).containsExactlyInAnyOrder(key(1), key(2));
    assertThat(run("get", key(1))).as(cli.err).isZero();
    assertThat(cli.out).isEqualTo("\"title 1 of load 1\"\n");
    assertThat(run("get", key(3))).isEqualTo(3);
  }

  @Test
  void explain_tellsEachTierAndWhoLoaded() {
    album(1);

    assertThat(run("explain", key(1))).as(cli.err).isZero();
    assertThat(cli.out)
        .contains(key(1) + " of cache album")
        .containsPattern("L1 of \\S+ fresh")
        .containsPattern("L2 \\(redis\\) fresh")
        .containsPattern("loaded by StoresIT\\.\\S+:\\d+ at")
        .contains("would be dropped by tag artist:1");
  }

  @Test
  void stats_andTop_tellWhatTheApplicationDoes() {
    album(1);
    album(1);
    await().atMost(LIMIT).untilAsserted(() -> {
      assertThat(run("stats", "album", "-o", "csv")).isZero();
      assertThat(cli.out.lines().skip(1).findFirst().orElseThrow())
          .matches("album,2,[0-9.E-]+,0\\.5,.*");
    });
    await().atMost(LIMIT).untilAsserted(() -> {
      assertThat(run("top", "--loads")).isZero();
      assertThat(cli.out).containsPattern("album +StoresIT\\.");
    });
    assertThat(run("stats", "albun")).isEqualTo(3);
    assertThat(cli.err).contains("did you mean album?");
  }

  @Test
  void invalidate_endsEntriesInTheApplication() {
    album(1);
    album(2);

    assertThat(run("invalidate", "--tag", "artist:1", "--dry-run")).isZero();
    assertThat(cli.out).containsPattern("album +1\n");
    assertThat(run("invalidate", "--tag", "artist:1")).isEqualTo(6);
    assertThat(album(1)).as("nothing was changed").isEqualTo("title 1 of load 1");

    assertThat(run("invalidate", "--tag", "artist:1", "--yes")).as(cli.err).isZero();
    await().atMost(LIMIT).until(() -> !album(1).equals("title 1 of load 1"));
    assertThat(album(2)).isEqualTo("title 2 of load 2");
    assertThat(run("verify")).as(cli.out).isZero();
  }

  @Test
  void clear_leavesProtectedCachesAlone_untilTheyAreNamed() {
    album(1);
    sessions.get("a", key -> "ann");

    assertThat(run("clear", "--yes")).as(cli.err).isZero();
    await().atMost(LIMIT).until(() -> !album(1).equals("title 1 of load 1"));
    assertThat(sessions.get("a", key -> "nobody")).isEqualTo("ann");

    assertThat(run("clear", "session", "--yes")).isZero();
    await().atMost(LIMIT).until(() -> sessions.get("a", key -> "nobody").equals("nobody"));
  }

  @Test
  void switch_reachesTheApplication() {
    album(1);

    assertThat(run("switch", "album", "off", "--yes")).as(cli.err).isZero();
    await().atMost(LIMIT).until(() -> !album(1).equals(album(1)));
    assertThat(run("status")).isZero();
    assertThat(cli.out).contains("cache album is switched to 0 % of the keys");
    assertThat(run("switch", "album", "on")).isZero();
    await().atMost(LIMIT).until(() -> album(1).equals(album(1)));
  }

  @Test
  void withoutAnApplication_storesAreAskedAndOrdersHold() {
    album(1);
    sessions.get("a", key -> "ann");
    application.close();
    await().atMost(LIMIT).until(() -> run("status") == 0 && cli.out.contains("0 nodes"));

    assertThat(run("keys", "--contains", "album")).as(cli.err).isZero();
    assertThat(cli.out).isEqualTo(key(1) + "\n");
    assertThat(run("clear", "--yes")).as("sessions could be among them").isEqualTo(1);
    assertThat(run("get", prefix + ":session:v1:a")).isZero();
    assertThat(run("invalidate", key(1), "--yes")).as(cli.err).isZero();
    assertThat(run("get", key(1))).isEqualTo(3);
    // No node remembers it; the marker and the log in the store do.
    assertThat(run("explain", key(1))).as(cli.err).isZero();
    assertThat(cli.out)
        .containsPattern("last invalidated at \\S+ by \\S+ \\(invalidate key by .*\\): key "
            + Pattern.quote(key(1)) + ", position (redis|postgresql)/\\d+-\\d+");
  }

  @Test
  void explain_afterAClear_namesWhatEndedTheEntry() {
    album(1);
    assertThat(run("clear", "album", "--yes")).as(cli.err).isZero();

    await().atMost(LIMIT).untilAsserted(() -> {
      assertThat(run("explain", key(1))).as(cli.err).isZero();
      assertThat(cli.out)
          .containsPattern("last invalidated at \\S+ by \\S+ \\(invalidate cache by .*\\):"
              + " cache \\S+, position (redis|postgresql)/\\d+-\\d+");
    });
  }

  /** A flushed Redis is another data set: no record covers what was there, and yet it is gone. */
  @Test
  void explain_afterAllWasForgotten_saysSo() {
    album(1);
    redis.command("flushall");

    await().atMost(LIMIT).untilAsserted(() -> {
      assertThat(run("explain", key(1))).as(cli.err).isZero();
      assertThat(cli.out)
          .containsPattern(
              "last invalidated at \\S+ by \\S+ \\(the log in \\S+ was lost\\): what L1 and its store had");
    });
  }

  @Test
  void storesThatDoNotAnswer_areNamed() {
    redis.kill();
    assertThat(run("status")).as(cli.err).isZero();
    assertThat(cli.err).contains("L2 (redis, " + redis.uri() + ") does not answer");

    cli.environment.put("DATABASE_URL", "postgres://postgres@localhost:1/shop");
    assertThat(run("status")).isEqualTo(4);
    assertThat(cli.err)
        .contains(
            "out of reach", "L2 (redis, ", "DATABASE (postgresql, postgres://localhost:1/shop)");
  }

  @Test
  void wrongAddress_isWrongUsage() {
    assertThat(run("status", "--redis", "localhost:6379")).isEqualTo(2);
    assertThat(cli.err).contains("redis: nothing on the class path opens this address");
  }
}
