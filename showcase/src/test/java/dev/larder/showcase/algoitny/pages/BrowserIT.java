package dev.larder.showcase.algoitny.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.larder.showcase.algoitny.LiveAlgoItny;
import dev.larder.showcase.live.Chromium;
import dev.larder.showcase.live.LiveSystem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** AlgoItny's pages in a real browser; pictures of them are left in {@code target/pages}. */
class BrowserIT {
  private static final LiveSystem SYSTEM = LiveAlgoItny.shared();
  private static final String BASE = SYSTEM.address() + "/algoitny";

  private static Playwright playwright;
  private static Browser browser;

  private final List<String> complaints = new ArrayList<>();
  private BrowserContext window;

  @BeforeAll
  static void open() {
    playwright = Playwright.create(
        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser = playwright
        .chromium()
        .launch(new BrowserType.LaunchOptions()
            .setExecutablePath(Chromium.program())
            .setArgs(List.of("--no-sandbox", "--disable-gpu")));
  }

  @AfterAll
  static void close() {
    browser.close();
    playwright.close();
  }

  @AfterEach
  void nothingWasComplainedOf() {
    window.close();
    assertThat(complaints).isEmpty();
  }

  /** A window that writes down every error of a page and every request to another server. */
  private Page window(int width, ColorScheme colours) {
    window = browser.newContext(
        new Browser.NewContextOptions().setViewportSize(width, 900).setColorScheme(colours));
    Page page = window.newPage();
    page.setDefaultTimeout(30_000);
    page.onConsoleMessage(message -> {
      if (message.type().equals("error") || message.type().equals("warning")) {
        complaints.add(message.text());
      }
    });
    page.onPageError(complaints::add);
    page.onRequest(request -> {
      if (!request.url().startsWith(BASE + "/")) {
        complaints.add("asked for " + request.url());
      }
    });
    return page;
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static void logIn(Page page, String username) {
    page.navigate(BASE + "/login");
    page.getByLabel("Username").fill(username);
    button(page, "Log in").click();
    assertThat(button(page, "Log out")).isVisible();
  }

  @Test
  void everyPage_fitsItsWindow() {
    List<String> paths = List.of(
        "/",
        "/login",
        "/problems?platform=baekjoon",
        "/problems/7",
        "/drafts",
        "/registered",
        "/me",
        "/graphql-try",
        "/admin",
        "/admin/compression",
        "/admin/problems/new",
        "/admin/problems/7");
    for (int width : new int[] {360, 1_440}) {
      Page page = window(width, width == 360 ? ColorScheme.DARK : ColorScheme.LIGHT);
      logIn(page, "admin");
      for (String path : paths) {
        page.navigate(BASE + path);
        String name = path.replaceAll("[^a-z]+", "-").replaceAll("^-|-$", "");
        page.screenshot(new Page.ScreenshotOptions()
            .setPath(Path.of("target", "pages", "algoitny-" + name + "-" + width + ".png")));
        assertThat((int) page.evaluate("document.documentElement.scrollWidth"))
            .as("width of %s in a window of %s", path, width)
            .isLessThanOrEqualTo(width);
        assertThat(page.locator("h1").count()).as("headings of %s", path).isEqualTo(1);
        assertThat(page.getByText("What this page cost")).isVisible();
      }
      if (width == 360) {
        window.close();
      }
    }
  }

  @Test
  void administrator_createsEditsAndDeletes_andListsShowItAtOnce() {
    Page page = window(1_440, ColorScheme.LIGHT);
    logIn(page, "admin");
    page.navigate(BASE + "/problems?search=clicked");
    assertThat(page.getByText("None.")).isVisible();
    page.navigate(BASE + "/admin/problems/new");
    page.getByLabel("Number").fill("77");
    page.getByLabel("Title").fill("Clicked & <i>typed</i>");
    page.getByLabel("Statement").fill("Solve it.");
    page.getByLabel("Completed").check();
    button(page, "Save").click();
    assertThat(page.locator("h1")).hasText("Clicked & <i>typed</i>");
    page.navigate(BASE + "/problems?search=clicked");
    assertThat(page.locator("#total")).hasText("1");

    page.getByText("Clicked & <i>typed</i>").click();
    page.getByText("Edit", new Page.GetByTextOptions().setExact(true)).click();
    page.getByLabel("New input").fill("1 2");
    page.getByLabel("New output").fill("3");
    button(page, "Add").click();
    assertThat(page.locator(".cases > li")).hasCount(1);
    page.getByText("Edit", new Page.GetByTextOptions().setExact(true)).click();
    button(page, "Delete the problem").click();
    page.navigate(BASE + "/problems?search=clicked");
    assertThat(page.getByText("None.")).isVisible();
  }

  @Test
  void user_recordsShowsAndDeletesAnAttempt() {
    Page page = window(768, ColorScheme.DARK);
    page.navigate(BASE + "/login");
    page.locator("button.choose").nth(5).click();
    int before = Integer.parseInt(page.locator("#attempts").textContent());
    int shown = Integer.parseInt(page.locator("#public").textContent());
    page.navigate(BASE + "/problems/7");
    page.getByText("Record an attempt").click();
    button(page, "Record").click();
    assertThat(page.locator("#attempts")).hasText(Integer.toString(before + 1));
    button(page, "Show to everybody").first().click();
    assertThat(page.locator("#public")).hasText(Integer.toString(shown + 1));
    button(page, "Delete").first().click();
    assertThat(page.locator("#attempts")).hasText(Integer.toString(before));
    page.reload();
    assertThat(page.locator("[data-cost=statements]")).hasText("0");
  }

  @Test
  void administrator_endsEntriesWarmsAndTries() {
    Page page = window(1_440, ColorScheme.LIGHT);
    logIn(page, "admin");
    page.navigate(BASE + "/admin");
    Locator byPattern =
        page.locator("form").filter(new Locator.FilterOptions().setHasText("By pattern"));
    byPattern.getByLabel("do not wait").check();
    byPattern.getByText("End", new Locator.GetByTextOptions().setExact(true)).click();
    assertThat(page.locator("h1")).hasText("Invalidation");
    page.getByText("Look again").click();
    assertThat(page.locator("#state")).hasText("done");
    page.navigate(BASE + "/admin");
    button(page, "Warm problems").click();
    assertThat(page.getByRole(AriaRole.STATUS)).hasText("Warmed.");
    button(page, "Begin").click();
    assertThat(page.locator("#trial tbody tr")).hasCount(2);
    assertThat(page.locator("#trial-state")).containsText("warming up");
    button(page, "End the trial").click();
    assertThat(page.locator("#trial-state")).containsText("ended");
    button(page, "Clear all caches of AlgoItny").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("is ended");
  }

  @Test
  void graphQlPage_answersAndSaysWhichCacheDid() {
    Page page = window(1_440, ColorScheme.LIGHT);
    page.navigate(BASE + "/graphql-try");
    button(page, "One problem with a cached field").click();
    assertThat(page.locator("#answer")).containsText("\"statistics\"");
    button(page, "Ask").click();
    assertThat(page.locator("footer")).containsText("graphql");
    assertThat(page.locator("[data-cost=statements]")).hasText("0");
  }
}
