package dev.larder.showcase.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a newcomer sees when the environment names servers that are not there. */
class DemoServersTest {

  // Nobody listens at port 1.
  private static final String NOWHERE = "127.0.0.1:1";

  @TempDir
  Path folder;

  @ParameterizedTest
  @CsvSource({"REDIS_URL,redis", "VALKEY_URL,redis", "DATABASE_URL,postgres"})
  void serverOutOfReach_isNamedWithItsVariableAndNoPassword(String variable, String scheme) {
    DemoFailure failure = startingWith(Map.of(variable, scheme + "://me:s3cret@" + NOWHERE + "/0"));

    assertThat(failure.status()).isEqualTo(4);
    assertThat(failure)
        .hasMessageContaining(variable + " is " + scheme + "://me:***@" + NOWHERE + "/0")
        .hasMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @CsvSource({"REDIS_URL", "VALKEY_URL", "DATABASE_URL"})
  void addressOfAnotherForm_isWrongUsage(String variable) {
    DemoFailure failure = startingWith(Map.of(variable, "http://me:s3cret@example.org"));

    assertThat(failure.status()).isEqualTo(2);
    assertThat(failure)
        .hasMessageContaining(variable + " is http://me:***@example.org")
        .hasMessageContaining("must be")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void redisAndValkeyThatDiffer_areWrongUsage() {
    DemoFailure failure = startingWith(
        Map.of("REDIS_URL", "redis://" + NOWHERE, "VALKEY_URL", "redis://127.0.0.1:2"));

    assertThat(failure.status()).isEqualTo(2);
    assertThat(failure).hasMessageContaining("REDIS_URL").hasMessageContaining("VALKEY_URL");
  }

  @Test
  void portTaken_namesOptionAndValue() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> Ports.choose(port))
          .isInstanceOf(DemoFailure.class)
          .hasMessageContaining("--port is " + port)
          .hasMessageContaining("Choose another port");
    }
  }

  @Test
  void portNotAsked_isFree() {
    assertThat(Ports.choose(0)).isBetween(Ports.USUAL, Ports.USUAL + 100);
  }

  @Test
  void secondDemo_isToldWhoseDataItIs() {
    DemoFolder first = DemoFolder.take(folder);
    try (first) {
      // The same process may not take it twice either; another gets the message of this failure.
      assertThatThrownBy(() -> DemoFolder.take(folder)).isInstanceOf(DemoFailure.class);
    }
    DemoFolder.take(folder).close();
  }

  private DemoFailure startingWith(Map<String, String> environment) {
    PrintStream out =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    DemoOptions options = DemoOptions.parse("--folder=" + folder, "--showcase=none.jar");
    try (DemoServers servers = new DemoServers(out);
        DemoFolder held = DemoFolder.take(folder)) {
      servers.start(new HashMap<>(environment), held, options);
    } catch (DemoFailure e) {
      return e;
    }
    throw new AssertionError("it started");
  }
}
