package dev.larder.showcase.algoitny;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Larder;
import dev.larder.showcase.live.Caller;
import dev.larder.showcase.live.Caller.Reply;
import dev.larder.showcase.live.LiveSystem;
import dev.larder.testkit.EmbeddedRedis;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The endpoints of the document and those beside them, over HTTP: keys, times, hits, refusals. */
class EndpointsIT {
  private static final LiveSystem SYSTEM = LiveAlgoItny.shared();

  private final Caller anybody = LiveAlgoItny.anybody(SYSTEM);
  private final Caller admin = LiveAlgoItny.admin(SYSTEM);
  private final EmbeddedRedis redis = SYSTEM.servers().redis();

  @ParameterizedTest
  @CsvSource({
    "/api/problems?platform=baekjoon&search=Sort, problem_list, problem_list:v1:baekjoon:sort:page:1, 300",
    "/api/problems?page=2, problem_list, problem_list:v1:all:':page:2, 300",
    "/api/problems/7, problem_detail, problem_detail:v1:id:7, 600",
    "/api/problems/drafts, problem_drafts, problem_drafts:v1:all, 60",
    "/api/problems/registered, problem_registered, problem_registered:v1:all, 300",
    "/api/problems/7/test-cases, test_cases, test_cases:v1:7, 900",
    "/api/account/stats, user_stats, user_stats:v1:3, 180",
    "/api/account/history, search_history, query/search_history:v1:3:page:1, 120",
  })
  void readAgain_sendsNoStatement_andTheKeyAndTimeAreTheDocuments(
      String path, String cache, String key, int seconds) {
    Caller user = LiveAlgoItny.user(SYSTEM, 3);
    admin.json("DELETE", "/api/admin/caches", "");
    Reply first = user.get(path);
    assertThat(first.status()).as(first.body()).isEqualTo(200);
    assertThat(first.statements()).isPositive();
    Reply second = user.get(path);
    assertThat(second.statements()).isZero();
    assertThat(second.header("X-Cache")).contains(cache + "=L1");
    assertThat(second.body()).isEqualTo(first.body());
    // Entries live a little shorter than said, so that they do not end together; never longer.
    assertThat(secondsLeft("algoitny:" + key)).isBetween((int) (seconds * 0.9) - 5, seconds);
  }

  private int secondsLeft(String key) {
    return Integer.parseInt(redis.command("TTL", key).replaceAll("[^0-9-]", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/problems?platform=elsewhere",
        "/api/problems?page=0",
        "/api/problems?page=x",
        "/api/problems?search=0123456789012345678901234567890123456789012345678901234567890"
      })
  void wrongValues_areRefusedWithTheRange(String path) {
    assertThat(anybody.get(path).status()).isEqualTo(400);
  }

  @Test
  void search_takesWildcardsForLetters() {
    assertThat(anybody.get("/api/problems?search=%25").json().path("total").asInt())
        .isZero();
    assertThat(anybody.get("/api/problems?search=_").json().path("total").asInt())
        .isZero();
    JsonNode found = anybody.get("/api/problems?search=TREE").json();
    assertThat(found.path("total").asInt()).isPositive();
    assertThat(found.path("problems").get(0).path("title").asString()).contains("Tree");
  }

  @Test
  void absentProblem_isRememberedForAWhileAndStaysAbsent() {
    assertThat(anybody.get("/api/problems/987654").status()).isEqualTo(404);
    Reply again = anybody.get("/api/problems/987654");
    assertThat(again.status()).isEqualTo(404);
    assertThat(again.statements()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/admin/caches",
    "DELETE, /api/admin/caches",
    "GET, /api/admin/compression",
    "POST, /api/admin/trial?ttl=5",
    "GET, /api/admin/warm",
    "GET, /admin",
  })
  void administration_isForTheAdministrator(String method, String path) {
    Reply somebody = LiveAlgoItny.user(SYSTEM, 3).json(method, path, "");
    assertThat(somebody.status()).isEqualTo(403);
    Reply nobody = anybody.json(method, path, "");
    assertThat(nobody.status()).isIn(401, 302);
  }

  @Test
  void clearAll_leavesOthersOnTheSameServer() {
    redis.command("SET", "somebody:else", "1");
    try (Larder other = Larder.builder().keyPrefix("other").redis(redis.uri()).build()) {
      var cache = other.cache(
          "thing",
          dev.larder.CachePolicy.of(Long.class, String.class)
              .ttl(Duration.ofHours(1))
              .build());
      cache.get(1L, key -> "kept");
      anybody.get("/api/problems/5");
      Reply cleared = admin.json("DELETE", "/api/admin/caches", "");
      assertThat(cleared.status()).isEqualTo(200);
      assertThat(anybody.get("/api/problems/5").header("X-Cache")).contains("problem_detail=load");
      assertThat(other.catchUp().toCompletableFuture().join()).isTrue();
      assertThat(cache.get(1L).orNull()).isEqualTo("kept");
      assertThat(redis.command("GET", "somebody:else")).contains("1");
    }
  }

  @Test
  void monitor_countsHitsAndMissesOfEachEndpoint() {
    admin.json("DELETE", "/api/admin/caches", "");
    JsonNode before = endpoint(admin.get("/api/admin/caches").json(), "GET /api/problems/{id}");
    anybody.get("/api/problems/6");
    anybody.get("/api/problems/6");
    anybody.get("/api/problems/6");
    JsonNode monitor = admin.get("/api/admin/caches").json();
    JsonNode after = endpoint(monitor, "GET /api/problems/{id}");
    assertThat(after.path("misses").asLong() - before.path("misses").asLong()).isEqualTo(1);
    assertThat(after.path("hits").asLong() - before.path("hits").asLong()).isEqualTo(2);
    assertThat(monitor.path("keys").asLong()).isPositive();
    assertThat(monitor.path("hitRate").asDouble()).isBetween(0.0, 1.0);
  }

  private static JsonNode endpoint(JsonNode monitor, String name) {
    for (JsonNode each : monitor.path("endpoints")) {
      if (each.path("endpoint").asString().equals(name)) {
        return each;
      }
    }
    return monitor.path("none");
  }

  @Test
  void compression_figuresAreThoseOfWhatIsStored() {
    admin.json("DELETE", "/api/admin/caches", "");
    JsonNode lines = admin.get("/api/admin/compression?problem=7").json();
    JsonNode registered = null;
    for (JsonNode line : lines) {
      if (line.path("cache").asString().equals("problem_registered")
          && line.path("compression").asString().equals("zlib")) {
        registered = line;
      }
    }
    assertThat(registered).isNotNull();
    assertThat(registered.path("isPacked").asBoolean()).isTrue();
    int packed = registered.path("packedBytes").asInt();
    assertThat(packed).isLessThan(registered.path("rawBytes").asInt() / 2);
    String stored = redis.command("STRLEN", "algoitny:problem_registered:v1:all");
    // What is stored is the packed value and a head that names its tags.
    assertThat(Integer.parseInt(stored.replaceAll("[^0-9]", ""))).isBetween(packed, packed + 256);
  }

  @Test
  void responseOfStatistics_isStoredWhole() {
    Reply first = anybody.get("/api/problems/9/statistics");
    assertThat(first.status()).as(first.body()).isEqualTo(200);
    Reply second = anybody.get("/api/problems/9/statistics");
    assertThat(second.header("Cache-Status")).contains("hit");
    assertThat(second.statements()).isZero();
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.json().path("asOf").asString()).isNotEmpty();
  }
}
