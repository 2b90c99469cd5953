package dev.larder.showcase.demo;

import dev.larder.showcase.ShowcaseSystems;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The showcase as a process. What it prints goes to its log, except what it says to its starter.
 * Safe for use by many threads.
 */
final class ShowcaseProcess implements AutoCloseable {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
  private static final int LINES_SHOWN = 12;
  private static final String SECRET = UUID.randomUUID().toString();

  /** What opens the consoles: {@code LARDER_TOKEN} if it is set, else another at each start. */
  static final String CONSOLE_TOKEN = Objects.requireNonNullElseGet(
      System.getenv("LARDER_TOKEN"), () -> UUID.randomUUID().toString());

  private final Process process;
  private final long begunNanos;
  private final Path log;
  private final CompletableFuture<String> ready = new CompletableFuture<>();
  private volatile boolean stopping;

  private ShowcaseProcess(Process process, long begunNanos, Path log) {
    this.process = process;
    this.begunNanos = begunNanos;
    this.log = log;
  }

  /** Starts it with some systems; {@link #url} tells when it answers. The port must be free. */
  static ShowcaseProcess start(
      DemoOptions options,
      DemoServers servers,
      Path log,
      int port,
      ProgressLine progress,
      Collection<ShowcaseSystems> systems) {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-jar",
        options.showcase().toString(),
        "--server.port=" + port,
        "--showcase.announce=true",
        "--halfnote.warm-up=true",
        "--showcase.systems="
            + systems.stream().map(ShowcaseSystems::word).collect(Collectors.joining(",")),
        "--showcase.scale=" + options.scale(),
        "--" + EndWithStarter.PROPERTY + "=true"));
    if (options.catalogue() != null) {
      command.add("--halfnote.catalogue=" + options.catalogue());
    }
    if (options.racing() != null) {
      command.add("--simlane.racing=" + options.racing());
    }
    if (options.report()) {
      command.add("--showcase.measured=true");
    }
    if (!options.redis()) {
      command.add("--larder.no-redis=true");
    }
    if (!options.report() && servers.ownsRedis()) {
      command.add("--showcase.chaos=true");
    }
    return start(command, servers, log, progress);
  }

  /**
   * Starts a second instance of TheMoon alone, to be killed by people who want to see that nothing is
   * lost; when it ends nothing else does. The first must be ready: it has filled the tables.
   */
  static ShowcaseProcess secondMoon(DemoOptions options, DemoServers servers, Path log, int port) {
    List<String> command = List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-jar",
        options.showcase().toString(),
        "--server.port=" + port,
        "--showcase.systems=themoon",
        "--themoon.warm-up=false",
        "--showcase.scale=" + options.scale(),
        "--" + EndWithStarter.PROPERTY + "=true");
    return start(command, servers, log, new ProgressLine(System.err, false));
  }

  private static ShowcaseProcess start(
      List<String> command, DemoServers servers, Path log, ProgressLine progress) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    servers.describe(builder.environment());
    // Whoever is logged in at one instance of TheMoon is logged in at the other.
    builder.environment().putIfAbsent("THEMOON_SECRET", SECRET);
    builder.environment().put("SHOWCASE_CONSOLE_TOKEN", CONSOLE_TOKEN);
    try {
      long begun = System.nanoTime();
      ShowcaseProcess showcase = new ShowcaseProcess(builder.start(), begun, log);
      Thread reader = new Thread(() -> showcase.read(progress, servers), "showcase-output");
      reader.setDaemon(true);
      reader.start();
      return showcase;
    } catch (IOException e) {
      throw new DemoFailure(DemoFailure.FAILED, "The showcase cannot be started: " + e, e);
    }
  }

  /**
   * Waits until the showcase answers requests.
   *
   * @return its address, without a slash at the end
   * @throws DemoFailure if it ends before; the message has the last lines of its log
   */
  String url() {
    try {
      return ready.join();
    } catch (CompletionException e) {
      throw failure();
    }
  }

  /** Processor time that it has used so far; zero where the system does not tell. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Its number on this machine. */
  long number() {
    return process.pid();
  }

  /** {@link System#nanoTime} when the process was started. */
  long begunNanos() {
    return begunNanos;
  }

  /**
   * Waits until the process ends, which it should not do by itself.
   *
   * @throws DemoFailure if nobody asked it to end
   */
  void awaitEnd() throws InterruptedException {
    process.waitFor();
    if (!stopping) {
      throw failure();
    }
  }

  /** Lets it finish what it does, then ends it. */
  @Override
  public void close() {
    stopping = true;
    try {
      // It ends with its standard input. One that is still starting does not read it yet.
      process.getOutputStream().close();
      if (!ready.isDone()) {
        process.destroy();
      }
      if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void read(ProgressLine progress, DemoServers servers) {
    try (BufferedReader lines = new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        PrintStream file =
            new PrintStream(Files.newOutputStream(log), true, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("@progress ")) {
          JsonNode step = JsonMapper.shared().readTree(line.substring("@progress ".length()));
          progress.at(
              step.path("stage").asString(),
              step.path("done").asLong(),
              step.path("total").asLong());
        } else if (line.startsWith("@notice ")) {
          progress.note(JsonMapper.shared()
              .readTree(line.substring("@notice ".length()))
              .path("text")
              .asString());
        } else if (line.startsWith("@redis ")) {
          String order = JsonMapper.shared()
              .readTree(line.substring("@redis ".length()))
              .path("order")
              .asString();
          // Not here: what the showcase prints must go on being read meanwhile.
          Thread carrying = new Thread(() -> servers.order(order), "redis-order");
          carrying.setDaemon(true);
          carrying.start();
        } else if (line.startsWith("@ready ")) {
          progress.end();
          ready.complete(JsonMapper.shared()
              .readTree(line.substring("@ready ".length()))
              .path("url")
              .asString());
        } else {
          file.println(line);
        }
      }
    } catch (IOException | JacksonException e) {
      ready.completeExceptionally(e);
    } finally {
      progress.end();
      ready.completeExceptionally(new IOException("the process ended"));
    }
  }

  private DemoFailure failure() {
    String end;
    try {
      List<String> lines =
          Files.readAllLines(log).stream().filter(it -> !it.isBlank()).toList();
      end = String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    } catch (IOException e) {
      end = "(its log cannot be read: " + e + ")";
    }
    return new DemoFailure(
        DemoFailure.FAILED,
        "The showcase ended by itself. All it printed is in " + log + ", at the end:\n" + end,
        null);
  }
}
