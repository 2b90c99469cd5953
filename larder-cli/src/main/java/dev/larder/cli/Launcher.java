package dev.larder.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs the showcase's launcher, which starts the servers, and sees that it ends with this process.
 *
 * <p>The launcher ends in good order when its standard input does: that happens on Ctrl-C, on a kill
 * of this process, and when this process dies without a word. Ctrl-C itself, which a terminal sends
 * to every process, is kept from it, so that nothing stops before what stands on it.
 */
final class Launcher {

  /** How long it may take to stop the servers before it is killed; they then die with it. */
  private static final long STOP_SECONDS = 40;

  private static final String MAIN = "dev.larder.showcase.demo.DemoMain";

  // The shell is replaced by the program, which inherits that interrupts are ignored.
  private static final String SHIELD = """
      trap '' INT HUP
      if [ -t 2 ]; then set -- "$@" --terminal; fi
      exec "$@"
      """;

  private Launcher() {}

  /**
   * Runs it to its end.
   *
   * @param jar the showcase
   * @param classPath a file with the launcher's libraries
   * @return its exit status
   */
  static int run(Path jar, Path classPath, List<String> options)
      throws IOException, InterruptedException {
    Path classes = jar.resolveSibling("classes");
    List<String> command = new ArrayList<>(List.of("sh", "-c", SHIELD, "larder"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("-Dlogback.configurationFile=dev/larder/showcase/demo/logback.xml");
    command.add("-cp");
    command.add(classes
        + System.getProperty("path.separator")
        + Files.readString(classPath).strip());
    command.add(MAIN);
    command.addAll(options);
    Process launcher = new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(launcher), "demo-stop"));
    return launcher.waitFor();
  }

  private static void stop(Process launcher) {
    try {
      launcher.getOutputStream().close();
      if (!launcher.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        launcher.destroyForcibly();
      }
    } catch (IOException e) {
      launcher.destroyForcibly();
    } catch (InterruptedException e) {
      launcher.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
