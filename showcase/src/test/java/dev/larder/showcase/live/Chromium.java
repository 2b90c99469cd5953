package dev.larder.showcase.live;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the browser of this machine. */
public final class Chromium {
  private static final List<String> NAMES = List.of(
      "chromium-headless-shell",
      "chromium",
      "chromium-browser",
      "google-chrome-stable",
      "google-chrome");

  private Chromium() {}

  /**
   * The program that {@code LARDER_CHROMIUM} names, else the first on the path.
   *
   * @throws AssertionError if there is none, unless {@code LARDER_NO_INSTALL} says that this machine
   *     is to be left as it is: then the tests are skipped
   */
  public static Path program() {
    String named = System.getenv("LARDER_CHROMIUM");
    if (named != null && !named.isEmpty()) {
      return Path.of(named);
    }
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    Optional<Path> found = Stream.of(path.split(File.pathSeparator))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
    String message = "There is no Chromium or Chrome on the PATH, and LARDER_CHROMIUM names none."
        + " Install one (Debian, Ubuntu: sudo apt-get install chromium)";
    if (found.isEmpty()) {
      assumeTrue(System.getenv("LARDER_NO_INSTALL") == null, message + ".");
      throw new AssertionError(message + ", or set LARDER_NO_INSTALL=1 to go without these tests.");
    }
    return found.get();
  }
}
