package dev.larder.boottests.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.EmbeddedPostgreSql;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What processes of their own find in the variables of their environment, without a line more. */
class EnvironmentIT {

  /** Boot wants the address of a database where a driver is on the class path. */
  private static final Map<String, String> NO_DATABASE = Map.of(
      "SPRING_AUTOCONFIGURE_EXCLUDE",
      "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration,"
          + "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration");

  @TempDir
  Path directory;

  private String said;

  @Test
  void ttlVariables_overruleWhatCodeSays() throws Exception {
    Map<String, String> variables = new TreeMap<>(NO_DATABASE);
    variables.put("CACHE_PROBLEM_LIST_TTL", "300");
    variables.put("CACHE_LONG_TTL", "1800");
    assertThat(run(variables)).as(said).isZero();
    assertThat(said).contains("problem_list: PT5M", "drafts: PT30M", "tiers: []");
  }

  @Test
  void ttlVariable_thatIsNoNumber_stopsTheStart() throws Exception {
    Map<String, String> variables = new TreeMap<>(NO_DATABASE);
    variables.put("CACHE_LONG_TTL", "1800");
    variables.put("CACHE_PROBLEM_LIST_TTL", "soon");
    assertThat(run(variables)).as(said).isNotZero();
    assertThat(said)
        .contains("CACHE_PROBLEM_LIST_TTL=soon is not a number of seconds")
        .doesNotContain("answer:");
  }

  @Test
  void dataSource_isFoundAndSharedByProcesses() throws Exception {
    try (EmbeddedPostgreSql postgresql = EmbeddedPostgreSql.start()) {
      Map<String, String> variables =
          Map.of("SPRING_DATASOURCE_URL", postgresql.newDatabase().url(), "CACHE_LONG_TTL", "1800");
      assertThat(run(variables)).as(said).isZero();
      assertThat(said)
          .contains("tiers: [DATABASE]", "tier DATABASE, the DataSource bean, ready", "load 1");
      assertThat(run(variables)).as(said).isZero();
      assertThat(said)
          .as("the second process finds what the first has stored")
          .contains("answer: page 1, load 1");
    }
  }

  /** Runs the program to its end and keeps what it said. */
  private int run(Map<String, String> variables) throws Exception {
    Path output = Files.createTempFile(directory, "problems", ".log");
    ProcessBuilder builder = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            ProblemsApplication.class.getName(),
            "--larder.start-timeout=60s",
            "--larder.tier-timeout=20s")
        .redirectErrorStream(true)
        .redirectOutput(output.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.matches("REDIS_URL|VALKEY_URL|DATABASE_URL|SPRING_.*|CACHE_.*"));
    builder.environment().putAll(variables);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    said = Files.readString(output, StandardCharsets.UTF_8);
    return process.exitValue();
  }
}
