package dev.larder.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A server that dies with this JVM, however that ends.
 *
 * <p>A shell stands between the two. It waits for the server, so that its exit is the server's, and
 * a second one reads a pipe from this JVM, whose end kills the server: a JVM that is killed runs no
 * shutdown hook.
 */
final class ServerProcess {

  private static final String SHELL = """
      trap '' INT HUP
      exec 3<&0
      log=$1; signal=$2; shift 2
      "$@" </dev/null >>"$log" 2>&1 3<&- &
      server=$!
      echo "$server"
      exec >/dev/null
      { read -r end <&3; kill "-$signal" "$server" 2>/dev/null; } &
      watch=$!
      wait "$server"
      code=$?
      kill -KILL "$watch" 2>/dev/null
      exit "$code"
      """;

  private static final Set<ServerProcess> RUNNING = ConcurrentHashMap.newKeySet();
  private static final Set<Integer> GIVEN_PORTS = ConcurrentHashMap.newKeySet();
  private static final Set<Path> TEMPORARY = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(ServerProcess::endAll, "larder-servers"));
  }

  private final Process shell;
  private final ProcessHandle server;
  private final String endSignal;
  private final Path log;
  private final long logBegin;

  private ServerProcess(Process shell, long pid, String endSignal, Path log, long logBegin) {
    this.shell = shell;
    this.endSignal = endSignal;
    this.log = log;
    this.logBegin = logBegin;
    server = ProcessHandle.of(pid)
        .orElseThrow(() -> new IllegalStateException("the server ended at once\n" + output()));
  }

  /**
   * Starts a program.
   *
   * @param endSignal name of the signal that ends it at once and lets it tidy up what would outlive
   *     it in the system; it is sent when this JVM ends, or by {@link #end}
   * @param log what it prints goes to the end of this file
   */
  static ServerProcess start(List<String> command, String endSignal, Path log) {
    List<String> line =
        new ArrayList<>(List.of("sh", "-c", SHELL, "larder", log.toString(), endSignal));
    line.addAll(command);
    try {
      long logBegin = Files.exists(log) ? Files.size(log) : 0;
      Process shell = new ProcessBuilder(line).redirectErrorStream(true).start();
      String pid = new BufferedReader(
              new InputStreamReader(shell.getInputStream(), StandardCharsets.UTF_8))
          .readLine();
      if (pid == null) {
        throw new IllegalStateException("could not start " + command);
      }
      ServerProcess started =
          new ServerProcess(shell, Long.parseLong(pid), endSignal, log, logBegin);
      RUNNING.add(started);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException("could not start " + command, e);
    }
  }

  /** Runs a program to its end, and gives what it printed. */
  static String run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      if (code != 0) {
        throw new IllegalStateException(command + " ended with " + code + ":\n" + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException("could not run " + command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while running " + command, e);
    }
  }

  /**
   * A port of the loopback address that nobody listens at, and another each time: a server that was
   * killed for a while must not find a stranger at its port, nor its clients one.
   */
  static int freePort() {
    // Below the range from which systems take the ports of outgoing connections: the port is still
    // free when a killed server comes back to it.
    for (int attempt = 0; attempt < 1_000; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      if (GIVEN_PORTS.add(port) && isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no free port between 20000 and 32000");
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  /** A directory that is removed when this JVM ends. */
  static Path temporaryDirectory(String name) {
    try {
      Path directory = Files.createTempDirectory("larder-" + name + "-");
      TEMPORARY.add(directory);
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary directory", e);
    }
  }

  static void deleteAtExit(Path directory) {
    TEMPORARY.add(directory);
  }

  static void remove(Path directory) {
    TEMPORARY.remove(directory);
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException left) {
      // A file that vanished or stays does no harm in a temporary directory.
    }
  }

  boolean isAlive() {
    return shell.isAlive();
  }

  /** The last lines that the server printed since this start. */
  String output() {
    try {
      String all = Files.readString(log, StandardCharsets.ISO_8859_1).substring((int) logBegin);
      return all.substring(Math.max(0, all.length() - 4_000));
    } catch (IOException e) {
      return "(no output: " + e + ")";
    }
  }

  /** Ends the server, paused or not, and waits until it is gone. */
  void end() {
    resume();
    signal(endSignal, List.of(server));
    if (!awaitEnd(10)) {
      kill();
    }
  }

  /** Kills the server and all its children, and waits until it is gone. */
  void kill() {
    // Stopped first, so that it forks no child unseen.
    signalTree("STOP");
    Stream.concat(Stream.of(server), server.descendants())
        .toList()
        .forEach(ProcessHandle::destroyForcibly);
    if (!awaitEnd(30)) {
      throw new IllegalStateException("the server did not end after SIGKILL");
    }
  }

  /** Stops the server and all its children in their tracks. */
  void pause() {
    signalTree("STOP");
  }

  /** Lets them go on. */
  void resume() {
    signalTree("CONT");
  }

  private boolean awaitEnd(long seconds) {
    try {
      if (!shell.waitFor(seconds, TimeUnit.SECONDS)) {
        return false;
      }
      shell.getOutputStream().close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException closed) {
      // The reader of the pipe is gone, which is what closing it is for.
    }
    RUNNING.remove(this);
    return true;
  }

  private void signalTree(String signal) {
    if (!isAlive()) {
      return;
    }
    signal(signal, List.of(server));
    List<ProcessHandle> children = server.descendants().toList();
    if (!children.isEmpty()) {
      signal(signal, children);
    }
  }

  private static void signal(String signal, List<ProcessHandle> processes) {
    // A child may end between listing and signalling, so failures are ignored.
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "kill -" + signal + " \"$@\" 2>/dev/null; :", "kill"));
    processes.forEach(process -> command.add(Long.toString(process.pid())));
    run(command);
  }

  private static void endAll() {
    RUNNING.forEach(ServerProcess::end);
    TEMPORARY.forEach(ServerProcess::remove);
  }
}
