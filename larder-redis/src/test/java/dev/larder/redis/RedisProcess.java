package dev.larder.redis;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.larder.tier.StoreSettings;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import redis.embedded.core.ExecutableProvider;

/** A server of the test's own, on loopback, that may be killed, paused and started again empty. */
final class RedisProcess implements AutoCloseable {

  private static final Pattern VERSION = Pattern.compile("v=(\\d+)\\.");

  private final String binary;
  private final int port;
  private final List<String> options;
  private final RedisClient control;
  private Process process;

  private RedisProcess(String binary, int port, List<String> options) {
    this.binary = binary;
    this.port = port;
    this.options = options;
    this.control = RedisClient.create(RedisURI.create("127.0.0.1", port));
    Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
    start();
  }

  /** The 6.2 that comes as a test dependency. */
  static RedisProcess embedded(String... options) {
    try {
      File binary = ExecutableProvider.newJarResourceProvider().get();
      return new RedisProcess(binary.getAbsolutePath(), freePort(), List.of(options));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The 7 or later that is installed here; the test is left out where there is none. */
  static RedisProcess installed(String... options) {
    Optional<Path> found = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(directory -> Path.of(directory, "redis-server"))
        .filter(Files::isExecutable)
        .findFirst();
    assumeTrue(found.isPresent(), "there is no redis-server on the PATH");
    String binary = found.get().toString();
    String version = output(binary, "--version");
    Matcher matcher = VERSION.matcher(version);
    assumeTrue(
        matcher.find() && Integer.parseInt(matcher.group(1)) >= 7,
        "redis-server on the PATH is older than 7: " + version);
    return new RedisProcess(binary, freePort(), List.of(options));
  }

  /** Starts the server, empty, on the port it has always had; returns when it answers. */
  void start() {
    try {
      Path directory = Files.createTempDirectory("larder-redis");
      List<String> command = new ArrayList<>(List.of(
          binary,
          "--port",
          "" + port,
          "--bind",
          "127.0.0.1",
          "--save",
          "",
          "--appendonly",
          "no",
          "--dir",
          directory.toString()));
      command.addAll(options);
      process = new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(directory.resolve("log").toFile())
          .start();
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(this::answers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the server as a power cut would. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Stops the server's clock: connections stay up and nothing is answered. */
  void pause() {
    output("kill", "-STOP", "" + process.pid());
  }

  void resume() {
    output("kill", "-CONT", "" + process.pid());
  }

  int port() {
    return port;
  }

  String uri() {
    return "redis://127.0.0.1:" + port;
  }

  /** A store on this server, so patient that no slow machine fails a test. */
  RedisStore store(String keyPrefix) {
    return store(keyPrefix, Duration.ofSeconds(20));
  }

  RedisStore store(String keyPrefix, Duration commandTimeout) {
    StoreSettings settings = new StoreSettings(keyPrefix, commandTimeout, 10_000, 1_000);
    return RedisStore.builder().uri(uri()).settings(settings).build();
  }

  /** Asks the server as another program would, on a connection of its own. */
  <T> T ask(Function<RedisCommands<String, String>, T> question) {
    try (StatefulRedisConnection<String, String> connection = control.connect()) {
      return question.apply(connection.sync());
    }
  }

  @Override
  public void close() {
    control.shutdown(0, 2, TimeUnit.SECONDS);
    kill();
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      return socket.getInputStream().read() == '+';
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String output(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(List.of(command) + ": " + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
