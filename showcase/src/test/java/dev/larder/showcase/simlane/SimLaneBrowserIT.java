package dev.larder.showcase.simlane;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import dev.larder.showcase.live.Chromium;
import dev.larder.showcase.live.LiveSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages in a real browser, with an imported driver; pictures are left in {@code target/pages}. */
class SimLaneBrowserIT {
  private static final String RACING = """
      {"source": "Invented results",
       "drivers": [{"id": "mira-kelden", "name": "Mira Kelden", "nationalityCountryId": "estora"}],
       "circuits": [{"id": "low-ring", "name": "Low Ring", "placeName": "Low", "countryId": "estora"}],
       "races": [{"season": 2024, "race": "estora", "results": [
         {"position": "1", "driverId": "mira-kelden", "points": "25"}]}]}
      """;

  private static LiveSystem live;
  private static Playwright playwright;
  private static Browser browser;

  private final List<String> complaints = new ArrayList<>();
  private final List<BrowserContext> windows = new ArrayList<>();

  @BeforeAll
  static void open(@TempDir Path folder) throws IOException {
    Map<String, Object> properties = new HashMap<>(LiveSystem.PATIENT);
    properties.put(
        "simlane.racing",
        Files.writeString(folder.resolve("racing.json"), RACING).toString());
    live = LiveSystem.start(SimLaneApplication.class, properties);
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
    live.close();
  }

  @AfterEach
  void nothingWasComplainedOf() {
    windows.forEach(BrowserContext::close);
    assertThat(complaints).isEmpty();
  }

  private Page window(String locale, int width, ColorScheme colors) {
    BrowserContext window = browser.newContext(new Browser.NewContextOptions()
        .setLocale(locale)
        .setViewportSize(width, 800)
        .setColorScheme(colors));
    windows.add(window);
    Page page = window.newPage();
    page.onConsoleMessage(message -> {
      if (message.type().equals("error")) {
        complaints.add(message.text());
      }
    });
    page.onPageError(complaints::add);
    return page;
  }

  private static void go(Page page, String path) {
    page.navigate(live.address() + "/simlane" + path);
  }

  private static void logIn(Page page, String username) {
    go(page, "/login");
    page.locator("input[name=username]").fill(username);
    page.locator("input[name=password]").fill("simlane");
    page.locator("input[name=password]").press("Enter");
    assertThat(page.locator("[data-me]")).isVisible();
  }

  private static void picture(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions()
        .setPath(Path.of("target/pages/simlane-" + name + ".png"))
        .setFullPage(true));
  }

  @Test
  void twoPeopleInAClub_seeEachOthersChanges() {
    Page member = window("en", 1280, ColorScheme.LIGHT);
    Page manager = window("en", 1280, ColorScheme.LIGHT);
    logIn(member, "member");
    logIn(manager, "manager");
    go(member, "/clubs/3");
    go(manager, "/clubs/3");
    Locator count = manager.locator("[data-members]");
    int before = Integer.parseInt(count.innerText());
    member.locator("form[action$='/join'] button").click();
    assertThat(member.locator("[data-role]")).hasText("Member");
    manager.reload();
    assertThat(count).hasText(Integer.toString(before + 1));

    go(manager, "/clubs/1/manage");
    manager.locator("select[name=driver]").first().selectOption(new String[] {"4"});
    manager.locator("select[name=driver] + button").first().click();
    go(member, "/clubs/1");
    String name = member.locator("[data-me]").innerText();
    assertThat(member.locator("[data-section=teams] li").first()).hasText(name);
    picture(member, "club");

    go(member, "/events/1");
    member.locator("input[name=from]").fill("4");
    member.locator("input[name=to]").fill("6");
    member.locator("form[action$='/participation'] button").click();
    assertThat(member.locator("[data-section=participation]")).containsText("4–6");
    picture(member, "event");
    member.locator("form[action$='/logout'] button").click();
    assertThat(member.locator("[data-me]")).hasCount(0);
    go(member, "/clubs/1");
    assertThat(member).hasURL(live.address() + "/simlane/login");
  }

  @Test
  void visitorsOfTwoLanguages_eachHaveTheirs() {
    Page english = window("en-GB", 1280, ColorScheme.LIGHT);
    Page german = window("de-DE", 1280, ColorScheme.DARK);
    for (int round = 0; round < 2; round++) {
      go(english, "/profiles");
      go(german, "/profiles");
      assertThat(english.locator("h1")).hasText("Sim profiles");
      assertThat(german.locator("h1")).hasText("Sim-Profile");
    }
    picture(german, "profiles-de");
    go(german, "/profiles?simulator=archive");
    german.locator("text=Mira Kelden").click();
    assertThat(german.locator("dl")).containsText("25");
    assertThat(german.locator(".words")).hasText("Invented results");
  }

  @Test
  void administrator_switchesACacheOffAndSeesIt() {
    Page page = window("en", 1280, ColorScheme.LIGHT);
    logIn(page, "admin");
    go(page, "/caches");
    Locator row = page.locator("tr[data-cache=club_stats]");
    row.locator("input[name=percent]").fill("0");
    row.locator("button:has-text('Switch')").click();
    assertThat(row.locator("[data-percent]")).hasText("0 %");
    picture(page, "caches");
    row.locator("button:has-text('Clear')").click();
    assertThat(page.locator("[data-me]")).isVisible();
    row.locator("input[name=percent]").fill("100");
    row.locator("button:has-text('Switch')").click();
    assertThat(row.locator("[data-percent]")).hasText("100 %");
  }

  /** Nothing is wider than a small phone, and what is clicked can be reached with the keyboard. */
  @Test
  void pages_fitASmallScreen_andWorkByKeyboard() {
    Page page = window("en", 360, ColorScheme.DARK);
    logIn(page, "admin");
    for (String path : List.of(
        "/",
        "/profiles",
        "/profiles/gridline/p4",
        "/search?q=a",
        "/clubs",
        "/clubs/1",
        "/events/1",
        "/caches",
        "/about")) {
      go(page, path);
      Object wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
      assertThat(((Number) wider).intValue()).as(path).isLessThanOrEqualTo(0);
    }
    go(page, "/clubs/1");
    page.keyboard().press("Tab");
    assertThat(page.locator(".skip")).isFocused();
    picture(page, "small");
  }
}
