package dev.larder.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * {@code larder demo}: runs the showcase as a process of its own and hands it the options.
 *
 * <p>The showcase is a jar with libraries that have no place on this command's class path, so the
 * two meet only here: the options, {@code --help} among them, go over unread, the terminal is
 * shared, and the showcase's exit status is this command's.
 */
@Command(
    name = "demo",
    description = "Starts the showcase on real servers and prints its addresses.")
final class DemoCommand implements Callable<Integer> {

  /** The system property with the path of the showcase's runnable jar; {@code ./larder} sets it. */
  static final String SHOWCASE_JAR = "larder.showcase.jar";

  /** How long the showcase may take to stop its servers before it is killed. */
  private static final long STOP_SECONDS = 30;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Unmatched
  private List<String> options = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    String jar = System.getProperty(SHOWCASE_JAR, "");
    if (jar.isEmpty() || !Files.isRegularFile(Path.of(jar))) {
      err.println("""
          The jar of the showcase is not at '%s'.
          Start the demo by ./larder demo, which builds it, or name the jar with -D%s=FILE.""".formatted(jar, SHOWCASE_JAR));
      return ExitCode.MISSING.status();
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-jar");
    command.add(jar);
    command.addAll(options);
    Process showcase = new ProcessBuilder(command).inheritIO().start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(showcase), "demo-stop"));
    return showcase.waitFor();
  }

  /**
   * Ends the showcase. Ctrl-C reaches both processes, a kill only this one; either way this one
   * waits, so that the prompt comes back when the servers are down.
   */
  private static void stop(Process showcase) {
    showcase.destroy();
    try {
      if (!showcase.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        showcase.destroyForcibly();
      }
    } catch (InterruptedException e) {
      showcase.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
