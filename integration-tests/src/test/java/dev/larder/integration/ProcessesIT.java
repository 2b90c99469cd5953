package dev.larder.integration;

import static dev.larder.integration.Site.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes in JVMs of their own: one load among them all, and invalidations that all see. */
class ProcessesIT {

  private static final int JVMS = 3;
  private static final int THREADS = 200;

  private static Site site(boolean withDatabase) {
    Site site = Site.of(withDatabase ? Layout.REDIS_DATABASE : Layout.REDIS);
    site.redis().command("SET", "source", "v1");
    return site;
  }

  private static String loads(Site site) {
    return site.redis().command("GET", "loads");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void get_byManyThreadsOfThreeJvms_loadsOnce(boolean withDatabase) {
    try (Site site = site(withDatabase)) {
      List<ChildProcess> jvms = ChildProcess.start(site, JVMS, withDatabase, 60_000);
      for (int key = 1; key <= 5; key++) {
        for (ChildProcess jvm : jvms) {
          jvm.order("getMany k" + key + " " + THREADS);
        }
        for (ChildProcess jvm : jvms) {
          assertThat(jvm.answer()).isEqualTo("v1");
        }
        assertThat(loads(site)).isEqualTo(Integer.toString(key));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void invalidate_inOneJvm_isSeenByTheOthers(boolean withDatabase) {
    try (Site site = site(withDatabase)) {
      List<ChildProcess> jvms = ChildProcess.start(site, JVMS, withDatabase, 10_000);
      int version = 1;
      for (String order : List.of("invalidate k", "tag key:k", "write k v4")) {
        for (ChildProcess jvm : jvms) {
          assertThat(jvm.ask("get k")).isEqualTo("v" + version);
        }
        String next = "v" + ++version;
        if (!order.startsWith("write")) {
          site.redis().command("SET", "source", next);
        }
        String position = jvms.get(0).ask(order);
        assertThat(jvms.get(0).ask("get k")).isEqualTo(next);
        assertThat(jvms.get(1).ask("getAtLeast k " + position)).isEqualTo(next);
        // The third is not told of the position: it follows.
        eventually().until(() -> jvms.get(2).ask("get k").equals(next));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void get_afterTheLoadingJvmWasKilled_loadsWhenTheLeaseHasRunOut(boolean withDatabase) {
    try (Site site = site(withDatabase)) {
      List<ChildProcess> jvms = ChildProcess.start(site, 2, withDatabase, 1_000);
      jvms.get(0).order("loadForever k");
      eventually().until(() -> loads(site).equals("1"));
      jvms.get(1).order("getMany k 20");
      jvms.get(0).kill();
      assertThat(jvms.get(1).answer()).isEqualTo("v1");
      assertThat(loads(site)).isEqualTo("2");
    }
  }
}
