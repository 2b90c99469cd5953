package dev.larder.showcase.themoon;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.larder.showcase.live.Chromium;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real browser, whose windows write down every error of a page. */
final class Windows implements AutoCloseable {
  /** A busy machine takes its time. */
  private static final double PATIENCE_MILLIS = 30_000;

  private final Playwright playwright = Playwright.create(
      new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
  private final Browser browser = playwright
      .chromium()
      .launch(new BrowserType.LaunchOptions()
          .setExecutablePath(Chromium.program())
          .setArgs(List.of("--no-sandbox", "--disable-gpu")));
  private final List<String> complaints = new ArrayList<>();

  Windows() {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
  }

  /** A window with cookies of its own. */
  Page open(String address, int width) {
    BrowserContext context =
        browser.newContext(new Browser.NewContextOptions().setViewportSize(width, 900));
    Page page = context.newPage();
    page.setDefaultTimeout(PATIENCE_MILLIS);
    page.onConsoleMessage(message -> {
      if (message.type().equals("error") || message.type().equals("warning")) {
        complaints.add(message.text());
      }
    });
    page.onPageError(complaints::add);
    page.navigate(address);
    return page;
  }

  /** What pages complained of, but for sockets of an instance that was killed. */
  void nothingWasComplainedOf() {
    assertThat(complaints)
        .filteredOn(text -> !text.contains("WebSocket connection to"))
        .isEmpty();
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
