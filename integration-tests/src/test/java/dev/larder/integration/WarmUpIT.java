package dev.larder.integration;

import static dev.larder.integration.Site.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.EmbeddedRedis;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A warm-up of 10,000 keys, in a process that is killed half-way, and its rerun in another. */
class WarmUpIT {

  private static final int KEYS = 10_000;
  private static final int AT_ONCE = 4;
  private static final int PER_SECOND = 500;

  /** The most entries of the list of times that lie in one second of the source's clock. */
  private static final String MOST_IN_A_SECOND = """
      local times = redis.call('LRANGE', 'times', 0, -1)
      local first, most = 1, 0
      for last = 1, #times do
        while times[last] - times[first] >= 1000000 do
          first = first + 1
        end
        most = math.max(most, last - first + 1)
      end
      return most
      """;

  @Test
  void killedWarmUp_isGoneOnWithByAnotherProcess() {
    try (Site site = Site.of(Layout.REDIS)) {
      EmbeddedRedis redis = site.redis();
      redis.command("SET", "loads", "0");
      List<ChildProcess> jvms = ChildProcess.start(site, 2, false, 10_000);
      assertThat(jvms.get(0).ask("warm " + KEYS)).isEqualTo("HERE");
      eventually().until(() -> loads(redis) >= KEYS / 2);
      assertThat(jvms.get(1).ask("warm " + KEYS)).isEqualTo("ELSEWHERE");

      jvms.get(0).kill();
      int before = loads(redis);
      assertThat(before).isLessThan(KEYS);
      redis.command("SET", "loading", "0");
      eventually().until(() -> jvms.get(1).ask("warm " + KEYS).equals("HERE"));
      String[] end = jvms.get(1).ask("warmed " + KEYS).split(" ");

      assertThat(end[0]).isEqualTo("DONE");
      assertThat(end[1]).isEqualTo(Integer.toString(KEYS));
      assertThat(end[3]).isEqualTo("0");
      assertThat(redis.command("SCARD", "warmed")).isEqualTo(Integer.toString(KEYS));
      // What the first was loading when it was killed may not have been stored.
      assertThat(Integer.parseInt(end[2])).isBetween(before - AT_ONCE, before);
      assertThat(loads(redis)).isBetween(KEYS, KEYS + AT_ONCE);
      assertThat(Integer.parseInt(redis.command("GET", "most"))).isLessThanOrEqualTo(AT_ONCE);
      assertThat(Integer.parseInt(redis.command("EVAL", MOST_IN_A_SECOND, "0")))
          .isBetween(1, PER_SECOND);
    }
  }

  private static int loads(EmbeddedRedis redis) {
    return Integer.parseInt(redis.command("GET", "loads"));
  }
}
