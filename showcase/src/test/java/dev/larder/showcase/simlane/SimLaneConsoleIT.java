package dev.larder.showcase.simlane;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import dev.larder.Larder;
import dev.larder.showcase.live.Caller;
import dev.larder.showcase.live.Caller.Reply;
import dev.larder.showcase.live.Chromium;
import dev.larder.showcase.live.LiveSystem;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The console's pages of HTTP and sessions, in a real browser, over two instances that answer visitors
 * and keep their sessions in a real PostgreSQL and Redis.
 */
class SimLaneConsoleIT {
  private static final String TOKEN = "0123456789abcdef0123";
  private static final double PATIENCE = 60_000;

  private static LiveSystem.Servers servers;
  private static LiveSystem live;
  private static LiveSystem other;
  private static Playwright playwright;
  private static Browser browser;

  private final List<String> complaints = new ArrayList<>();
  private final List<String> outside = new ArrayList<>();
  private BrowserContext window;

  @BeforeAll
  static void open() {
    Map<String, Object> properties = new HashMap<>(LiveSystem.PATIENT);
    properties.put("showcase.console.token", TOKEN);
    servers = LiveSystem.Servers.start();
    live = LiveSystem.on(servers, SimLaneApplication.class, properties);
    other = LiveSystem.on(servers, SimLaneApplication.class, properties);
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
    other.close();
    live.close();
    servers.close();
  }

  @AfterEach
  void nothingWasComplainedOf() {
    window.close();
    assertThat(complaints).isEmpty();
    assertThat(outside).isEmpty();
  }

  private Page console(String page) {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
    window = browser.newContext(new Browser.NewContextOptions().setViewportSize(1440, 1000));
    window.setDefaultTimeout(PATIENCE);
    window.onConsoleMessage(message -> {
      if (message.type().equals("error") && !message.text().contains("401")) {
        complaints.add(message.text());
      }
    });
    window.onWebError(error -> complaints.add(error.error()));
    window.onRequest(request -> {
      if (!request.url().startsWith(live.address().toString())) {
        outside.add(request.url());
      }
    });
    Page opened = window.newPage();
    opened.navigate(live.address() + "/simlane/larder/#/" + page);
    opened.getByLabel("Token").fill(TOKEN);
    button(opened, "Log in").click();
    assertThat(opened.locator("header")).containsText("2 nodes");
    return opened;
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator row(Locator rows, String text) {
    return rows.filter(new Locator.FilterOptions().setHasText(text));
  }

  @Test
  void routes_areToldWithTheReasonsWhyTheirResponsesWereNotKept() {
    Visitor anybody = Visitor.of(live.anybody());
    anybody.get("/about");
    for (int i = 0; i < 3; i++) {
      assertThat(anybody.isKept("/about")).isTrue();
    }
    assertThat(Visitor.of(other.anybody()).isKept("/about")).isTrue();
    Visitor member = Visitor.loggedIn(live.anybody(), "member");
    member.get("/about");
    member.get("/about");

    Page page = console("http");
    Locator about = row(page.locator("http-page tbody tr"), "/about").first();
    assertThat(about).containsText("PublicPages.about");
    // Two by somebody who is logged in, five by anybody: one was stored.
    assertThat(about.locator("td").nth(0)).hasText("7");
    assertThat(about.locator("td").nth(1)).hasText("57.1 %");
    assertThat(about.locator("td").nth(3)).hasText("1");
    about.locator("summary").last().click();
    assertThat(about.locator(".reasons").last()).hasText("2 × the visitor is logged in");
    assertThat(about.locator("td").last().locator("a")).containsText("PublicPages.about");
  }

  @Test
  void tryIt_asksAsNobody_whoeverLooks() {
    Page page = console("http");
    String session = Visitor.loggedIn(live.anybody(), "member").cookie();
    int at = session.indexOf('=');
    window.addCookies(List.of(new Cookie(session.substring(0, at), session.substring(at + 1))
        .setUrl(live.address() + "/simlane/")));
    page.getByLabel("Path").fill("/simlane/terms");
    button(page, "Try").click();
    Locator tried = page.locator("[data-tried]");
    assertThat(tried).containsText("200");
    assertThat(tried).containsText("fwd=miss");
    button(page, "Try").click();
    assertThat(tried).containsText("; hit");
    assertThat(tried).containsText("cache;desc=");
    page.getByLabel("Path").fill("/simlane/clubs/1");
    button(page, "Try").click();
    assertThat(tried).containsText("a redirect");
  }

  /** Ids of sessions that live, and what stores know them by. */
  private static Map<String, String> names(Visitor... visitors) {
    Map<String, String> names = new LinkedHashMap<>();
    for (Visitor visitor : visitors) {
      String cookie = visitor.cookie();
      String value = cookie.substring(cookie.indexOf('=') + 1);
      names.put("cookie " + names.size(), value);
      names.put(
          "id " + names.size(),
          new String(Base64.getDecoder().decode(value), StandardCharsets.US_ASCII));
    }
    RedisURI sessions = RedisURI.create(servers.redis().uri());
    sessions.setDatabase(1);
    RedisClient client = RedisClient.create(sessions);
    try (var connection = client.connect()) {
      for (String key : connection.sync().keys("*:session:*")) {
        String digest = key.substring(key.lastIndexOf(':') + 1);
        // The marker of them all has none.
        if (!digest.isEmpty()) {
          names.put("digest " + key, digest);
        }
      }
    } finally {
      client.shutdown();
    }
    return names;
  }

  private static void holdsNone(Map<String, String> names, String where, String text) {
    names.forEach((what, name) -> assertThat(text).as(where + " has " + what).doesNotContain(name));
  }

  @Test
  void sessions_areCounted_andNamedNowhere() {
    Visitor one = Visitor.loggedIn(live.anybody(), "member");
    Visitor two = Visitor.loggedIn(other.anybody(), "manager");
    Visitor ended = Visitor.loggedIn(live.anybody(), "clubadmin");
    Map<String, String> names = names(one, two, ended);
    assertThat(names.keySet()).anyMatch(what -> what.startsWith("digest"));
    assertThat(names.values()).allMatch(name -> name.length() >= 16);
    one.at(other.anybody()).get("/clubs/1");
    ended.post("/logout", "");

    Page page = console("sessions");
    Locator all = page.locator("[data-sessions]");
    assertThat(all).containsText("table larder.session, with a cache in Redis before it");
    assertThat(all.locator("tbody tr")).hasCount(2);
    for (LiveSystem each : List.of(live, other)) {
      Locator node = row(all.locator("tbody tr"), each.part(Larder.class).self().id());
      assertThat(node.locator("td").first()).not().hasText("0");
    }
    assertThat(page.locator("[data-living]")).hasText(Pattern.compile("^[1-9]"));
    assertThat(fact(all, "ended by log-out")).hasText(Pattern.compile("^[1-9]"));
    assertThat(fact(all, "ids changed")).hasText(Pattern.compile("^[1-9]"));
    assertThat(page.locator("main")).containsText("logs nobody out");

    StringBuilder seen = new StringBuilder();
    for (String address : List.of(
        "overview",
        "caches",
        "caches/user_nav",
        "keys",
        "loads",
        "invalidations",
        "warming",
        "advisor",
        "nodes",
        "http",
        "sessions")) {
      go(page, address);
      if (address.equals("keys")) {
        button(page, "Search").click();
        page.locator("keys-page tbody tr").first().waitFor();
      }
      if (address.equals("invalidations")) {
        page.getByLabel("What").selectOption("all");
      }
      String content = page.content();
      seen.append(content);
      holdsNone(names, "page " + address, content);
    }
    // What is looked through is there.
    assertThat(seen).contains("PublicPages", "user_nav", "simlane:query/");
    apiHoldsNone(names);
  }

  private static void go(Page page, String address) {
    page.evaluate("address => { location.hash = '#/' + address }", address);
    if (address.equals("warming")) {
      page.getByText("No warm-up is declared.").waitFor();
    } else if (address.equals("advisor")) {
      page.getByText("No trial runs").waitFor();
    } else {
      page.locator("main .panel").first().waitFor();
    }
  }

  private static Locator fact(Locator all, String name) {
    return all.locator(".facts div")
        .filter(new Locator.FilterOptions().setHasText(name))
        .locator("dd");
  }

  private static void apiHoldsNone(Map<String, String> names) {
    Caller operator = live.anybody().with("Authorization", "Bearer " + TOKEN);
    List<String> asked = new ArrayList<>(List.of(
        "session",
        "overview",
        "history",
        "keys?limit=1000",
        "events?limit=5000",
        "advice",
        "trials",
        "routes",
        "sessions",
        "warm-ups",
        "distributions?cache=user_nav"));
    JsonNode keys = operator.get("/simlane/larder/api/keys?limit=100").json();
    assertThat(keys.at("/page/keys").size()).isPositive();
    for (JsonNode key : keys.at("/page/keys")) {
      String slot = URLEncoder.encode(key.asString(), StandardCharsets.UTF_8);
      asked.add("explain?key=" + slot);
      asked.add("value?key=" + slot);
    }
    for (String each : asked) {
      Reply reply = operator.get("/simlane/larder/api/" + each);
      // A key may be gone by now.
      assertThat(reply.status()).as(each).isIn(200, 404);
      holdsNone(names, "api/" + each, reply.body());
    }
    for (String digest : names.values()) {
      Reply reply = operator.get(
          "/simlane/larder/api/keys?contains=" + URLEncoder.encode(digest, StandardCharsets.UTF_8));
      assertThat(reply.json().at("/page/keys").size()).isZero();
    }
  }
}
