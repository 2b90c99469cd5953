package dev.larder.showcase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.showcase.live.Caller;
import dev.larder.showcase.live.LiveSystem;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** The systems side by side in one Tomcat. */
class ShowcaseIT {

  @Test
  void systems_answerBelowTheirNames_andEndByThemselves() {
    try (LiveSystem.Servers servers = LiveSystem.Servers.start();
        RunningSystems running = run(servers)) {
      Caller anybody = new Caller(running.address(), Map.of());
      Caller.Reply front = anybody.get("/");
      assertThat(front.status()).isEqualTo(200);
      for (ShowcaseSystems system : ShowcaseSystems.values()) {
        String name = system.word();
        assertThat(front.body()).contains("href=\"/" + name + "/\"");
        assertThat(anybody.get("/" + name).header("Location")).endsWith("/" + name + "/");
        assertThat(anybody.get("/" + name + "/").status()).isIn(200, 302);
        assertThat(anybody.get("/" + name + "/nothing/here").status()).isEqualTo(404);
        assertThat(anybody.get("/source/" + name).body())
            .contains("package dev.larder.showcase." + name + ".cache;");
      }
      assertThat(anybody.get("/source/nobody").status()).isEqualTo(404);
      ConfigurableApplicationContext first = running.context(ShowcaseSystems.values()[0]);
      first.close();
      assertThat(anybody.get("/halfnote/login").status()).isEqualTo(404);
      assertThat(anybody.get("/").status()).isEqualTo(200);
    }
  }

  @Test
  void systemThatDoesNotStart_endsAllOfThem() {
    assertThatThrownBy(() ->
            ShowcaseApplication.run("--server.port=0", "--DATABASE_URL=nowhere", "--REDIS_URL="))
        .hasStackTraceContaining("DATABASE_URL is nowhere");
  }

  private static RunningSystems run(LiveSystem.Servers servers) {
    return ShowcaseApplication.run(Stream.of(
            "server.port=0",
            "DATABASE_URL=" + servers.database().url(),
            "REDIS_URL=" + servers.redis().uri(),
            "VALKEY_URL=",
            "showcase.scale=0.001",
            "halfnote.catalogue-latency=0ms")
        .map(property -> "--" + property)
        .toArray(String[]::new));
  }
}
