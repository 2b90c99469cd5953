package dev.larder.testkit;

import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis server on a free port of the loopback address, without persistence.
 *
 * <p>It ends with {@link #close}, at the latest with this JVM. Not safe for use by many threads at
 * once, except {@link #uri}, {@link #port} and {@link #command}.
 */
public final class EmbeddedRedis implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final int ANSWER_LIMIT_MILLIS = 30_000;

  private final Path executable;
  private final List<String> options;
  private final int port;
  private final Path directory = ServerProcess.temporaryDirectory("redis");
  private @Nullable ServerProcess process;

  private EmbeddedRedis(Path executable, int port, List<String> options) {
    this.executable = executable;
    this.port = port;
    this.options = options;
  }

  /**
   * Starts a Redis 6.2 that comes as a library.
   *
   * @param options as on the command line, for example {@code "--maxmemory", "20mb"}
   * @throws IllegalStateException if it does not run on this machine; the message has its output
   */
  public static EmbeddedRedis start(String... options) {
    return start(Bundled.EXECUTABLE, options);
  }

  /**
   * Starts a {@code redis-server} or {@code valkey-server} of this machine: the one that the
   * environment variable {@code LARDER_REDIS_SERVER} names, else the first on the {@code PATH}.
   * Empty if there is none.
   *
   * @param options as on the command line
   */
  public static Optional<EmbeddedRedis> installed(String... options) {
    Stream<Path> named = Stream.ofNullable(System.getenv("LARDER_REDIS_SERVER")).map(Path::of);
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    Stream<Path> onPath = Stream.of("redis-server", "valkey-server")
        .flatMap(name -> Stream.of(path.split(File.pathSeparator)).map(dir -> Path.of(dir, name)));
    return Stream.concat(named, onPath)
        .filter(Files::isExecutable)
        .findFirst()
        .map(executable -> start(executable, options));
  }

  private static EmbeddedRedis start(Path executable, String... options) {
    for (int attempt = 1; ; attempt++) {
      EmbeddedRedis redis =
          new EmbeddedRedis(executable, ServerProcess.freePort(), List.of(options));
      try {
        redis.startAgain();
        return redis;
      } catch (IllegalStateException e) {
        redis.close();
        // Another process may take the port between the look and the start.
        if (attempt == 3 || !String.valueOf(e.getMessage()).contains("Address already in use")) {
          throw e;
        }
      }
    }
  }

  /** Address for clients: {@code redis://127.0.0.1:port}. */
  public String uri() {
    return "redis://127.0.0.1:" + port;
  }

  /** The port, the same over all restarts. */
  public int port() {
    return port;
  }

  /** The server's version, for example {@code 6.2.11}. */
  public String version() {
    return command("INFO", "server")
        .lines()
        .filter(line -> line.startsWith("redis_version:"))
        .map(line -> line.substring(line.indexOf(':') + 1))
        .findFirst()
        .orElse("unknown");
  }

  /** Whether the server process lives, paused or not. */
  public boolean isAlive() {
    ServerProcess running = process;
    return running != null && running.isAlive();
  }

  /** Kills the server by SIGKILL. What was not {@link #save saved} is lost. */
  public void kill() {
    ServerProcess running = process;
    if (running != null) {
      running.kill();
      process = null;
    }
  }

  /**
   * Starts the server again after {@link #kill}, with what was saved last.
   *
   * <p>Returns when it answers. To model a promoted replica that lacks the newest writes: {@code
   * save()}, write, {@code kill()}, {@code startAgain()}.
   */
  public void startAgain() {
    if (isAlive()) {
      throw new IllegalStateException("the server runs already");
    }
    List<String> command = new ArrayList<>(List.of(
        executable.toString(),
        "--port",
        Integer.toString(port),
        "--bind",
        "127.0.0.1",
        "--dir",
        directory.toString(),
        "--save",
        "",
        "--appendonly",
        "no"));
    command.addAll(options);
    ServerProcess started = ServerProcess.start(command, "KILL", directory.resolve("log"));
    process = started;
    long from = System.nanoTime();
    while (true) {
      if (!started.isAlive()) {
        throw new IllegalStateException("Redis did not start:\n" + started.output());
      }
      try {
        if (command("PING").equals("PONG")) {
          return;
        }
      } catch (UncheckedIOException | IllegalStateException notYet) {
        // Refused before it listens, an error while it loads.
      }
      if (System.nanoTime() - from > START_LIMIT.toNanos()) {
        kill();
        throw new IllegalStateException(
            "Redis did not answer in " + START_LIMIT + ":\n" + started.output());
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  /** Writes the data to disk, where {@link #startAgain} finds it. */
  public void save() {
    command("SAVE");
  }

  /** Kills the server and starts it again with all its data. */
  public void restart() {
    save();
    kill();
    startAgain();
  }

  /** Kills the server and starts it again without any data. */
  public void restartEmpty() {
    kill();
    try {
      Files.deleteIfExists(directory.resolve("dump.rdb"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    startAgain();
  }

  /** Stops the process in its tracks: connections stay open, nothing is answered. */
  public void pause() {
    running().pause();
  }

  /** Lets a paused server go on. */
  public void resume() {
    running().resume();
  }

  /** Removes all data. */
  public void flush() {
    command("FLUSHALL");
  }

  /**
   * Runs a command on a connection of its own. One round trip.
   *
   * @return the answer as text; the elements of a list apart by line feeds, nil as empty text
   * @throws IllegalStateException if the server answers with an error
   * @throws UncheckedIOException if it does not answer
   */
  public String command(String... command) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWER_LIMIT_MILLIS);
      socket.setSoTimeout(ANSWER_LIMIT_MILLIS);
      StringBuilder request = new StringBuilder("*" + command.length + "\r\n");
      for (String part : command) {
        int length = part.getBytes(StandardCharsets.UTF_8).length;
        request.append('$').append(length).append("\r\n").append(part).append("\r\n");
      }
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
      return answer(new BufferedInputStream(socket.getInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException("Redis at port " + port + " did not answer", e);
    }
  }

  private static String answer(InputStream in) throws IOException {
    String head = line(in);
    String rest = head.substring(1);
    switch (head.charAt(0)) {
      case '+', ':' -> {
        return rest;
      }
      case '$' -> {
        int length = Integer.parseInt(rest);
        if (length < 0) {
          return "";
        }
        byte[] body = in.readNBytes(length);
        in.skipNBytes(2);
        return new String(body, StandardCharsets.UTF_8);
      }
      case '*' -> {
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(rest); i++) {
          elements.add(answer(in));
        }
        return String.join("\n", elements);
      }
      default -> throw new IllegalStateException("Redis: " + rest);
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    int c;
    while ((c = in.read()) != '\r') {
      if (c < 0) {
        throw new IOException("the connection ended");
      }
      line.append((char) c);
    }
    in.skipNBytes(1);
    return line.toString();
  }

  private ServerProcess running() {
    ServerProcess running = process;
    if (running == null) {
      throw new IllegalStateException("the server was killed");
    }
    return running;
  }

  @Override
  public void close() {
    kill();
    ServerProcess.remove(directory);
  }

  /** The executable of the library, unpacked once a JVM. */
  private static final class Bundled {
    static final Path EXECUTABLE = unpack();

    private static Path unpack() {
      try {
        Path directory = ServerProcess.temporaryDirectory("redis-bin");
        return ExecutableProvider.newJarResourceProvider(directory.toFile())
            .get()
            .toPath();
      } catch (IOException e) {
        throw new UncheckedIOException("could not unpack Redis", e);
      }
    }
  }
}
