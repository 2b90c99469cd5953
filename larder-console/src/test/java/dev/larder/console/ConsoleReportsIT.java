package dev.larder.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.larder.manage.RouteReport;
import dev.larder.manage.SessionReport;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The pages HTTP and Sessions in a real Chromium, over a larder of figures. */
class ConsoleReportsIT extends InChromium {

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
  void http_whereNoRequestIsCounted_saysWhatTurnsItOn() {
    management.routes = new RouteReport(List.of(), List.of(), List.of("node-a"), List.of());
    Page page = logIn("http");
    assertThat(page.locator("main"))
        .containsText("No request is counted: none came yet, or larder.web.request-figures=true is"
            + " not set, which counts what each does with caches.");
    assertThat(page.locator("main")).containsText("No response was cached or asked for yet.");
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
}
