package dev.larder.boottests.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.larder.boottests.console.LiveRecords.albums;
import static dev.larder.boottests.console.LiveRecords.button;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.larder.Cache;
import dev.larder.Larder;
import dev.larder.boottests.console.Records.Album;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Overview and inspector of two instances on a real Redis and PostgreSQL, in a real Chromium. */
class ConsoleIT {

  private final ScheduledExecutorService traffic = Executors.newScheduledThreadPool(2);
  private LiveRecords live;

  @BeforeEach
  void start() {
    live = LiveRecords.hasty();
  }

  @AfterEach
  void stop() {
    traffic.shutdownNow();
    try (LiveRecords ends = live) {
      ends.closeWindows();
    }
  }

  private void read() {
    for (ConfigurableApplicationContext each : live.nodes()) {
      Cache<Long, Album> albums = albums(each);
      long[] next = {0};
      var unused = traffic.scheduleWithFixedDelay(
          () -> {
            for (int times = 0; times < 20; times++) {
              long id = next[0]++ % 200;
              albums.get(id, Records::read);
            }
          },
          0,
          10,
          TimeUnit.MILLISECONDS);
    }
  }

  @Test
  void overview_movesWithTraffic_andShowsRedisDyingAndComingBack() {
    Page page = live.logIn("overview");
    Locator reads = page.locator("[data-tile=Reads] .figure");
    assertThat(reads).hasText(Pattern.compile("^0\\s*/s"));
    read();
    assertThat(reads).hasText(Pattern.compile("[1-9].*/s"));
    Locator l2 = page.locator("header [data-tier=L2]");
    assertThat(l2).containsText("L2 Redis ok");

    live.redis.kill();
    // Everything ends, so that reads go below L1: the database tier or the source answers them.
    live.first().getBean(Larder.class).clear();
    assertThat(l2).containsText("skipped");
    assertThat(page.locator("header")).containsText("unsure");
    Locator verdict = page.locator("[data-verdict=bad]");
    assertThat(verdict).containsText("skips L2 (redis)");
    assertThat(verdict).containsText("nothing older");
    assertThat(verdict).containsText("since");
    page.screenshot(new Page.ScreenshotOptions()
        .setFullPage(true)
        .setPath(Path.of("target", "pages", "console-outage.png")));

    live.redis.startAgain();
    assertThat(l2).containsText("L2 Redis ok");
    assertThat(page.locator("reads-chart .marks")).containsText("circuit");
    page.screenshot(new Page.ScreenshotOptions()
        .setFullPage(true)
        .setPath(Path.of("target", "pages", "console-after.png")));
  }

  private Page inspector() {
    albums(live.first()).get(42L, live.warehouse::album);
    albums(live.second()).get(42L, live.warehouse::album);
    Page page = live.logIn("keys");
    button(page, "Search").click();
    page.locator("keys-page tbody a").first().click();
    assertThat(page.locator("inspector-page tbody").first().getByText("fresh")).hasCount(3);
    return page;
  }

  @Test
  void inspector_invalidatesAKeyOnEveryTierAndNode() {
    Page page = inspector();
    Locator copies = page.locator("inspector-page tbody").first();
    assertThat(page.locator("inspector-page")).containsText("artist:artist-2");
    assertThat(page.locator("inspector-page")).containsText("ConsoleIT");
    button(page, "Show value").click();
    assertThat(page.locator("pre")).containsText("<b>Title</b> 42");

    button(page, "Invalidate…").click();
    assertThat(page.getByRole(AriaRole.DIALOG)).containsText("1 stored entry");
    button(page, "Invalidate").click();
    assertThat(page.locator(".done")).isVisible();
    assertThat(copies.getByText("fresh")).hasCount(0);
    assertThat(copies.getByText("absent")).hasCount(4);
    assertThat(page.locator("inspector-page")).containsText("token from 127.0.0.1");
  }

  /** What the source has now is in the tiers, though nothing was invalidated and no visitor came. */
  @Test
  void inspector_refreshesAKeyFromItsSource() {
    Page page = inspector();
    button(page, "Show value").click();
    assertThat(page.locator("pre")).containsText("edition 1");
    button(page, "Hide").click();
    live.warehouse.edition = 2;

    button(page, "Refresh…").click();
    assertThat(page.getByRole(AriaRole.DIALOG)).containsText("nearest shared tier that answers");
    button(page, "Refresh").click();
    assertThat(page.locator(".done")).containsText("loaded anew");
    assertThat(page.locator("[role=alert]")).hasCount(0);
    button(page, "Show value").click();
    assertThat(page.locator("pre")).containsText("edition 2");
  }
}
