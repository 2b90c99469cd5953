package dev.larder.fresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.EmbeddedRedis;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fresh application in a process of its own: with nothing, and with one variable more. */
class FreshApplicationIT {

  @TempDir
  Path directory;

  @Test
  void withNothing_cachesInItsOwnMemory() throws Exception {
    assertThat(run(Map.of()))
        .contains("answers: Album[id=1, title=title 1] Album[id=1, title=title 1]")
        .contains("notes: note 1 note 1")
        .contains("tiers: []")
        .contains("hits: 2")
        .contains("then: Album[id=1, title=renamed]")
        .contains("again: Album[id=1, title=title 1]")
        .contains("tier L1, in this process")
        .doesNotContain("WARN");
  }

  @Test
  void withRedisUrl_cachesInTwoTiersWithoutAnotherLine() throws Exception {
    try (EmbeddedRedis redis = EmbeddedRedis.start()) {
      Map<String, String> variables = Map.of("REDIS_URL", redis.uri());

      assertThat(run(variables))
          .contains("tiers: [L2]")
          .contains("tier L2, " + redis.uri())
          .contains("(REDIS_URL), ready");
      // The second process finds what the first has stored, and loads nothing.
      assertThat(run(variables))
          .contains("answers: Album[id=1, title=title 1] Album[id=1, title=title 1]")
          .contains("notes: note 1 note 1")
          .contains("hits: 4");
    }
  }

  private String run(Map<String, String> variables) throws Exception {
    Path output = Files.createTempFile(directory, "fresh", ".log");
    ProcessBuilder builder = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            FreshApplication.class.getName(),
            "--larder.start-timeout=60s",
            "--larder.tier-timeout=20s")
        .redirectErrorStream(true)
        .redirectOutput(output.toFile());
    builder.directory(new File("."));
    builder.environment().keySet().removeIf(name -> name.matches("REDIS_URL|VALKEY_URL|SPRING_.*"));
    builder.environment().putAll(variables);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(output, StandardCharsets.UTF_8);
  }
}
