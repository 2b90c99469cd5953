package dev.larder.showcase.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.cli.Operator.Ran;
import dev.larder.showcase.live.LiveSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Commands that act and check, over HTTP at the console of Halfnote on real servers. */
@Timeout(300)
class OperatorActsIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String OLD = "as cached";
  private static final String NEW = "as written";

  private static OperatedHalfnote at;

  @BeforeAll
  static void start() {
    at = OperatedHalfnote.start(LiveSystem.PATIENT);
  }

  @AfterAll
  static void stop() {
    at.close();
  }

  @AfterEach
  void asItWas() {
    at.larder("switch on");
    at.larder("switch profile on");
  }

  /** A command that goes well. */
  private static Ran larder(String line) {
    Ran ran = at.larder(line);
    assertThat(ran.status()).as("larder " + line + ": " + ran).isZero();
    return ran;
  }

  private static JsonNode json(String line) {
    return larder(line + " -o json").json();
  }

  /** For each way to name what is to end: nothing without consent, and then the next visitor sees. */
  @ParameterizedTest
  @ValueSource(
      strings = {"KEY", "--tag profile:ID", "--prefix halfnote:profile:v1:", "--cache profile"})
  void invalidate_endsEntriesOnceAgreed(String what) {
    long user = at.userWithOldProfile();
    String line =
        "invalidate " + what.replace("KEY", OperatedHalfnote.key(user)).replace("ID", "" + user);
    assertThat(at.bio(user)).isEqualTo(OLD);

    Ran dry = larder(line + " --dry-run");
    assertThat(dry.out()).containsPattern("profile +[1-9]");
    assertThat(dry.err()).contains("Nothing was changed.");
    Ran refused = at.larder(line);
    assertThat(refused.status()).isEqualTo(6);
    assertThat(refused.err()).contains("nothing was changed", "--yes");
    assertThat(at.operator.answers(line, "n\n").status()).isEqualTo(6);
    assertThat(at.bio(user)).isEqualTo(OLD);

    Ran done = larder(line + " --yes");
    assertThat(done.out()).containsPattern("invalidated, position (redis|postgresql)/\\d+-\\d+");
    assertThat(at.bio(user)).isEqualTo(NEW);
    assertThat(larder("explain " + OperatedHalfnote.key(user)).out())
        .containsPattern(
            "last invalidated at .*\\(invalidate \\w+ by token from 127\\.0\\.0\\.1\\)");
  }

  @Test
  void clear_sparesWhatIsProtected_untilItIsNamed() {
    long user = at.userWithOldProfile();
    at.held.get(user, id -> "first");

    assertThat(larder("clear --dry-run").out()).contains("held (protected, spared)");
    assertThat(at.larder("clear").status()).isEqualTo(6);
    assertThat(at.operator.answers("clear", "yes\n").status())
        .as("not the word")
        .isEqualTo(6);
    assertThat(at.bio(user)).isEqualTo(OLD);

    Ran cleared = at.operator.answers("clear", "all\n");
    assertThat(cleared.status()).as(cleared.toString()).isZero();
    assertThat(at.bio(user)).isEqualTo(NEW);
    assertThat(at.held.get(user, id -> "second")).isEqualTo("first");

    larder("clear held --yes");
    assertThat(at.held.get(user, id -> "second")).isEqualTo("second");
  }

  @Test
  void refresh_loadsAnew_whereANodeKnowsHow() {
    long user = at.userWithOldProfile();
    String key = OperatedHalfnote.key(user);

    larder("refresh " + key + " --dry-run");
    assertThat(at.bio(user)).isEqualTo(OLD);
    larder("refresh " + key);
    await().atMost(LIMIT).until(() -> at.bio(user).equals(NEW));

    Ran nowhere = at.larder("refresh " + OperatedHalfnote.key(999_999));
    assertThat(nowhere.status()).isEqualTo(1);
    assertThat(nowhere.err()).contains("the key is not in its L1 on any node");
    // Its loader came with a lookup and is not declared.
    at.held.get(user, id -> "first");
    Ran unknown = at.larder("refresh halfnote:held:v1:" + user + "L");
    assertThat(unknown.status()).isEqualTo(1);
    assertThat(unknown.err()).contains("that cannot be done here");
  }

  @Test
  void touch_letsAnEntryLiveForLonger() {
    long user = at.userWithOldProfile();
    String key = OperatedHalfnote.key(user);
    assertThat(secondsLeft(key)).isBetween(1L, 800L);

    larder("touch " + key + " --ttl 3h --dry-run");
    assertThat(secondsLeft(key)).isLessThan(800);
    larder("touch " + key + " --ttl 3h");
    assertThat(secondsLeft(key)).isGreaterThan(10_000);
    assertThat(larder("explain " + key).out()).containsPattern("L2 \\(redis\\) fresh for (3|2) h");

    assertThat(at.larder("touch " + OperatedHalfnote.key(999_999) + " --ttl 3h").status())
        .isEqualTo(1);
    assertThat(at.larder("touch " + key + " --ttl soon").status()).isEqualTo(2);
  }

  private static long secondsLeft(String key) {
    return Long.parseLong(at.halfnote.redis.command("TTL", key));
  }

  @Test
  void switch_takesKeysOutAndPutsThemBack() {
    long user = at.userWithOldProfile();
    assertThat(at.larder("switch profile off").status()).isEqualTo(6);
    larder("switch profile off --dry-run");
    assertThat(at.bio(user)).isEqualTo(OLD);

    larder("switch profile off --yes");
    assertThat(at.bio(user)).isEqualTo(NEW);
    await("switches are looked at once a second")
        .atMost(LIMIT)
        .until(() -> at.larder("status --strict").status() == 5);
    assertThat(larder("status").out()).contains("cache profile is switched to 0 % of the keys");

    larder("switch profile 50% --yes");
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(
                json("stats profile").path("caches").get(0).path("percent").asInt())
            .isEqualTo(50));
    List<Long> users = LongStream.rangeClosed(1, 60).boxed().toList();
    users.forEach(at::bio);
    assertThat(users.stream().filter(at::isCached).count()).as("of 60").isBetween(10L, 50L);

    larder("switch profile on");
    users.forEach(at::bio);
    assertThat(users).allMatch(at::isCached);

    larder("switch off --yes");
    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            assertThat(larder("status").out()).contains("caching is switched to 0 % of the keys"));
    larder("switch on");
  }

  @Test
  void warm_runsToItsEnd() {
    larder("clear album --yes");
    // What was invalidated may lie there until its time is over.
    larder("keys album").out().lines().forEach(key -> at.halfnote.redis.command("DEL", key));
    long loads = at.stats("album").loads();
    assertThat(larder("keys album").out()).isEmpty();
    assertThat(larder("warm").out()).containsPattern("famous-albums +when asked");

    Ran warmed = larder("warm famous-albums --limit 7");
    assertThat(warmed.out()).containsPattern("famous-albums +when asked +done +\\S+ +7 +7 ");
    assertThat(larder("keys album").out().lines()).hasSize(7);
    assertThat(at.stats("album").loads() - loads).isEqualTo(7);
    JsonNode run = json("warm").path("warmUps").get(0);
    assertThat(run.path("state").asString()).isEqualTo("DONE");
    assertThat(run.path("done").asLong()).isEqualTo(7);

    Ran tooFast = at.larder("warm famous-albums --rate 50/s");
    assertThat(tooFast.status()).as(tooFast.toString()).isEqualTo(2);
    assertThat(at.larder("warm famous-album").err()).contains("did you mean famous-albums?");
  }

  @Test
  void verify_looksAgainAtWhatWasInvalidated() {
    long user = at.userWithOldProfile();
    larder("invalidate " + OperatedHalfnote.key(user) + " --yes");
    at.bio(user);

    await("changes are a second old").atMost(LIMIT).untilAsserted(() -> {
      JsonNode found = json("verify --sample 500").path("verification");
      assertThat(found.path("sampled").asLong()).isPositive();
      assertThat(found.path("keys").asLong()).isPositive();
      assertThat(found.path("stale").asLong()).isZero();
    });
    assertThat(larder("verify").out()).containsPattern("^0 stale of [1-9]\\d* cop");
  }

  @Test
  void advise_restsOnTrafficOfTheApplication(@TempDir Path folder) throws IOException {
    // A cache without tags, of which enough is seen.
    Cache<Long, String> untagged = at.halfnote
        .part(Larder.class)
        .cache("untagged", CachePolicy.of(Long.class, String.class).build());
    for (long round = 0; round < 2; round++) {
      for (long id = 0; id < 250; id++) {
        assertThat(untagged.get(id, any -> "value " + any)).isNotNull();
      }
    }
    await("the console tells once a second")
        .atMost(LIMIT)
        .until(() -> at.larder("advise untagged").status() == 0);
    JsonNode advice = json("advise untagged").path("advice");
    assertThat(advice.valueStream().map(it -> it.path("kind").asString())).contains("NO_TAGS");
    assertThat(advice.get(0).path("lookups").asLong()).isGreaterThanOrEqualTo(500);

    for (long user = 1; user <= 60; user++) {
      at.bio(user);
      at.bio(user);
    }
    JsonNode simulation = json("advise profile --simulate ttl=2m").path("simulation");
    assertThat(simulation.path("sampledReads").asLong()).isGreaterThanOrEqualTo(120);
    assertThat(simulation.path("now").path("ttlMillis").asLong()).isEqualTo(600_000);
    assertThat(simulation.path("then").path("ttlMillis").asLong()).isEqualTo(120_000);

    Path file = folder.resolve("application.properties");
    String apply = "advise profile --simulate ttl=2m --apply-to " + file;
    assertThat(at.larder(apply).status()).isEqualTo(6);
    assertThat(file).doesNotExist();
    larder(apply + " --yes");
    assertThat(Files.readString(file)).contains("larder.caches.profile.ttl=2m");
  }

  @Test
  void trial_givesKeysAnotherTtl_untilItIsEnded() {
    String start = "trial profile --ttl 2h --share 50 --for 9h";
    assertThat(larder(start + " --dry-run").err())
        .contains("ttl 2 h for 50 %", "Nothing was changed.");
    assertThat(at.larder(start).status()).isEqualTo(6);
    larder(start + " --yes");
    try {
      larder("clear profile --yes");
      int longer = 0;
      for (long user = 1; user <= 40; user++) {
        at.bio(user);
        longer += secondsLeft(OperatedHalfnote.key(user)) > 3_600 ? 1 : 0;
      }
      assertThat(longer).as("keys of the arm, of 40").isBetween(5, 35);
      assertThat(larder("trial profile").out())
          .contains("profile: trial by ")
          .containsPattern("control +10 min +50 %")
          .containsPattern("A +2 h +50 %");
      assertThat(at.larder(start + " --yes").err()).contains("there is a trial by ");
    } finally {
      larder("trial profile --end");
    }
    assertThat(json("trial profile").path("trials").get(0).path("state").asString())
        .isEqualTo("ENDED");
    larder("clear profile --yes");
    for (long user = 1; user <= 40; user++) {
      at.bio(user);
      assertThat(secondsLeft(OperatedHalfnote.key(user))).isLessThan(3_600);
    }
    assertThat(at.larder("trial profile --end").status()).isNotZero();
  }
}
