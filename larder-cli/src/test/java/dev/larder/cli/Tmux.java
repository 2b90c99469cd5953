package dev.larder.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A real terminal, of 100 by 30 unless said otherwise, in a tmux server of its own. */
final class Tmux implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(90);

  private final String socket = "larder-" + UUID.randomUUID();
  private final Path folder;
  private final Map<String, String> environment;

  /** Whether there is a tmux. */
  static boolean isThere() {
    try {
      return new ProcessBuilder("tmux", "-V").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  Tmux(Path folder, Map<String, String> environment) throws IOException {
    this(folder, environment, 100, 30);
  }

  /** One of another size. */
  Tmux(Path folder, Map<String, String> environment, int width, int height) throws IOException {
    this.folder = folder;
    this.environment = environment;
    run("-f", "/dev/null", "new-session", "-d", "-x", "" + width, "-y", "" + height, "sh");
    // A terminal takes lines of 4,096 characters at most, and class paths are longer.
    Path script = folder.resolve("larder");
    Files.writeString(script, "#!/bin/sh\nexec " + command() + " \"$@\"\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    type("PS1='ready> '; PATH=" + folder + ":$PATH; clear");
    waitFor("ready>");
    run("pipe-pane", "-o", "cat >" + folder.resolve("bytes"));
  }

  private static String command() {
    return String.join(
        " ",
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-cp",
        System.getProperty("java.class.path"),
        LarderCommand.class.getName());
  }

  /** Types a line and the return key. */
  void type(String line) {
    run("send-keys", "-l", line);
    run("send-keys", "Enter");
  }

  /** Types without the return key. */
  void write(String text) {
    run("send-keys", "-l", text);
  }

  /** Presses a key by tmux's name for it. */
  void press(String key) {
    run("send-keys", key);
  }

  /** What is on the screen now. */
  String screen() {
    return run("capture-pane", "-p");
  }

  /** The same with the codes of its styles. */
  String colouredScreen() {
    return run("capture-pane", "-p", "-e");
  }

  /** All that was written to the terminal since it began. */
  String bytes() throws IOException {
    return Files.readString(folder.resolve("bytes"), StandardCharsets.ISO_8859_1);
  }

  /** Waits until the screen shows the text. */
  void waitFor(String text) {
    await().atMost(LIMIT).untilAsserted(() -> assertThat(screen()).contains(text));
  }

  /** Waits until the screen no longer shows the text. */
  void waitUntilGone(String text) {
    await().atMost(LIMIT).untilAsserted(() -> assertThat(screen()).doesNotContain(text));
  }

  private String run(String... arguments) {
    List<String> line = new ArrayList<>(List.of("tmux", "-L", socket));
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.environment().remove("TMUX");
    try {
      Process process = builder.start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(said).isZero();
      return said;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    run("kill-server");
  }
}
