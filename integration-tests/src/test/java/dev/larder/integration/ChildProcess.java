package dev.larder.integration;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM that runs {@link Child}. It ends with {@link #close}, at the latest with this JVM. */
final class ChildProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader answers;
  private final Writer orders;

  private ChildProcess(Process process) {
    this.process = process;
    answers = process.inputReader(StandardCharsets.UTF_8);
    orders = process.outputWriter(StandardCharsets.UTF_8);
  }

  /** Starts JVMs, at the same time, and waits until they are ready. */
  static List<ChildProcess> start(Site site, int count, boolean withDatabase, long leaseMillis) {
    List<ChildProcess> children = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      children.add(site.opened(launch(site, withDatabase, leaseMillis)));
    }
    children.forEach(child -> {
      String ready = child.answer();
      if (!ready.equals("ready")) {
        throw new IllegalStateException("a child said " + ready);
      }
    });
    return children;
  }

  private static ChildProcess launch(Site site, boolean withDatabase, long leaseMillis) {
    try {
      return new ChildProcess(new ProcessBuilder(
              ProcessHandle.current().info().command().orElse("java"),
              "-Xmx128m",
              "-XX:+UseSerialGC",
              "-XX:TieredStopAtLevel=1",
              "-cp",
              System.getProperty("java.class.path"),
              Child.class.getName(),
              site.redis().uri(),
              site.keyPrefix(),
              withDatabase ? site.databaseUrl() : "",
              Long.toString(leaseMillis))
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends an order without waiting for the answer. */
  void order(String line) {
    try {
      orders.write(line + "\n");
      orders.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the child has ended", e);
    }
  }

  /** The next answer. */
  String answer() {
    try {
      String line = answers.readLine();
      if (line == null) {
        throw new IllegalStateException("the child ended");
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends an order and gives its answer. */
  String ask(String line) {
    order(line);
    return answer();
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the child did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    kill();
  }
}
