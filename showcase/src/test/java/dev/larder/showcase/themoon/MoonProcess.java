package dev.larder.showcase.themoon;

import static org.awaitility.Awaitility.await;

import dev.larder.showcase.host.SystemApplication;
import dev.larder.showcase.live.LiveSystem;
import dev.larder.showcase.themoon.chat.Instances;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** An instance of TheMoon that is a process of its own, so that it can be killed. */
final class MoonProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private final Process process;
  private final int port;

  private MoonProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  public static void main(String[] arguments) {
    SystemApplication.alone(TheMoonApplication.class).run(arguments);
  }

  /** Starts one on the servers of another instance, and waits until that one knows of it. */
  static MoonProcess beside(LiveSystem other) {
    try {
      int port;
      try (ServerSocket socket = new ServerSocket(0)) {
        port = socket.getLocalPort();
      }
      Process process = new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xmx256m",
              "-XX:+UseSerialGC",
              "-XX:TieredStopAtLevel=1",
              "-cp",
              System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
              MoonProcess.class.getName(),
              "--DATABASE_URL=" + other.servers().database().url(),
              "--REDIS_URL=" + other.servers().redis().uri(),
              "--VALKEY_URL=",
              "--server.port=" + port,
              "--showcase.scale=0.005",
              "--themoon.secret=the same in all instances",
              "--themoon.warm-up=false")
          .redirectErrorStream(true)
          .redirectOutput(Path.of("target", "themoon-second.log").toFile())
          .start();
      MoonProcess started = new MoonProcess(process, port);
      await("target/themoon-second.log tells why not").atMost(START_LIMIT).until(() -> {
        if (!process.isAlive()) {
          throw new IllegalStateException("it ended by itself: target/themoon-second.log");
        }
        return other.part(Instances.class).alive().stream()
            .anyMatch(it ->
                it.url().equals(started.address() + "/themoon") && it.process() == process.pid());
      });
      return started;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** SIGKILL: it has no time for anything. */
  void kill() {
    process.destroyForcibly();
    await().until(() -> !process.isAlive());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
