package dev.larder.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.larder.manage.Event;
import dev.larder.manage.SessionReport;
import dev.larder.manage.TrialPlan;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages in a real Chromium, over a larder of figures. */
class ConsolePagesIT {

  private static final List<String> ADDRESSES = List.of(
      "overview",
      "caches",
      "caches/feed",
      "keys",
      "keys/app%3Aalbum%3Av1%3A42",
      "loads",
      "invalidations",
      "warming",
      "advisor",
      "nodes",
      "http",
      "sessions");

  private static Browsers browsers;

  private final FakeManagement management = new FakeManagement();
  private final List<String> complaints = new ArrayList<>();
  private final List<String> outside = new ArrayList<>();
  private final ScheduledExecutorService traffic = Executors.newSingleThreadScheduledExecutor();
  private Mounted console;
  private BrowserContext window;

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

  private BrowserContext newWindow(Browser.NewContextOptions options) {
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

  private Page logIn(String address) {
    Page page = window.newPage();
    page.navigate(console.address() + "#/" + address);
    page.getByLabel("Token").fill(Client.TOKEN);
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in"))
        .click();
    assertThat(page.locator("footer")).containsText("may act");
    return page;
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private void read() {
    var unused = traffic.scheduleAtFixedRate(
        () -> management.reads.addAndGet(1_800), 0, 100, TimeUnit.MILLISECONDS);
  }

  @Test
  void logIn_wrongToken_saysSo_rightTokenOpens() {
    Page page = window.newPage();
    page.navigate(console.address());
    page.getByLabel("Token").fill("not the token at all");
    button(page, "Log in").click();
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("This is not the token");
    page.getByLabel("Token").fill(Client.TOKEN);
    button(page, "Log in").click();
    assertThat(page.locator("header")).containsText("live");
    button(page, "Log out").click();
    assertThat(page.getByLabel("Token")).isVisible();
  }

  @Test
  void overview_movesWithTraffic_andTellsOfAnOutage() {
    Page page = logIn("overview");
    assertThat(page.locator("[data-tile=Reads] .figure")).hasText(Pattern.compile("^0\\s*/s"));
    read();
    assertThat(page.locator("[data-tile=Reads] .figure")).hasText(Pattern.compile("[1-9].*/s"));
    assertThat(page.locator("[data-band=l1]")).hasText(Pattern.compile("[1-9][0-9,]* /s"));
    assertThat(page.locator("[data-tier=L2]")).containsText("L2 Redis ok");
    assertThat(page.locator("[data-verdict=good]")).containsText("All is well");

    management.circuit = "open";
    management.happen(Event.Kind.CIRCUIT, "", "L2", "open after 12 failures", 0, 1);
    assertThat(page.locator("[data-tier=L2]")).containsText("skipped on 2 of 2");
    assertThat(page.locator("reads-chart .marks")).containsText("open after 12 failures");
    assertThat(page.locator("header")).containsText("2 of 2 nodes unsure");
    Locator verdict = page.locator("[data-verdict=bad]");
    assertThat(verdict).containsText("skips L2 (redis): its circuit is open");
    assertThat(verdict).containsText("slower, not older");
  }

  @Test
  void invalidations_showLive_filtered_withStorms() {
    Page page = logIn("invalidations");
    management.happen(Event.Kind.INVALIDATION, "", "tag user:7", "outbox at 9.118", 3_000_000, 1);
    management.happen(
        Event.Kind.INVALIDATION, "", "tag feed, tag wall and 398 more", "fan-out", 0, 400);
    assertThat(page.locator("tbody tr")).hasCount(2);
    assertThat(page.locator("tbody tr").first()).containsText("storm");
    page.getByLabel("Contains").fill("user:7");
    assertThat(page.locator("tbody tr")).hasCount(1);
    assertThat(page.locator("tbody")).containsText("3 ms");
  }

  @Test
  void inspector_saysWhatDiffers_showsTheValue_andInvalidatesAfterAPreview() {
    Page page = logIn("keys/app%3Aalbum%3Av1%3A42");
    assertThat(page.locator("main"))
        .containsText("L1 of node-b still holds an entry that was invalidated since");
    assertThat(page.locator("main")).containsText("No differences between the copies");
    assertThat(page.locator("main")).containsText("Feeds.of:88");
    assertThat(page.locator("main")).not().containsText("OK Computer");
    button(page, "Show value").click();
    assertThat(page.locator("pre")).containsText("<b>OK Computer</b>");

    button(page, "Invalidate…").click();
    assertThat(page.getByRole(AriaRole.DIALOG)).containsText("1 stored entry");
    button(page, "Leave it").click();
    assertThat(management.orders).isEmpty();
    button(page, "Invalidate tag user:7…").click();
    assertThat(page.getByRole(AriaRole.DIALOG)).containsText("214 stored entries");
    assertThat(button(page, "Invalidate")).isDisabled();
    page.getByLabel("Type user:7 to confirm").fill("user:7");
    button(page, "Invalidate").click();
    assertThat(page.locator(".done")).containsText("Done: invalidate TAG [user:7]");
    assertThat(page.locator("tbody").first()).not().containsText("fresh");
    assertThat(management.orders).hasSize(1);
  }

  @Test
  void keysWithMarkup_areText_everywhere() {
    management.happen(
        Event.Kind.INVALIDATION, "", FakeManagement.EVIL, FakeManagement.EVIL_IMAGE, 0, 1);
    management.happen(
        Event.Kind.LOAD, "search", FakeManagement.EVIL_IMAGE, FakeManagement.EVIL, 9, 1);
    read();
    Page page = logIn("keys");
    button(page, "Search").click();
    assertThat(page.locator("keys-page tbody tr")).hasCount(5);
    assertThat(page.locator("keys-page")).containsText(FakeManagement.EVIL);
    page.locator("keys-page tbody a").nth(3).click();
    assertThat(page.locator("h1")).containsText(FakeManagement.EVIL_IMAGE);
    List<String> addresses = new ArrayList<>(ADDRESSES);
    for (String evil : List.of(FakeManagement.EVIL, FakeManagement.EVIL_IMAGE)) {
      String name = URLEncoder.encode(evil, StandardCharsets.UTF_8).replace("+", "%20");
      addresses.add("keys/" + name);
      addresses.add("caches/" + name);
    }
    for (String address : addresses) {
      page.evaluate("address => { location.hash = '#/' + address }", address);
      assertThat(page.locator("main h1").first()).isAttached();
      assertThat(page.locator("main img, main script")).hasCount(0);
      assertThat(page.title()).endsWith("Larder");
    }
  }

  @Test
  void keyboardAlone_findsAKeyAndInvalidatesIt() {
    Page page = window.newPage();
    page.navigate(console.address());
    page.getByLabel("Token").waitFor();
    press(page, "Tab", "Token");
    page.keyboard().type(Client.TOKEN);
    page.keyboard().press("Enter");
    assertThat(page.locator("footer")).containsText("may act");

    press(page, "Tab", "To the content");
    assertThat(page.locator(".skip")).isInViewport();
    String outline =
        (String) page.evaluate("getComputedStyle(document.activeElement).outlineStyle");
    assertThat(outline).isEqualTo("solid");
    press(page, "Tab", "Keys");
    page.keyboard().press("Enter");
    press(page, "Tab", "Full key, such as app:album:v1:42");
    page.keyboard().type("app:album:v1:42");
    page.keyboard().press("Enter");
    assertThat(page.locator("h1")).containsText("app:album:v1:42");
    page.locator("tbody").first().waitFor();
    press(page, "Tab", "Invalidate…");
    page.keyboard().press("Enter");
    assertThat(page.getByRole(AriaRole.DIALOG)).containsText("1 stored entry");
    press(page, "Tab", "Leave it");
    page.keyboard().press("Escape");
    assertThat(page.getByRole(AriaRole.DIALOG)).not().isVisible();
    assertThat(management.orders).isEmpty();
    // The focus is where it was.
    page.keyboard().press("Enter");
    assertThat(page.getByRole(AriaRole.DIALOG)).containsText("1 stored entry");
    // A busy browser tells of the first closing only now.
    page.evaluate("document.querySelector('dialog[open]').dispatchEvent(new Event('close'))");
    press(page, "Tab", "Invalidate");
    page.keyboard().press("Enter");
    assertThat(page.locator(".done")).containsText("Done: invalidate KEY");
  }

  /** Presses until the thing of that name has the focus. */
  private static void press(Page page, String key, String name) {
    String focused = "";
    for (int pressed = 0; pressed < 60; pressed++) {
      page.keyboard().press(key);
      focused = (String) page.evaluate(
          "(document.activeElement.labels?.[0] ?? document.activeElement).innerText" + ".trim()");
      if (focused.equals(name)) {
        return;
      }
    }
    throw new AssertionError(name + " never had the focus; last was " + focused);
  }

  @Test
  void cache_isSwitched_andInvalidatedOnlyByItsName() {
    Page page = logIn("caches/feed");
    page.getByLabel("Share of keys that are cached, %").fill("25");
    button(page, "Set switch on all nodes…").click();
    assertThat(page.getByRole(AriaRole.DIALOG))
        .containsText("Let 25 % of the keys be cached, on all nodes, in feed?");
    assertThat(page.getByRole(AriaRole.DIALOG)).containsText("The source will be asked about");
    button(page, "Leave it").click();
    assertThat(page.getByRole(AriaRole.DIALOG)).not().isVisible();
    assertThat(management.orders).isEmpty();
    button(page, "Set switch on all nodes…").click();
    button(page, "Set switch").click();
    assertThat(page.locator(".done")).containsText("turn feed 25");
    button(page, "Invalidate the whole cache…").click();
    assertThat(page.getByRole(AriaRole.DIALOG)).containsText("214 stored entries");
    page.getByLabel("Type feed to confirm").fill("fee");
    assertThat(button(page, "Invalidate")).isDisabled();
    page.getByLabel("Type feed to confirm").fill("feed");
    button(page, "Invalidate").click();
    assertThat(page.locator(".done")).containsText("invalidate CACHE [feed]");
    assertThat(management.orders)
        .first()
        .asString()
        .startsWith("turn feed 25 by token from 127.0.0.1");
  }

  @Test
  void warming_isPaused_advice_isCopied() {
    window.grantPermissions(List.of("clipboard-read", "clipboard-write"));
    Page page = logIn("warming");
    assertThat(page.locator("[data-warm-up=problem-list]")).containsText("6,200 of 10,000");
    assertThat(page.locator("[data-warm-up=problem-list] [data-declared]"))
        .hasText("Declared: at most 500 keys a second, 4 loads at a time.");
    button(page, "Pause problem-list").click();
    assertThat(page.locator("[data-warm-up=problem-list]")).containsText("paused");
    assertThat(button(page, "Resume problem-list")).isVisible();
    page.getByText("Resume with less").click();
    assertThat(page.getByLabel("Keys a second, at most")).hasAttribute("max", "500");
    page.getByLabel("Keys a second, at most").fill("50");
    button(page, "Resume so problem-list").click();
    assertThat(page.locator(".done")).containsText("warm problem-list RESUME 50/s");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Advisor"))
        .click();
    button(page, "Copy as configuration for search").click();
    String yaml = "larder:\n  caches:\n    search:\n      ttl: 1m";
    assertThat(page.getByRole(AriaRole.STATUS)
            .filter(new Locator.FilterOptions().setHasText("Copied")))
        .isVisible();
    assertThat(page.locator("[data-advice=search] pre")).hasText(yaml);
    assertThat(page.evaluate("navigator.clipboard.readText()")).isEqualTo(yaml);
  }

  @Test
  void advice_isSimulated_withOtherSettings_andThoseAreCopied() {
    window.grantPermissions(List.of("clipboard-read", "clipboard-write"));
    Page page = logIn("advisor");
    Locator search = page.locator("[data-advice=search]");
    button(page, "Simulate for search").click();
    // The settings of the advice are there already.
    assertThat(search.getByLabel("ttl")).hasValue("1m");
    search.getByLabel("ttl").fill("2m");
    search.getByLabel("entries in L1").fill("5000");
    button(page, "Replay").click();
    Locator found = search.locator("[data-simulation]");
    assertThat(found).containsText("46.1 %");
    assertThat(found).containsText("45.8 %");
    assertThat(found).containsText("338 MB");
    assertThat(found).containsText("68 MB");
    assertThat(found).containsText("12,345 sampled reads");
    assertThat(found).containsText("1.6 % of keys");
    assertThat(management.simulated).containsExactly("search PT2M 5000");
    button(page, "Copy what was replayed for search").click();
    assertThat(page.evaluate("navigator.clipboard.readText()"))
        .isEqualTo("larder:\n  caches:\n    search:\n      l1-max-entries: 5000\n      ttl: 2m");
    search.getByLabel("ttl").fill("soon");
    button(page, "Replay").click();
    assertThat(search.getByRole(AriaRole.ALERT)).containsText("soon is not a time");
    // The server says no in a status that browsers complain of.
    complaints.removeIf(text -> text.contains("400"));
  }

  @Test
  void trial_isProposed_started_counts_andIsEnded() {
    window.grantPermissions(List.of("clipboard-read", "clipboard-write"));
    Page page = logIn("advisor");
    assertThat(page.locator("ttl-trials")).containsText("No trial runs");
    page.getByLabel("ttls to try").fill("1m, 10m");
    page.getByLabel("share of keys for each").fill("20");
    page.locator("ttl-trials select").selectOption("feed");
    button(page, "See what it means").click();
    Locator proposed = page.locator("[data-proposed=feed]");
    assertThat(proposed).containsText("20 % of the keys of feed live 1 min");
    assertThat(proposed).containsText("60 % live 5 min as always, for 1 h");
    assertThat(proposed).containsText("A value that changes may be served for longer.");
    assertThat(management.orders).isEmpty();

    // What was proposed is not what would be started.
    page.getByLabel("ttls to try").fill("1m");
    assertThat(proposed).hasCount(0);
    button(page, "See what it means").click();
    button(page, "Start the trial of feed").click();
    assertThat(
            page.getByRole(AriaRole.STATUS).filter(new Locator.FilterOptions().setHasText("done")))
        .isVisible();
    assertThat(management.orders)
        .hasSize(1)
        .first()
        .asString()
        .startsWith("trial feed [60000] 20 0 by token");
    Locator feed = page.locator("[data-trial=feed]");
    assertThat(feed).containsText("not counted yet");
    assertThat(feed).containsText("too few reads");

    management.trials.count(new TrialPlan("feed", List.of(60_000L), 20, 0), 20_000);
    assertThat(feed).containsText("counting");
    assertThat(feed.locator("tbody tr").nth(0)).containsText("16,000");
    assertThat(feed.locator("tbody tr").nth(0)).containsText("90.4 %");
    assertThat(feed.locator("tbody tr").nth(1)).containsText("fewer hits");
    assertThat(feed.locator("tbody tr").nth(1)).containsText("−22.1 to −16.3");
    assertThat(feed).containsText("fewer hits, hit rate 90.4 → 71.2 %");

    button(page, "Copy ttl 1 min as configuration for feed").click();
    assertThat(page.getByRole(AriaRole.STATUS)
            .filter(new Locator.FilterOptions().setHasText("Copied")))
        .isVisible();
    assertThat(page.evaluate("navigator.clipboard.readText()"))
        .isEqualTo("larder:\n  caches:\n    feed:\n      ttl: 1m");
    button(page, "End the trial of feed").click();
    assertThat(feed).containsText("ended");
    assertThat(button(page, "End the trial of feed")).hasCount(0);

    page.getByLabel("ttls to try").fill("5m");
    button(page, "See what it means").click();
    assertThat(page.locator("ttl-trials").getByRole(AriaRole.ALERT))
        .containsText("5 min is the policy's");
    // The server says no in a status that browsers complain of.
    complaints.removeIf(text -> text.contains("400"));
  }

  @Test
  void http_tellsOfRoutes_withReasons_andMarksUnkeyedInputs() {
    Page page = logIn("http");
    Locator albums = page.locator("tbody tr")
        .filter(new Locator.FilterOptions().setHasText("/albums/{id}"))
        .first();
    assertThat(albums).containsText("Albums.album");
    assertThat(albums).containsText("10,000");
    assertThat(albums).containsText("93 %");
    albums.locator("summary").last().click();
    assertThat(albums).containsText("150 × the visitor is logged in");
    Locator search = page.locator("tbody tr")
        .filter(new Locator.FilterOptions().setHasText("/search"))
        .first();
    assertThat(search).containsText("1,000 or more");
    search.locator("summary").first().click();
    assertThat(search.locator(".unkeyed")).containsText("header X-Forwarded-Host");
    assertThat(search.locator(".unkeyed")).containsText(FakeManagement.EVIL);
    assertThat(page.locator("main img, main script")).hasCount(0);
    assertThat(page.locator("main")).containsText("GET /albums/{id}");
    assertThat(page.locator("main")).containsText("93.3 %");
  }

  @Test
  void http_triesAPathOfTheApplication_withoutCookies_andNoOther() {
    Page page = logIn("http");
    window.addCookies(List.of(new com.microsoft.playwright.options.Cookie("visitor", "olga")
        .setUrl(URI.create(console.address()).resolve("/").toString())));
    page.getByLabel("Path").fill("/shop/echo?page=2");
    button(page, "Try").click();
    Locator tried = page.locator("[data-tried]");
    assertThat(tried).containsText("200");
    assertThat(tried).containsText("larder; hit; ttl=77");
    assertThat(tried).containsText("\"echo-1\"");
    assertThat(tried).containsText("29");
    assertThat(console.asked()).hasSize(1);
    assertThat(console.asked().get(0))
        .contains("GET /shop/echo?page=2")
        .contains("cookie: null")
        .contains("authorization: null")
        .contains("cache-control: max-age=31536000")
        .contains("referer: null");
    for (String other : List.of(
        "//127.0.0.1:1/echo",
        "/\\127.0.0.1:1/echo",
        "http://127.0.0.1:1/echo",
        "echo",
        "javascript:alert(1)",
        "/a b")) {
      page.getByLabel("Path").fill(other);
      button(page, "Try").click();
      assertThat(page.getByRole(AriaRole.ALERT)).containsText("begins with one slash");
      assertThat(tried).hasCount(0);
    }
    assertThat(console.asked()).hasSize(1);
  }

  @Test
  void sessions_showFigures_perNode_andSayThatClearsDoNotTouchThem() {
    Page page = logIn("sessions");
    assertThat(page.locator("[data-living]")).hasText("214");
    Locator all = page.locator("[data-sessions]");
    assertThat(all).containsText("table larder.session, with a cache in Redis before it");
    assertThat(all).containsText("17,000 by the cache before the store");
    assertThat(all).containsText("skipped on 1 of 2");
    assertThat(all).containsText("1 wait for the store");
    assertThat(all.locator("tbody tr")).hasCount(2);
    assertThat(page.locator("main")).containsText("logs nobody out");
  }

  @Test
  void sessions_thatAreNotKeptHere_leaveASentence() {
    management.sessions = new SessionReport(
        List.of(new SessionReport.NodeSessions("node-a", List.of())), List.of("node-b"));
    Page page = logIn("sessions");
    assertThat(page.locator("main")).containsText("No sessions are kept in Larder");
    assertThat(page.locator("main")).containsText("Missing: node-b");
  }

  @Test
  void fiveHundredCaches_arePaged() {
    management.moreCaches = 500;
    Page page = logIn("caches");
    assertThat(page.locator("tbody tr")).hasCount(100);
    assertThat(page.locator(".pages")).containsText("1 to 100 of 504");
    button(page, "Next").click();
    assertThat(page.locator(".pages")).containsText("101 to 200 of 504");
  }

  @Test
  void visitorWhoMayOnlyLook_seesNoButtonsThatAct() throws Exception {
    console.close();
    console = Mounted.of(management, ConsoleSettings.builder().viewRole("look").build());
    window.close();
    window = newWindow(new Browser.NewContextOptions()
        .setExtraHTTPHeaders(java.util.Map.of("X-Test-Roles", "look")));
    Page page = window.newPage();
    page.navigate(console.address() + "#/keys/app%3Aalbum%3Av1%3A42");
    assertThat(page.locator("footer")).containsText("may look · values are hidden");
    assertThat(page.locator("tbody").first()).containsText("L1 of node-a");
    assertThat(page.locator("button.danger")).hasCount(0);
    assertThat(button(page, "Show value")).hasCount(0);
  }

  @ParameterizedTest
  @CsvSource({"360, light", "360, dark", "768, light", "768, dark", "1440, light", "1440, dark"})
  void everyPage_keepsTheRulesOfAccessibility_andFitsItsWidth(int width, String colours) {
    window.close();
    window = newWindow(new Browser.NewContextOptions()
        .setViewportSize(width, 900)
        .setColorScheme(ColorScheme.valueOf(colours.toUpperCase(java.util.Locale.ROOT))));
    management.happen(
        Event.Kind.INVALIDATION, "", "tag user:42", "commit at 9.118", 3_000_000, 214);
    management.happen(Event.Kind.INVALIDATION, "", "key app:album:v1:77", "@CacheEvict", 0, 1);
    management.happen(Event.Kind.LOAD, "feed", "app:feed:v1:user=7", "Feeds.of:88", 118_000_000, 1);
    management.happen(
        Event.Kind.LOAD_FAILED,
        "feed",
        "app:feed:v1:user=9",
        "Feeds.of:88: SQLException",
        31_000_000,
        1);
    management.happen(Event.Kind.CIRCUIT, "", "L2", "closed again after 11 s", 0, 1);
    management.trials.count(new TrialPlan("feed", List.of(60_000L, 600_000L), 20, 0), 20_000);
    read();
    Page page = logIn("overview");
    // The rules take seconds a page: two sets of colours and two layouts are enough for them.
    boolean isChecked =
        width == 360 ? colours.equals("light") : width == 1440 && colours.equals("dark");
    for (String address : ADDRESSES) {
      page.evaluate("address => { location.hash = '#/' + address }", address);
      page.locator("main h1")
          .first()
          .waitFor(new Locator.WaitForOptions()
              .setState(com.microsoft.playwright.options.WaitForSelectorState.ATTACHED));
      page.locator("main .panel").first().waitFor();
      if (address.equals("overview")) {
        assertThat(page.locator("[data-band=l1]")).hasText(Pattern.compile("[1-9][0-9,]* /s"));
      }
      String name = address.replaceAll("[^a-z]+", "-") + "-" + width + "-" + colours;
      page.screenshot(new Page.ScreenshotOptions()
          .setFullPage(true)
          .setPath(Path.of("target", "pages", name + ".png")));
      assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
          .as("width of " + name)
          .isLessThanOrEqualTo(width);
      if (!isChecked) {
        continue;
      }
      List<String> violations = new AxeBuilder(page)
              .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))
              .analyze()
              .getViolations()
              .stream()
              .map(ConsolePagesIT::words)
              .toList();
      assertThat(violations).as(name).isEmpty();
    }
  }

  private static String words(Rule rule) {
    return rule.getId() + ": " + rule.getHelp() + " at " + rule.getNodes();
  }
}
