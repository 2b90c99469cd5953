package dev.larder.showcase.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.cli.Operator.Ran;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Redis dies under Halfnote: the command tells which tier is silent, over HTTP and at the stores. */
@Timeout(300)
class OperatorInOutageIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void redisKilled_commandsNameTheSilentTier() {
    try (OperatedHalfnote at = OperatedHalfnote.start(Map.of())) {
      long user = at.halfnote.newUser("reader");
      String key = OperatedHalfnote.key(user);
      at.bio(user);
      assertThat(at.larder("explain " + key).out()).containsPattern("L2 \\(redis\\) fresh");

      assertThat(at.larder("invalidate --tag person:1 --yes").status()).isZero();

      at.halfnote.redis.kill();

      await("the tier is taken for dead").atMost(LIMIT).untilAsserted(() -> {
        Ran status = at.larder("status");
        assertThat(status.status()).as(status.toString()).isZero();
        assertThat(status.out())
            .containsPattern("things? (is|are) wrong:")
            .containsPattern("! \\S+ skips L2 \\(redis\\)");
      });
      assertThat(at.larder("status --strict").status()).isEqualTo(5);

      Ran dry = at.larder("touch " + key + " --ttl 5m --dry-run");
      assertThat(dry.status()).as(dry.toString()).isEqualTo(1);
      assertThat(dry.err()).contains("It cannot live on: L2 (redis) does not answer, and no other");
      Ran touched = at.larder("touch " + key + " --ttl 5m");
      assertThat(touched.status()).as(touched.toString()).isEqualTo(1);
      assertThat(touched.err())
          .contains("the key is in its L1, but cannot live on: L2 does not answer");

      Ran keys = at.larder("keys profile");
      assertThat(keys.status()).as(keys.toString()).isZero();
      assertThat(keys.err())
          .contains("L2 (redis) does not answer; keys that it alone has are not listed.");
      Ran explained = at.larder("explain " + key);
      assertThat(explained.status()).as(explained.toString()).isZero();
      assertThat(explained.out())
          .contains("L2 (redis) did not answer")
          .containsPattern("loaded by ProfileCache\\.profile:\\d+");
      await("what was invalidated is a second old").atMost(LIMIT).untilAsserted(() -> {
        Ran verified = at.larder("verify");
        assertThat(verified.status()).as(verified.toString()).isEqualTo(4);
        assertThat(verified.err()).contains("could not be asked; larder status shows");
      });

      Ran advised = at.larder("advise");
      assertThat(advised.status()).as(advised.toString()).isZero();
      // Without a word where there is nothing to advise.
      assertThat(advised.err()).containsAnyOf("Wait: ", "Nothing to advise");
      Ran warmed = at.larder("warm famous-albums");
      assertThat(warmed.status()).as(warmed.toString()).isEqualTo(4);
      assertThat(warmed.err())
          .contains("was not started", "whose turn it is, does not answer", "nothing was started");
      assertThat(at.larder("warm famous-albums --dry-run").status()).isEqualTo(4);

      at.writeBio(user, "in the outage");
      Ran ended = at.larder("invalidate " + key + " --yes");
      assertThat(ended.status()).as(ended.toString()).isZero();
      assertThat(at.bio(user)).isEqualTo("in the outage");

      Ran atStores = at.atStores.runs("status");
      assertThat(atStores.status()).as(atStores.toString()).isZero();
      assertThat(atStores.err())
          .contains("L2 (redis, " + at.halfnote.redis.uri() + ") does not answer");
      Ran doctor = at.atStores.runs("doctor");
      assertThat(doctor.status()).as(doctor.toString()).isEqualTo(4);
      assertThat(doctor.out()).containsPattern("fault +connection +the server does not answer");

      at.halfnote.redis.startAgain();
      await("all is well again")
          .atMost(LIMIT)
          .untilAsserted(() ->
              assertThat(at.larder("status").out()).containsPattern("L2 +redis +closed +proved"));
      assertThat(at.larder("status").out())
          .containsPattern(
              "skipped L2 \\(redis\\) for \\d+ s, and asked it again at \\d\\d:\\d\\d:\\d\\d\\n")
          .containsPattern("lost the log in L2 \\(redis\\) at \\d\\d:\\d\\d:\\d\\d\\n");
      await("a node looks once a second")
          .atMost(LIMIT)
          .untilAsserted(() -> assertThat(
                  at.larder("tail --events circuit --since 10m --until 1ms").out())
              .containsPattern("L2 redis +closed → (open|no-answer)")
              .containsPattern("L2 redis +\\S+ → closed"));
    }
  }
}
