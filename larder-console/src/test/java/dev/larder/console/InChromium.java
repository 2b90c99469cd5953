package dev.larder.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A console over a larder of figures, in a real Chromium that has nothing to complain of and asks nobody else. */
abstract class InChromium {

  private static Browsers browsers;

  final FakeManagement management = new FakeManagement();
  final List<String> complaints = new ArrayList<>();
  private final List<String> outside = new ArrayList<>();
  private final ScheduledExecutorService traffic = Executors.newSingleThreadScheduledExecutor();
  Mounted console;
  BrowserContext window;

  @BeforeAll
  static void start() {
    browsers = Browsers.start();
  }

  @AfterAll
  static void stop() {
    browsers.close();
  }

  @BeforeEach
  void open() throws Exception {
    console = Mounted.of(
        management,
        ConsoleSettings.builder()
            .token(Client.TOKEN)
            .allowActions(true)
            .tokenSeesValues(true)
            .build());
    window = newWindow(new Browser.NewContextOptions().setViewportSize(1440, 960));
  }

  final BrowserContext newWindow(Browser.NewContextOptions options) {
    BrowserContext opened = browsers.browser().newContext(options);
    opened.setDefaultTimeout(15_000);
    opened.onConsoleMessage(message -> {
      if (message.type().equals("error") && !message.text().contains("401")) {
        complaints.add(message.text());
      }
    });
    opened.onWebError(error -> complaints.add(error.error()));
    String host = URI.create(console.address()).getAuthority();
    opened.onRequest(request -> {
      if (!host.equals(URI.create(request.url()).getAuthority())) {
        outside.add(request.url());
      }
    });
    return opened;
  }

  @AfterEach
  void close() throws Exception {
    traffic.shutdownNow();
    window.close();
    console.close();
    assertThat(complaints).isEmpty();
    assertThat(outside).isEmpty();
  }

  final Page logIn(String address) {
    Page page = window.newPage();
    page.navigate(console.address() + "#/" + address);
    page.getByLabel("Token").fill(Client.TOKEN);
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in"))
        .click();
    assertThat(page.locator("footer")).containsText("may act");
    return page;
  }

  static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  final void read() {
    var unused = traffic.scheduleAtFixedRate(
        () -> management.reads.addAndGet(1_800), 0, 100, TimeUnit.MILLISECONDS);
  }
}
