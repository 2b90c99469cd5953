package dev.larder.boottests.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.larder.boottests.console.LiveRecords.albums;
import static dev.larder.boottests.console.LiveRecords.button;
import static dev.larder.boottests.console.LiveRecords.larder;
import static dev.larder.boottests.console.LiveRecords.row;
import static dev.larder.boottests.console.LiveRecords.rows;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** The page of nodes, and what its button finds, on a real Redis and PostgreSQL. */
class NodesPageIT {

  private LiveRecords live;

  @BeforeEach
  void start() {
    live = LiveRecords.start();
  }

  @AfterEach
  void stop() {
    try (LiveRecords ends = live) {
      ends.closeWindows();
    }
  }

  private void readAll() {
    for (ConfigurableApplicationContext each : live.nodes()) {
      for (long id = 0; id < 5; id++) {
        albums(each).get(id, live.warehouse::album);
      }
    }
  }

  private static Locator verified(Page page) {
    button(page, "Verify").click();
    return page.locator("nodes-page [aria-live=polite]");
  }

  @Test
  void twoNodes_areShown_andOneThatIsConfiguredApartIsTold() {
    Page page = live.logIn("nodes");
    Locator cards = page.locator(".cards .panel");
    assertThat(cards).hasCount(2);
    String first = larder(live.first()).self().id();
    String second = larder(live.second()).self().id();
    assertThat(row(cards, first)).containsText("answers this page");
    assertThat(row(cards, second)).not().containsText("answers this page");
    for (String id : new String[] {first, second}) {
      assertThat(row(cards, id)).containsText("in sync");
      assertThat(row(cards, id)).containsText("L2 Redis");
      assertThat(row(cards, id)).containsText("database tier");
      assertThat(row(cards, id)).containsText("entries in 3 caches");
    }
    assertThat(page.locator("nodes-page")).not().containsText("Configured apart");

    try (ConfigurableApplicationContext third = live.another("--records.ttl=2h")) {
      assertThat(cards).hasCount(3);
      assertThat(row(cards, larder(third).self().id())).isVisible();
      assertThat(page.locator("nodes-page")).containsText("Configured apart");
      page.navigate(live.console() + "#/caches/album");
      assertThat(page.locator("cache-page")).containsText("Nodes differ");
      Locator ttl = row(rows(page, "Policy"), "≠ differs");
      assertThat(ttl).containsText("1 h");
      assertThat(ttl).containsText("2 h");
    }
    page.navigate(live.console() + "#/nodes");
    assertThat(cards).hasCount(2);
    assertThat(page.locator("nodes-page")).not().containsText("Configured apart");
  }

  @Test
  void verify_findsNothingWhereAllIsWell_andACopyThatSomethingPutBack() {
    readAll();
    String slot = live.slot(3);
    assertThat(live.redis.command("COPY", slot, "kept-aside")).isEqualTo("1");
    albums(live.second()).invalidate(3L);
    Page page = live.logIn("nodes");
    Locator said = verified(page);
    assertThat(said).containsText(Pattern.compile("✓ 0 stale of [1-9]"));
    assertThat(said).containsText("All answered.");

    // A program that knows nothing of Larder restores what it had saved.
    assertThat(live.redis.command("COPY", "kept-aside", slot, "REPLACE")).isEqualTo("1");
    verified(page);
    assertThat(said).containsText(Pattern.compile("✕ 1 stale of [1-9]"));
    Locator stale = rows(page, "Stale copies");
    assertThat(stale).hasCount(1);
    assertThat(stale).containsText(slot);
    assertThat(stale).containsText("L2 redis");
  }
}
