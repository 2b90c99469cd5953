package dev.larder.showcase.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.cli.Operator.Ran;
import dev.larder.showcase.live.LiveSystem;
import dev.larder.stats.CacheStats;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Commands that look, over HTTP at the console of Halfnote on real servers. */
@Timeout(300)
class OperatorLooksIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static OperatedHalfnote at;

  @BeforeAll
  static void start() {
    at = OperatedHalfnote.start(LiveSystem.PATIENT);
  }

  @AfterAll
  static void stop() {
    at.close();
  }

  /** A command that goes well. */
  private static Ran larder(String line) {
    Ran ran = at.larder(line);
    assertThat(ran.status()).as("larder " + line + ": " + ran).isZero();
    return ran;
  }

  private static JsonNode json(String line) {
    JsonNode json = larder(line + " -o json").json();
    assertThat(json.path("schema").asInt()).isEqualTo(1);
    return json;
  }

  private static JsonNode figures(String cache) {
    JsonNode caches = json("stats " + cache).path("caches");
    assertThat(caches.size()).isEqualTo(1);
    return caches.get(0);
  }

  private static List<String> row(Ran csv, String start) {
    String line = csv.out()
        .lines()
        .filter(it -> it.startsWith(start))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no row " + start + " in " + csv));
    return List.of(line.split(",", -1));
  }

  private static String node() {
    return json("status").path("status").path("overview").path("node").asString();
  }

  @Test
  void status_tellsNodesAndTiers() {
    await("all nodes are sure")
        .atMost(LIMIT)
        .until(() -> at.larder("status --strict").status() == 0);

    assertThat(larder("status").out())
        .containsPattern("halfnote: 1 node, \\d+ caches, asked node \\S+ at http://127.0.0.1:\\d+/"
            + "halfnote/larder")
        .contains("All is well.")
        .containsPattern("L2 +redis +closed +proved")
        .containsPattern("DATABASE +postgresql +closed +proved");
    JsonNode overview = json("status").path("status").path("overview");
    assertThat(overview.path("keyPrefix").asString()).isEqualTo("halfnote");
    assertThat(overview.path("nodes").get(0).path("process").asLong())
        .isEqualTo(ProcessHandle.current().pid());
    assertThat(at.operator
            .with("LARDER_TOKEN", "another-word-of-16")
            .runs("status")
            .status())
        .isEqualTo(1);
  }

  @Test
  void stats_countWhatVisitorsDid() {
    CacheStats before = at.stats("profile");
    long user = at.halfnote.newUser("counted");
    at.bio(user);
    at.bio(user);
    CacheStats after = at.stats("profile");
    assertThat(after.loads()).isEqualTo(before.loads() + 1);
    assertThat(after.l1Hits()).isEqualTo(before.l1Hits() + 1);

    await("the console tells once a second").atMost(LIMIT).untilAsserted(() -> {
      JsonNode told = figures("profile");
      assertThat(told.path("loads").asLong()).isEqualTo(after.loads());
      assertThat(told.path("l1Hits").asLong()).isEqualTo(after.l1Hits());
      assertThat(told.path("misses").asLong()).isEqualTo(after.misses());
    });
    assertThat(larder("stats").out())
        .containsPattern("(?m)^profile ")
        .containsPattern("(?m)^total ");
    assertThat(at.larder("stats profil").status()).isEqualTo(3);
  }

  @Test
  void statsBy_partTheSameFigures() {
    long user = at.halfnote.newUser("parted");
    at.bio(user);
    at.bio(user);
    CacheStats whole = at.stats("profile");

    await("the console tells once a second").atMost(LIMIT).untilAsserted(() -> {
      Ran tiers = larder("stats profile --by tier -o csv");
      assertThat(row(tiers, "profile,L1,").get(2)).isEqualTo("" + whole.l1Hits());
      assertThat(row(tiers, "profile,L2,").get(2)).isEqualTo("" + whole.l2Hits());
      assertThat(row(tiers, "profile,DATABASE,").get(2)).isEqualTo("" + whole.databaseHits());
      assertThat(row(tiers, "profile,NONE,").get(2)).isEqualTo("" + whole.misses());
    });
    Ran nodes = larder("stats profile --by node -o csv");
    assertThat(nodes.out().lines()).hasSize(2);
    assertThat(row(nodes, "profile," + node() + ",").get(2)).isEqualTo("" + whole.requests());
    Ran measures = larder("stats profile --by measure -o csv");
    assertThat(row(measures, "load,").get(1)).isEqualTo("" + whole.loads());
    assertThat(Long.parseLong(row(measures, "\"stored size\",").get(2))).isPositive();
  }

  @Test
  void top_namesHotKeysAndWhoLoads() {
    long user = at.halfnote.newUser("hot");
    String key = OperatedHalfnote.key(user);
    await("enough reads are in the sample").atMost(LIMIT).untilAsserted(() -> {
      for (int i = 0; i < 250; i++) {
        at.bio(user);
      }
      assertThat(larder("top --keys --limit 1000 -o csv").out())
          .containsPattern("(?m)^\\d{2,},profile," + key + "$");
    });

    assertThat(larder("top --loads -o csv").out())
        .containsPattern(
            "(?m)^\\d+,0,\\d+,\\d+,\\d+,\\d+,profile,\"?ProfileCache\\.profile:\\d+\"?,"
                + "halfnote:profile:v1:\\d+L$");
  }

  @Test
  void keysGetAndExplain_tellOfOneKey() {
    long user = at.halfnote.newUser("found");
    String key = OperatedHalfnote.key(user);
    assertThat(larder("keys profile --contains :" + user + "L").out()).isEmpty();
    // So that the log is not empty; it ends nothing.
    larder("invalidate --tag of-nobody --yes");
    at.writeBio(user, "I am stored");
    at.bio(user);

    assertThat(larder("keys profile --contains :" + user + "L").out()).isEqualTo(key + "\n");
    assertThat(larder("get " + key).out()).contains("\"bio\":\"I am stored\"");
    assertThat(larder("get " + key + " --tiers").out())
        .containsPattern("L1 +" + node() + " +fresh")
        .containsPattern("L2 +redis +fresh")
        .containsPattern("DATABASE +postgresql +")
        .doesNotContain("I am stored");
    assertThat(larder("get " + key + " --tiers --value").out()).contains("L1", "I am stored");
    assertThat(larder("explain " + key).out())
        .contains(key + " of cache profile")
        .containsPattern("L1 of " + node() + " fresh for \\d+ min .* more")
        .containsPattern("L2 \\(redis\\) fresh for")
        .containsPattern("loaded by ProfileCache\\.profile:\\d+ at \\S+ on " + node() + " in ")
        .containsPattern("would be dropped by tags .*profile:" + user + "\\b")
        .doesNotContain("last invalidated");
    assertThat(at.larder("get " + OperatedHalfnote.key(999_999)).status()).isEqualTo(3);
    assertThat(at.larder("explain another:profile:v1:1L").status()).isEqualTo(2);
  }

  @Test
  void tail_printsEventsAsTheyHappen() throws Exception {
    ExecutorService aside = Executors.newSingleThreadExecutor();
    try {
      CompletableFuture<Ran> loads = CompletableFuture.supplyAsync(
          () -> larder("tail --last 0 --events load --cache profile --limit 2 -o ndjson"), aside);
      await("two loads arrive").atMost(LIMIT).until(() -> {
        at.bio(at.halfnote.newUser("followed"));
        return loads.isDone();
      });
      assertThat(loads.get().out().lines())
          .hasSize(2)
          .allSatisfy(line -> assertThat(line)
              .startsWith("{\"schema\":1,")
              .contains("\"kind\":\"LOAD\"", "\"cache\":\"profile\"", "halfnote:profile:v1:"));

      long user = at.halfnote.newUser("ended");
      CompletableFuture<Ran> endings = CompletableFuture.supplyAsync(
          () -> larder("tail --last 0 --events invalidation,action --limit 2"), aside);
      await("the order and its record arrive").atMost(LIMIT).until(() -> {
        larder("invalidate --tag " + OperatedHalfnote.tag(user) + " --yes");
        return endings.isDone();
      });
      assertThat(endings.get().out())
          .containsPattern("invalidation +\\S+ +tag profile:" + user)
          .containsPattern("action .*invalidate tag");
    } finally {
      aside.shutdownNow();
    }
  }

  @Test
  void doctor_looksAtTheStoresOfTheApplication() {
    Ran atStores = at.atStores.runs("doctor");
    assertThat(atStores.status()).as(atStores.toString()).isZero();
    assertThat(atStores.out())
        .contains("redis at " + at.halfnote.redis.uri(), "postgresql at ")
        .containsPattern("ok +version")
        .doesNotContain("fault");
    Ran overHttp = at.larder("doctor");
    assertThat(overHttp.status()).isEqualTo(2);
    assertThat(overHttp.err()).contains("doctor looks at stores, not at an application");
  }

  @Test
  void complete_offersNamesOfTheApplication() {
    long user = at.halfnote.newUser("completed");
    larder("invalidate --tag " + OperatedHalfnote.tag(user) + " --yes");

    assertThat(larder("complete caches --starting profile --within 60000").out())
        .isEqualTo("profile\nprofile-by-name\n");
    assertThat(larder("complete warm-ups --within 60000").out())
        .isEqualTo("famous-albums\npredict-feed\n");
    assertThat(larder("complete tags --starting profile:" + user + " --within 60000")
            .out())
        .isEqualTo("profile:" + user + "\n");
    await("enough reads are in the sample").atMost(LIMIT).untilAsserted(() -> {
      for (int i = 0; i < 50; i++) {
        at.bio(user);
      }
      String key = OperatedHalfnote.key(user);
      assertThat(larder("complete keys --starting " + key + " --within 60000").out())
          .isEqualTo(key + "\n");
    });
    Ran script = larder("completion bash");
    assertThat(script.out()).contains("complete \"$kind\" --starting");
  }
}
