package dev.larder.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.larder.manage.Event;
import dev.larder.manage.TrialPlan;
import dev.larder.stats.CostAdvice;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages in a real Chromium, over a larder of figures. */
class ConsolePagesIT extends InChromium {

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
    assertThat(page.locator("[data-tile=Reads] p.quiet").first())
        .hasText("This second. nothing was read yet");
    read();
    assertThat(page.locator("[data-tile=Reads] p.quiet").first())
        .hasText(Pattern.compile("^This second; shares of the last \\d+ s\\. L1 \\d"));
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
    assertThat(verdict).containsText("skips L2 (redis): its circuit to 10.0.0.7:6379 is open");
    assertThat(verdict).containsText("nothing older");
  }

  /** It once was gross there and net in the command line: two figures for one thing. */
  @Test
  void timeSaved_isNet_asTheCommandLineHasIt() {
    management.reads.set(1_000_000);
    long net = management.overview().nodes().stream()
        .flatMap(node -> node.caches().stream())
        .mapToLong(cache -> CostAdvice.of(cache.stats()).saved().toNanos())
        .sum();
    Page page = logIn("overview");
    Locator tile = page.locator("[data-tile='Source spared']");
    Locator saved = tile.locator("[data-saved]");
    assertThat(saved).hasAttribute("data-saved", Long.toString(net));
    assertThat(saved).containsText("callers were spared");
    tile.getByText("how computed").click();
    assertThat(tile.locator("details p"))
        .containsText("what callers were spared by hits, less what lookups and misses cost them"
            + " beside loads; negative where that is more");
    // A slow source, and hardly a hit: it would be faster without the cache.
    management.reads.set(0);
    management.others.put("costly", 1_000L);
    assertThat(saved).containsText("callers lost");
  }

  @Test
  void invalidations_showLive_filtered_withStorms() {
    Page page = logIn("invalidations");
    management.happen(Event.Kind.INVALIDATION, "", "tag user:7", "outbox at 9.118", 3_000_000, 1);
    management.happen(
        Event.Kind.INVALIDATION, "", "tag feed, tag wall and 398 more", "fan-out", 0, 400);
    assertThat(page.locator("tbody tr")).hasCount(2);
    assertThat(page.locator("tbody tr").first()).containsText("storm");
    assertThat(page.locator("invalidations-page > p.quiet"))
        .hasText(Pattern.compile("^Invalidations, loads and misses are shown here since [0-9:]+;"
            + " larder tail --since has what the node keeps\\.$"));
    page.getByLabel("Contains").fill("user:7");
    assertThat(page.locator("tbody tr")).hasCount(1);
    assertThat(page.locator("tbody")).containsText("3 ms");
  }

  @Test
  void invalidations_areFoundByTheTimeOfDay_fromItsBeginning() {
    LocalDate today = LocalDate.now(ZoneId.systemDefault());
    endAt(today.minusDays(1), "07:50:30", "tag yesterday");
    endAt(today, "07:50:11", "tag early");
    endAt(today, "07:51:11", "key app:album:v1:07:50");
    endAt(today, "08:07:50", "tag late");
    Page page = logIn("invalidations");
    Locator covered = page.locator("tbody td:nth-child(3)");
    assertThat(covered).hasCount(4);
    page.getByLabel("Contains").fill("07:50");
    assertThat(covered).hasText(new String[] {"tag early", "tag yesterday"});
    page.getByLabel("Contains").fill("07:50:30");
    assertThat(covered).hasText(new String[] {"tag yesterday"});
    page.getByLabel("Contains").fill("v1:07:50");
    assertThat(covered).hasText(new String[] {"key app:album:v1:07:50"});
  }

  private void endAt(LocalDate day, String time, String subject) {
    long atMillis = day.atTime(LocalTime.parse(time))
        .atZone(ZoneId.systemDefault())
        .toInstant()
        .toEpochMilli();
    management.happen(atMillis, Event.Kind.INVALIDATION, "", subject, "by hand", 0, 1);
  }

  @Test
  void inspector_saysWhatDiffers_showsTheValue_andInvalidatesAfterAPreview() {
    Page page = logIn("keys/app%3Aalbum%3Av1%3A42");
    assertThat(page.locator("main"))
        .containsText("L1 of node-b still holds an entry that is not valid any more: it is never"
            + " served, and the next load replaces it.");
    Locator invalid =
        page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText("L1 of node-b"));
    assertThat(invalid.locator(".pill")).containsText("not valid");
    assertThat(page.locator("main")).not().containsText("No differences");
    assertThat(page.locator("main")).containsText("what covers it was invalidated 8 times since");
    assertThat(page.locator("main"))
        .containsText("6 by tag user:7 (@CacheEvict Reviews.save 5, OutboxRelay 1)");
    assertThat(page.locator("main")).not().containsText("ended often");
    assertThat(page.locator("main")).containsText("Feeds.of:88");
    assertThat(page.locator("main")).not().containsText("failed");
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
    assertThat(page.locator("main")).containsText("No differences between the copies.");
    assertThat(page.locator("main")).containsText("failed: SQLException");
    assertThat(page.getByRole(
            AriaRole.TABLE, new Page.GetByRoleOptions().setName("History of the key")))
        .containsText("tag [user:7]: console");
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
  void fiveHundredCaches_arePaged() {
    management.moreCaches = 500;
    Page page = logIn("caches");
    assertThat(page.locator("tbody tr")).hasCount(100);
    assertThat(page.locator(".pages")).containsText("1 to 100 of 504");
    button(page, "Next").click();
    assertThat(page.locator(".pages")).containsText("101 to 200 of 504");
  }

  @Test
  void caches_worstHitRatioFirst_butOfFewLookupsAfterAllOthers() {
    management.reads.set(1_000);
    management.others.putAll(Map.of("few", 49L, "enough", 50L, "unread", 0L));
    Page page = logIn("caches");
    page.getByLabel("Order by").selectOption("hit ratio, worst first");
    assertThat(page.locator("tbody th"))
        .hasText(new String[] {"enough", "search", "feed", "album", "session", "few", "unread"});
  }

  @Test
  void keys_areLookedForInTheCacheThatWasChosen_whateverElseIsReadMore() {
    Page page = logIn("keys?cache=gone");
    Locator caches = page.locator("keys-page select");
    assertThat(caches.locator("option"))
        .hasText(new String[] {"all", "album", "feed", "gone", "search", "session"});
    assertThat(caches).hasValue("gone");
    caches.selectOption("feed");
    management.slowReads.set(1_000_000);
    management.others.put("aardvark", 0L);
    assertThat(caches.locator("option"))
        .hasText(new String[] {"all", "aardvark", "album", "feed", "search", "session"});
    assertThat(caches).hasValue("feed");
    button(page, "Search").click();
    assertThat(page.locator("keys-page tbody tr")).hasCount(1);
    assertThat(page.locator("keys-page tbody")).containsText("app:feed:v1:user=7");
  }

  @Test
  void visitorWhoMayOnlyLook_seesNoButtonsThatAct() throws Exception {
    console.close();
    console = Mounted.of(management, ConsoleSettings.builder().viewRole("look").build());
    window.close();
    window = newWindow(
        new Browser.NewContextOptions().setExtraHTTPHeaders(Map.of("X-Test-Roles", "look")));
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
