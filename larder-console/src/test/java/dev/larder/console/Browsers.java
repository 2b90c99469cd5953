package dev.larder.console;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A real Chromium, of this machine. */
final class Browsers implements AutoCloseable {

  private final Playwright playwright;
  private final Browser browser;

  private Browsers(Path program) {
    playwright = Playwright.create(
        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser = playwright
        .chromium()
        .launch(new BrowserType.LaunchOptions()
            .setExecutablePath(program)
            .setArgs(List.of("--no-sandbox", "--disable-gpu")));
  }

  /** Starts it; skips the tests only where {@code LARDER_NO_INSTALL} leaves the machine as it is. */
  static Browsers start() {
    String named = System.getenv("LARDER_CHROMIUM");
    Optional<Path> found = named != null && !named.isEmpty()
        ? Optional.of(Path.of(named))
        : Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .flatMap(folder -> Stream.of(
                    "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
                .map(name -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .findFirst();
    String message = "There is no Chromium on the PATH, and LARDER_CHROMIUM names none";
    assumeTrue(found.isPresent() || System.getenv("LARDER_NO_INSTALL") == null, message);
    return new Browsers(found.orElseThrow(() -> new AssertionError(message)));
  }

  Browser browser() {
    return browser;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
