package dev.larder.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.larder.manage.Event;
import dev.larder.stats.TierStats.Outage;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the pages say of their figures, so that nobody takes them for others. */
class ConsoleFiguresIT extends InChromium {

  @Test
  void outageThatIsOver_isToldWithTheTimeOfDay() {
    management.outage = new Outage(Duration.ofMinutes(12), Duration.ofMinutes(3));
    Page page = logIn("overview");
    Locator told = page.locator("[data-concerns] li");
    assertThat(told.first())
        .hasText(
            Pattern.compile("^\\s*node-a skipped L2 \\(redis\\) for 9 min, and asked it again at"
                + " (\\S+ )?\\d\\d:\\d\\d:\\d\\d$"));
    assertThat(told.nth(1).locator("time")).hasCount(1);
    assertThat(told.filter(new Locator.FilterOptions().setHasText("L2 answered none")))
        .hasCount(0);
  }

  @Test
  void hits_areKeysThatTheSourceWasSpared_andNoLoads() {
    management.reads.set(1_000_000);
    Page page = logIn("overview");
    Locator tile = page.locator("[data-tile='Source spared']");
    assertThat(tile.locator(".figure")).containsText("keys");
    assertThat(tile).not().containsText("Loads saved");
    tile.getByText("how computed").click();
    assertThat(tile.locator("details p"))
        .containsText("a load in bulk asks for many keys at once, so they are not that many loads");
    assertThat(tile.locator("details p"))
        .containsText(
            "It goes by how long the values that hits found had taken to load, by a sample,"
                + " else by the mean load so far; a lookup of many keys counts as one load.");
  }

  @Test
  void timeThatWasNotMeasured_isNotShownAsNone() {
    Page page = logIn("overview");
    Locator saved = page.locator("[data-tile='Source spared'] [data-saved]");
    assertThat(saved).hasText("too little measured for a time");
    management.reads.set(1_000_000);
    assertThat(saved).containsText("callers were spared");
  }

  @Test
  void errorsOfATier_areSaidToLeaveOutLookupsThatWentPastIt() {
    Page page = logIn("overview");
    Locator links = page.locator("section.panel")
        .filter(new Locator.FilterOptions().setHasText("Circuits and links"));
    links.getByText("how computed").click();
    assertThat(links.locator("details p"))
        .containsText(
            "lookups go past a tier that is known to be out without a call, so they are not"
                + " among them");
  }

  @Test
  void shareThatIsNotNothing_orNotAll_isNotShownAsThat() {
    Page page = logIn("overview");
    Locator data = page.getByRole(
            AriaRole.TABLE, new Page.GetByRoleOptions().setName("Circuits and links"))
        .locator("tbody tr")
        .first();
    assertThat(data.locator("td"))
        .hasText(new String[] {"✓ ok", "0 %", "0 of 180,000 calls failed since the start"});
    management.failures = 6;
    assertThat(data.locator("td"))
        .hasText(new String[] {"✓ ok", "< 0.1 %", "12 of 180,000 calls failed since the start"});
    management.failures = 90_000;
    assertThat(data.locator("td").nth(1)).hasText("100 %");
    // 780,000 of 780,006.
    management.reads.set(1_000_000);
    page.evaluate("location.hash = '#/caches/session'");
    assertThat(page.locator(".facts").first()).containsText(Pattern.compile("ratio\\s*> 99.9 %"));
  }

  @Test
  void hitsThatAreNotTimed_areSaidToBeNone() {
    String untimed = "those of reads of many keys at once (getAll) and of asynchronous reads are"
        + " not timed in L1.";
    Page page = logIn("overview");
    Locator tile = page.locator("[data-tile='p99 hit']");
    tile.getByText("how computed").click();
    assertThat(tile.locator("details p"))
        .containsText("A time that 99 % of the hits that were timed did not exceed");
    assertThat(tile.locator("details p"))
        .containsText("Hits in L1 are timed one in 256 and weigh as much; " + untimed);
    management.isSampled = false;
    page.evaluate("location.hash = '#/caches/session'");
    Locator spreads = page.locator(".spread");
    assertThat(spreads.nth(0))
        .hasText(Pattern.compile("^Hit in L1\\s*Nothing was measured yet\\.$"));
    management.reads.set(1_000);
    String none = "None of 600 hits in L1 was measured: one in 256 is, and " + untimed;
    assertThat(spreads.nth(0)).containsText(none);
    assertThat(spreads.nth(3)).containsText("Age at hit");
    assertThat(spreads.nth(3)).containsText(none);
    assertThat(spreads.nth(1)).containsText("p99");
    Locator distributions = page.locator("section.panel")
        .filter(new Locator.FilterOptions().setHasText("Distributions"));
    distributions.getByText("how computed").click();
    assertThat(distributions.locator("details p"))
        .containsText("Hits in L1 and ages are a sample of one in 256; " + untimed);
  }

  @Test
  void ordersOfAnOperator_doNotPushAnOutageOutOfTheList() {
    management.happen(Event.Kind.LINK, "", "node node-a", "IN_SYNC → UNSURE", 0, 1);
    management.happen(Event.Kind.CIRCUIT, "", "L2 redis", "closed → open", 0, 1);
    for (int i = 1; i <= 7; i++) {
      management.happen(Event.Kind.ACTION, "", "order " + i, "ann: refresh", 0, 1);
    }
    Page page = logIn("overview");
    Locator lines = page.locator("reads-chart .marks li");
    assertThat(lines).hasText(new Pattern[] {
      Pattern.compile("order 7"),
      Pattern.compile("order 6"),
      Pattern.compile("order 5"),
      Pattern.compile("order 4"),
      Pattern.compile("circuit L2 redis: closed → open"),
      Pattern.compile("link node node-a: IN_SYNC → UNSURE")
    });
  }

  @Test
  void outageThatBeganBeforeTheTimeAxis_staysInTheList() {
    management.outage = new Outage(Duration.ofMinutes(12), null);
    management.circuit = "open";
    for (int i = 1; i <= 7; i++) {
      management.happen(Event.Kind.ACTION, "", "order " + i, "ann: refresh", 0, 1);
    }
    Page page = logIn("overview");
    Locator lines = page.locator("reads-chart .marks li");
    assertThat(lines).hasText(new Pattern[] {
      Pattern.compile("since .*: node-a skips L2"),
      Pattern.compile("since .*: node-a is unsure"),
      Pattern.compile("since .*: node-b skips L2"),
      Pattern.compile("since .*: node-b is unsure"),
      Pattern.compile("order 7"),
      Pattern.compile("order 6")
    });
    // What else happens to the larder is told too, however much lasts.
    long hourAgo = System.currentTimeMillis() - 3_600_000;
    management.acted.add(new Event(
        1, "node-a", hourAgo, Event.Kind.ACTION, "feed", "cache feed", "ann: switch to 0 %", 0, 0));
    management.switches.put("feed", 0);
    assertThat(lines.nth(4)).containsText("cache feed is switched to 0 %");
    for (int i = 1; i <= 4; i++) {
      management.happen(Event.Kind.CIRCUIT, "", "DATABASE postgresql", "change " + i, 0, 1);
    }
    assertThat(lines.nth(3)).containsText("change 4");
    assertThat(lines.first()).containsText("node-a skips L2");
    assertThat(lines).hasCount(6);
    assertThat(lines.filter(new Locator.FilterOptions().setHasText("order"))).hasCount(0);
  }

  @Test
  void cacheThatWasReadButNotSampled_isNotSaidToBeUnread() {
    management.isSampled = false;
    management.others.put("quiet", 25L);
    Page page = logIn("caches/quiet");
    Locator main = page.locator("main");
    assertThat(main)
        .containsText("No key stands out of 50 lookups: 1 in 256 is looked at, and a key is listed"
            + " once 4 of those were surely its own.");
    assertThat(main).not().containsText("No key has been asked for yet.");
    management.others.put("quiet", 0L);
    assertThat(main).containsText("No key has been asked for yet.");
  }

  @Test
  void hotKeys_areSaidToBeEstimated() {
    management.reads.set(1_000_000);
    Page page = logIn("overview");
    for (String address : List.of("overview", "caches/album")) {
      page.evaluate("address => { location.hash = '#/' + address }", address);
      Locator hot =
          page.locator("section.panel").filter(new Locator.FilterOptions().setHasText("Hot keys"));
      assertThat(hot.locator("h2"))
          .hasText("Hot keys since the nodes started, estimated from 1 lookup in 256");
      hot.getByText("how computed").click();
      assertThat(hot.locator("details p"))
          .containsText("a key is listed once 4 of those were surely its own");
    }
  }

  @Test
  void targets_areThoseOfInvalidations_andOfNothingElse() {
    management.happen(Event.Kind.INVALIDATION, "", "tag artist:7", "Albums.save", 2_000_000, 3);
    management.happen(Event.Kind.MINUTE, "", "", "4,711 loads, 8,000 misses", 9_000_000, 4_711);
    management.happen(Event.Kind.LOAD, "album", "app:album:v1:42", "Albums.of", 9_000_000, 42);
    Page page = logIn("invalidations?kind=all");
    Locator targets = page.locator("tbody tr td:nth-child(5)");
    assertThat(targets).hasText(new String[] {"", "", "3"});
  }
}
