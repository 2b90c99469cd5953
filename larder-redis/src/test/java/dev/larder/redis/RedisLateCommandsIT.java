package dev.larder.redis;

import static dev.larder.redis.Stores.IMPATIENT;
import static dev.larder.redis.Stores.LONG;
import static dev.larder.redis.Stores.eventually;
import static dev.larder.redis.Stores.get;
import static dev.larder.redis.Stores.nonce;
import static dev.larder.redis.Stores.succeeds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.EmbeddedRedis;
import dev.larder.tier.Slot;
import dev.larder.tier.Tier;
import dev.larder.tier.Tier.Fill;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Commands that reach the server after their caller gave up and another wrote something newer. */
class RedisLateCommandsIT {

  private static final int KEYS = 200;

  private interface Late {
    List<CompletionStage<?>> send(Tier tier, Map<String, Long> nonces);
  }

  @Test
  void lateFill_leavesTheNewerEntry() {
    assertNewerStays(
        "evalsha",
        (tier, nonces) -> each(
            nonces, (key, nonce) -> tier.fill(key, nonce, new Fill(nonce(), bytes("late"), LONG))));
  }

  @Test
  void lateFillAll_leavesTheNewerEntries() {
    assertNewerStays("evalsha", (tier, nonces) -> {
      Map<String, Fill> fills = new HashMap<>();
      nonces.keySet().forEach(key -> fills.put(key, new Fill(nonce(), bytes("late"), LONG)));
      return List.of(tier.fillAll(nonces, fills));
    });
  }

  @Test
  void lateRelease_leavesTheNewerEntry() {
    assertNewerStays("evalsha", (tier, nonces) -> each(nonces, tier::release));
  }

  @Test
  void lateTouch_leavesTheNewerLife() {
    assertNewerStays(
        "evalsha",
        (tier, nonces) ->
            each(nonces, (key, nonce) -> tier.touch(key, nonce, Duration.ofMillis(1))));
  }

  @Test
  void latePlantForARefresh_leavesTheNewerEntry() {
    assertNewerStays(
        "evalsha",
        (tier, nonces) -> each(nonces, (key, nonce) -> tier.plant(key, nonce, nonce(), LONG)));
  }

  @Test
  void latePlantOverNothing_leavesTheNewerEntry() {
    assertNewerStays(
        "set", (tier, nonces) -> each(nonces, (key, nonce) -> tier.plant(key, 0L, nonce(), LONG)));
  }

  private void assertNewerStays(String command, Late late) {
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        StallingProxy proxy = new StallingProxy(redis.port());
        RedisStore slow = Stores.open(proxy.uri(), "late", IMPATIENT);
        RedisStore other = Stores.open(redis, "late")) {
      Map<String, Long> leases = new HashMap<>();
      for (int i = 0; i < KEYS; i++) {
        leases.put("late:" + i, nonce());
      }
      get(other.tier().plantAll(leases, LONG));
      teachScripts(slow.tier());

      proxy.stall();
      late.send(slow.tier(), leases)
          .forEach(stage -> assertThat(succeeds(stage)).isFalse());
      slow.close();

      Map<String, Fill> newer = new HashMap<>();
      leases.keySet().forEach(key -> newer.put(key, new Fill(nonce(), bytes("newer"), LONG)));
      assertThat(get(other.tier().fillAll(leases, newer))).hasSize(KEYS);
      redis.command("CONFIG", "RESETSTAT");
      proxy.goOn();

      // The server has read to the end of the slow store's connections when they are gone.
      eventually(() -> redis.command("INFO", "clients").contains("connected_clients:2\r"));
      assertThat(redis.command("INFO", "commandstats"))
          .as("nothing was late, so nothing was proved")
          .contains("cmdstat_" + command + ":");
      Map<String, Slot> slots = get(other.tier().readAll(leases.keySet()));
      newer.forEach((key, fill) -> {
        assertThat(slots.get(key).nonce()).isEqualTo(fill.nonce());
        assertThat(Long.parseLong(redis.command("PTTL", key)))
            .isGreaterThan(Duration.ofMinutes(1).toMillis());
      });
    }
  }

  private interface Call {
    CompletionStage<?> apply(String key, long nonce);
  }

  private static List<CompletionStage<?>> each(Map<String, Long> nonces, Call call) {
    List<CompletionStage<?>> stages = new ArrayList<>();
    nonces.forEach((key, nonce) -> stages.add(call.apply(key, nonce)));
    return stages;
  }

  /** Runs each script once, so that a late digest is known to the server. */
  private static void teachScripts(Tier tier) {
    eventually(() -> succeeds(tier.fill("scripts", 1, new Fill(1, new byte[0], LONG)))
        && succeeds(tier.release("scripts", 1))
        && succeeds(tier.touch("scripts", 1, LONG)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
