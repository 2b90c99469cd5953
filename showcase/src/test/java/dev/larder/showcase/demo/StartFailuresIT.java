package dev.larder.showcase.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.testkit.EmbeddedPostgreSql;
import dev.larder.testkit.EmbeddedRedis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A demo that cannot start says why in words, ends with the exit code of the kind of fault, keeps
 * the data (although {@code --fresh} is given) and leaves nothing running.
 */
class StartFailuresIT {

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final String PASSWORD = "s3cret";

  // Nobody listens at port 1.
  private static final String NOWHERE = "me:" + PASSWORD + "@127.0.0.1:1";

  @TempDir
  Path home;

  private final Set<ProcessHandle> seen = ConcurrentHashMap.newKeySet();
  private Path data;

  @BeforeEach
  void earlierData() throws IOException {
    data = Files.createDirectories(home.resolve(".larder/demo/postgresql")).resolve("data");
    Files.writeString(data, "of an earlier start");
  }

  @AfterEach
  void end() {
    seen.forEach(ProcessHandle::destroyForcibly);
  }

  @ParameterizedTest
  @CsvSource({
    "REDIS_URL,redis://,/0,no Redis or Valkey server answers there",
    "VALKEY_URL,valkey://,,no Redis or Valkey server answers there",
    "DATABASE_URL,postgres://,/app,no PostgreSQL server answers there",
    "DATABASE_URL,postgresql://,/app,no PostgreSQL server answers there",
  })
  void serverOutOfReach(String variable, String scheme, String path, String reason)
      throws Exception {
    String end = path == null ? "" : path;
    assertFailure(4, Map.of(variable, scheme + NOWHERE + end))
        .contains(variable + " is " + scheme + "me:***@127.0.0.1:1" + end + ": " + reason)
        .contains(variable.startsWith("DATABASE") ? "Set DATABASE_URL to" : "Start that server");
  }

  @ParameterizedTest
  @CsvSource({
    "REDIS_URL,http://me:s3cret@host,http://me:***@host,redis://user:password@host:6379/0",
    "REDIS_URL,redis://me:s3cret@host:99999,redis://me:***@host:99999,65535",
    "REDIS_URL,redis://:s3cret@host/first,redis://:***@host/first,number of a database",
    "REDIS_URL,redis://me:a@s3cret/b@host,redis://me:***@host,must be",
    "DATABASE_URL,me:s3cret@host/app,me:***@host/app,postgres://user:password@host:5432/name",
    "DATABASE_URL,postgres://me:s3cret@host,postgres://me:***@host,names no database",
    "DATABASE_URL,postgres://me:s3cret@host:99999/app,postgres://me:***@host:99999/app,65535",
    "DATABASE_URL,jdbc:mysql://h/d?password=s3cret,jdbc:mysql://h/d?password=***,jdbc:postgresql:",
  })
  void addressOfAnotherForm(String variable, String value, String shown, String rule)
      throws Exception {
    assertFailure(2, Map.of(variable, value))
        .contains(variable + " is " + shown)
        .contains(rule);
  }

  @Test
  void passwordThatTheServersDoNotTake() throws Exception {
    Path access = Files.writeString(
        home.resolve("access"),
        "host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n");
    try (EmbeddedPostgreSql server =
            EmbeddedPostgreSql.builder().setting("hba_file", access.toString()).start();
        EmbeddedRedis redis = EmbeddedRedis.start()) {
      server.execute("CREATE ROLE me LOGIN PASSWORD 'another'");
      redis.command("ACL", "SETUSER", "me", "on", ">another", "~*", "+@all");

      assertFailure(4, Map.of("DATABASE_URL", "postgres://" + at(server.port()) + "/postgres"))
          .contains("DATABASE_URL is postgres://me:***@127.0.0.1:" + server.port() + "/postgres")
          .contains("does not accept this user and password");
      assertFailure(
              4,
              Map.of("DATABASE_URL", "postgres://postgres@127.0.0.1:" + server.port() + "/absent"))
          .contains("the server has no database of this name");
      assertFailure(4, Map.of("REDIS_URL", "redis://" + at(redis.port())))
          .contains("REDIS_URL is redis://me:***@127.0.0.1:" + redis.port())
          .contains("does not accept this user and password");
    }
  }

  @Test
  void nodeOfARedisCluster() throws Exception {
    try (EmbeddedRedis node = EmbeddedRedis.start("--cluster-enabled", "yes")) {
      node.command(Stream.concat(
              Stream.of("CLUSTER", "ADDSLOTS"),
              IntStream.range(0, 16_384).mapToObj(String::valueOf))
          .toArray(String[]::new));
      assertFailure(2, Map.of("REDIS_URL", node.uri()))
          .contains("REDIS_URL is " + node.uri())
          .contains("node of a Redis Cluster")
          .contains("not in cluster mode");
    }
  }

  @Test
  void portTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertFailure(1, Map.of(), "--port=" + port)
          .contains("--port is " + port + ", and another program listens")
          .contains("Choose another port");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--bogus,there is no option '--bogus'",
    "--scale=11,'--scale is 11, must be a number from 0.001 to 10'",
    "--scale=0,'--scale is 0, must be a number from 0.001 to 10'",
    "--port=65536,'--port is 65536, must be a number from 1 to 65535'",
    "--catalogue=absent.json,'--catalogue is absent.json, must be a file that can be read'",
    "--racing=absent.json,'--racing is absent.json, must be a file that can be read'",
  })
  void optionThatCannotBe(String option, String message) throws Exception {
    assertFailure(2, Map.of(), option).contains(message).contains("--help tells");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "title,artist",
        "{\"albums\": [{\"id\": 1, ",
        "[1, 2]",
        "{\"records\": []}",
        "{\"albums\": []}",
        "{\"albums\": [{\"id\": 1, \"title\": \"One\"}]}",
        "{\"albums\": [{\"id\": 1, \"title\": \"A\", \"artist\": \"B\"},"
            + " {\"id\": 1, \"title\": \"C\", \"artist\": \"D\"}]}",
      })
  void fileThatIsNoCatalogue(String content) throws Exception {
    Path file = Files.writeString(home.resolve("albums.json"), content);
    assertFailure(2, Map.of(), "--catalogue=" + file)
        .contains("--catalogue is " + file)
        .contains("Catalogue file " + file + " cannot be used: ")
        .contains("leave --catalogue out");
  }

  @Test
  void fileThatHasNoRaces() throws Exception {
    Path file = Files.writeString(home.resolve("races.json"), "{\"drivers\": 7}");
    assertFailure(2, Map.of(), "--racing=" + file)
        .contains("--racing is " + file)
        .contains("leave --racing out");
  }

  @Test
  void showcaseWithoutTheDemo() throws Exception {
    String output = output(
        1,
        command("-jar", jar().toString(), "--server.port=0"),
        Map.of("DATABASE_URL", "postgres://" + NOWHERE + "/app"));
    assertThat(output)
        .contains("APPLICATION FAILED TO START")
        .contains("DATABASE_URL is postgres://me:***@127.0.0.1:1/app: no PostgreSQL server answers")
        .contains("Set DATABASE_URL to the address of a PostgreSQL database");
  }

  private AbstractStringAssert<?> assertFailure(
      int status, Map<String, String> environment, String... options) throws Exception {
    List<String> command = command(
        "-cp",
        System.getProperty("java.class.path"),
        "-Dlarder.home=" + home,
        "-Dlarder.showcase.jar=" + jar(),
        "dev.larder.cli.LarderCommand",
        "demo",
        "--fresh");
    if (Stream.of(options).noneMatch(it -> it.startsWith("--scale"))) {
      command.add("--scale=0.002");
    }
    command.addAll(List.of(options));
    String output = output(status, command, environment);
    assertThat(data).as(output).exists();
    return assertThat(output).doesNotContain("started at 127.0.0.1");
  }

  /** What a program prints that ends by itself, in words, and leaves no process. */
  private String output(int status, List<String> command, Map<String, String> environment)
      throws Exception {
    Path output = home.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().keySet().removeAll(List.of("DATABASE_URL", "REDIS_URL", "VALKEY_URL"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    seen.add(process.toHandle());
    await().atMost(LIMIT).until(() -> {
      process.descendants().forEach(seen::add);
      return !process.isAlive();
    });
    String printed = Files.readString(output);
    assertThat(process.exitValue()).as(printed).isEqualTo(status);
    assertThat(printed).doesNotContain(PASSWORD).doesNotContain("\tat ").doesNotContain("WARNING");
    await().atMost(LIMIT).until(() -> seen.stream().noneMatch(ProcessHandle::isAlive));
    return printed;
  }

  private static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of(arguments));
    return command;
  }

  private static Path jar() {
    return Path.of("target", "showcase-app.jar").toAbsolutePath();
  }

  private static String at(int port) {
    return "me:" + PASSWORD + "@127.0.0.1:" + port;
  }
}
