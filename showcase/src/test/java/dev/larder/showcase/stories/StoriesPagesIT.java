package dev.larder.showcase.stories;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import dev.larder.Cache;
import dev.larder.CacheTier;
import dev.larder.Larder;
import dev.larder.showcase.live.Caller;
import dev.larder.showcase.live.Chromium;
import dev.larder.showcase.live.LiveSystem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pages in a real browser, of a process that is set up by the variables that operators know. */
class StoriesPagesIT {
  private static LiveSystem.Servers servers;
  private static LiveSystem stories;
  private static Playwright playwright;
  private static Browser browser;

  private final List<String> complaints = new ArrayList<>();
  private BrowserContext window;

  @BeforeAll
  static void open() {
    servers = LiveSystem.Servers.start();
    Map<String, Object> variables = new LinkedHashMap<>(LiveSystem.PATIENT);
    variables.put("REDIS_URL", "");
    variables.put("VALKEY_URL", servers.redis().uri());
    variables.put("CACHE_TTL_USER_PROFILE", 77);
    variables.put("CACHE_TTL_STORY_LISTING", 78);
    variables.put("CACHE_TTL_SEARCH_RESULTS", 79);
    variables.put("L1_CACHE_MAX_SIZE", 500);
    variables.put("L1_CACHE_DEFAULT_TTL", 30);
    stories = LiveSystem.on(servers, StoriesApplication.class, variables);
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
    stories.close();
    servers.close();
  }

  @BeforeEach
  void newWindow() {
    window = browser.newContext(new Browser.NewContextOptions().setViewportSize(360, 740));
    window.onConsoleMessage(message -> {
      if (message.type().equals("error")) {
        complaints.add(message.text());
      }
    });
    window.onWebError(error -> complaints.add(error.error()));
  }

  @AfterEach
  void nothingWasComplainedOf() {
    window.close();
    assertThat(complaints).isEmpty();
  }

  private Page page(String path) {
    Page page = window.newPage();
    page.navigate(stories.address() + "/stories" + path);
    return page;
  }

  private Page logIn(int suggestion) {
    Page page = page("/login");
    page.locator(".people button").nth(suggestion).click();
    assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log out")))
        .isVisible();
    return page;
  }

  private static void press(Page page, String button) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true))
        .click();
  }

  private static boolean fits(Page page) {
    return (boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth");
  }

  private static Cache<?, ?> cache(String name) {
    return stories.part(Larder.class).find(name).orElseThrow();
  }

  @Test
  void variables_setTimesSizesAndTheAddressOfValkey() {
    assertThat(cache("user-profile").policy().ttl()).isEqualTo(Duration.ofSeconds(77));
    assertThat(cache("user-stats").policy().ttl()).isEqualTo(Duration.ofSeconds(77));
    assertThat(cache("by-author").policy().ttl()).isEqualTo(Duration.ofSeconds(78));
    assertThat(cache("search").policy().ttl()).isEqualTo(Duration.ofSeconds(79));
    assertThat(cache("trending").policy().ttl()).isEqualTo(Duration.ofSeconds(600));
    assertThat(cache("comments").policy().ttl()).isEqualTo(Duration.ofSeconds(300));
    for (String name : stories.part(Larder.class).cacheNames()) {
      assertThat(cache(name).policy().l1Maximum()).as(name).isEqualTo(500);
      assertThat(cache(name).policy().l1Ttl()).as(name).isEqualTo(Duration.ofSeconds(30));
      assertThat(cache(name).policy().jitter()).as(name).isEqualTo(0.1);
    }
    assertThat(stories.part(Larder.class).tiers())
        .anyMatch(tier -> tier.tier() == CacheTier.L2 && !tier.isDegraded());
  }

  @Test
  void front_secondTime_sendsNoStatement() {
    Caller.Reply first = stories.anybody().get("/stories/");
    assertThat(first.status()).isEqualTo(200);
    Page page = page("/");
    assertThat(page.locator("[data-cost=statements]")).hasText("0");
    assertThat(page.locator("h2#trending")).isVisible();
    assertThat(page.locator(".tier-l1").first()).isVisible();
    assertThat(fits(page)).isTrue();
  }

  @Test
  void author_writesPublishesAndEdits() {
    Page page = logIn(1);
    page.locator("a[href='/stories/write']").click();
    page.locator("input[name=title]").fill("A lantern in March");
    page.locator("textarea[name=body]").fill("It was lit.");
    page.getByLabel("islands").check();
    press(page, "Save the draft");
    assertThat(page.getByRole(AriaRole.HEADING).first()).hasText("Your draft");
    assertThat(stories.anybody().get("/stories/api/stories?q=lantern").json()).isEmpty();
    press(page, "Publish");
    assertThat(page.getByRole(AriaRole.HEADING).first()).hasText("A lantern in March");
    assertThat(page.locator(".chips")).containsText("islands");
    assertThat(stories.anybody().get("/stories/api/stories?q=lantern").json()).hasSize(1);
    page.locator("a:text('Edit')").click();
    page.locator("input[name=title]").fill("A lantern in April");
    press(page, "Save");
    page.locator("a:text('Read it')").click();
    assertThat(page.getByRole(AriaRole.HEADING).first()).hasText("A lantern in April");
    assertThat(fits(page)).isTrue();
  }

  @Test
  void reader_commentsAndFollows_andTheAuthorReadsOfIt() {
    assertThat(stories
            .anybody()
            .with("X-Stories-User", "3")
            .json("DELETE", "/stories/api/users/1/follow", "")
            .status())
        .isEqualTo(204);
    Page reader = logIn(2);
    reader.navigate(stories.address() + "/stories/authors/1");
    String followers = reader.locator("[data-followers]").innerText();
    press(reader, "Follow");
    assertThat(reader.locator("[data-followers]"))
        .hasText(Long.toString(Long.parseLong(followers) + 1));
    reader.locator("main h3 a").first().click();
    String total = reader.locator("[data-total]").innerText();
    reader.getByLabel("Your comment").fill("<b>Well</b> told");
    press(reader, "Say it");
    assertThat(reader.locator("[data-total]")).hasText(Long.toString(Long.parseLong(total) + 1));
    assertThat(reader.locator(".comments .words").first()).hasText("<b>Well</b> told");
    window.clearCookies();
    Page author = logIn(0);
    long unread = Long.parseLong(author.locator("[data-badge]").innerText());
    author.navigate(stories.address() + "/stories/notifications");
    author
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Mark as read"))
        .first()
        .click();
    assertThat(author.locator("[data-badge]")).hasText(Long.toString(unread - 1));
    press(author, "Mark all as read");
    assertThat(author.locator("[data-badge]")).hasCount(0);
    assertThat(fits(author)).isTrue();
  }

  @Test
  void settings_areSeenAtOnce() {
    Page page = logIn(3);
    page.locator("a.who").click();
    page.getByLabel("Trending stories").fill("3");
    page.locator("form[action='/stories/settings'] button").click();
    page.getByLabel("Name").fill("Someone Else");
    page.locator("form[action='/stories/settings/profile'] button").click();
    assertThat(page.getByLabel("Name")).hasValue("Someone Else");
    page.navigate(stories.address() + "/stories/");
    assertThat(page.locator("section[aria-labelledby=trending] li")).hasCount(3);
    page.navigate(stories.address() + "/stories/authors/4");
    assertThat(page.getByRole(AriaRole.HEADING).first()).hasText("Someone Else");
  }

  @Test
  void statistics_showEachCache() {
    assertThat(stories.anybody().get("/stories/api/users/1/stats").status()).isEqualTo(200);
    Page page = page("/statistics");
    assertThat(page.locator("[data-cache=user-stats]")).containsText("hit rate");
    assertThat(page.locator("[data-cache]"))
        .hasCount(stories.part(Larder.class).cacheNames().size());
    assertThat(fits(page)).isTrue();
  }

  @Test
  void writes_ofOtherSitesAndOfNobody_areRefused() {
    assertThat(stories
            .anybody()
            .with("X-Stories-User", "2")
            .with("Sec-Fetch-Site", "cross-site")
            .form("/stories/settings", "trendingLimit=1")
            .status())
        .isEqualTo(403);
    Caller.Reply unknown = stories.anybody().form("/stories/notifications/read", "");
    assertThat(unknown.status()).isEqualTo(302);
    assertThat(unknown.header("Location")).endsWith("/stories/login");
    assertThat(stories.anybody().get("/stories/stories/999999").status()).isEqualTo(404);
    assertThat(stories.anybody().get("/stories/api/stories/trending?limit=51").status())
        .isEqualTo(400);
  }
}
