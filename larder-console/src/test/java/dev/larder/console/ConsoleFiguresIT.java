package dev.larder.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.larder.manage.Event;
import dev.larder.stats.TierStats.Outage;
import java.time.Duration;
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
  void cacheThatWasReadButNotSampled_isNotSaidToBeUnread() {
    management.isSampled = false;
    management.others.put("quiet", 25L);
    Page page = logIn("caches/quiet");
    Locator main = page.locator("main");
    assertThat(main)
        .containsText("No key is known of 50 lookups: one in 256 is looked at, and keys that are"
            + " hashed are never shown.");
    assertThat(main).not().containsText("No key has been asked for yet.");
    management.others.put("quiet", 0L);
    assertThat(main).containsText("No key has been asked for yet.");
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
