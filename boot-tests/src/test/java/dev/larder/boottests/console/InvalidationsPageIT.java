package dev.larder.boottests.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.larder.boottests.console.LiveRecords.albums;
import static dev.larder.boottests.console.LiveRecords.button;
import static dev.larder.boottests.console.LiveRecords.larder;
import static dev.larder.boottests.console.LiveRecords.row;
import static dev.larder.boottests.console.LiveRecords.rows;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page of invalidations: of two instances on a real Redis and PostgreSQL, seen from the first. */
class InvalidationsPageIT {

  private static LiveRecords live;

  @BeforeAll
  static void start() {
    live = LiveRecords.start();
  }

  @AfterAll
  static void stop() {
    live.close();
  }

  @AfterEach
  void closeWindows() {
    live.closeWindows();
  }

  @Test
  void whatAnotherInstanceEnds_appearsWithItsCause_andIsFiltered() {
    Page page = live.logIn("invalidations");
    Locator events = rows(page, "Events");
    String other = larder(live.second()).self().id();
    larder(live.second()).invalidateTags("artist:artist-3");
    Locator tag = row(events, "tag artist:artist-3");
    assertThat(tag).hasCount(1);
    assertThat(tag).containsText("invalidation");
    assertThat(tag).containsText("invalidateTags");
    assertThat(tag).containsText(other);

    larder(live.first())
        .batch()
        .key(albums(live.first()), 5L)
        .because("a new price")
        .apply();
    assertThat(row(events, live.slot(5))).containsText("a new price");
    page.getByLabel("Contains").fill("artist-3");
    assertThat(row(events, live.slot(5))).hasCount(0);
    assertThat(tag).hasCount(1);
    page.getByLabel("Contains").fill("NEW PRICE");
    assertThat(row(events, live.slot(5))).hasCount(1);
    assertThat(tag).hasCount(0);
  }

  @Test
  void oneWriteThatEndsMuch_isAStorm_andHeldEventsStandStill() {
    Page page = live.logIn("invalidations");
    Page another = live.logIn("invalidations");
    Locator events = rows(page, "Events");
    button(page, "Hold").click();
    larder(live.second())
        .batch()
        .tags(IntStream.range(0, 150).mapToObj(id -> "follower:" + id).toArray(String[]::new))
        .because("fan-out")
        .apply();
    assertThat(row(rows(another, "Events"), "fan-out")).hasCount(1);
    assertThat(row(events, "fan-out")).hasCount(0);
    button(page, "Go on").click();
    assertThat(row(events, "fan-out")).containsText("storm");
    assertThat(page.locator("invalidations-page .problem")).containsText("targets in one second");
  }
}
