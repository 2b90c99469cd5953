package dev.larder.boottests.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.larder.boottests.console.LiveRecords.albums;
import static dev.larder.boottests.console.LiveRecords.artists;
import static dev.larder.boottests.console.LiveRecords.button;
import static dev.larder.boottests.console.LiveRecords.prices;
import static dev.larder.boottests.console.LiveRecords.row;
import static dev.larder.boottests.console.LiveRecords.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.larder.stats.CacheStats;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** The list of caches and the page of one, of two instances on a real Redis and PostgreSQL. */
class CachePagesIT {

  private static LiveRecords live;

  private final ScheduledExecutorService traffic = Executors.newSingleThreadScheduledExecutor();

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
    traffic.shutdownNow();
    live.closeWindows();
  }

  /** New prices all the time: the first instance loads them, the second finds them in Redis. */
  private Future<?> readPrices() {
    long[] next = {0};
    return traffic.scheduleWithFixedDelay(
        () -> {
          long from = next[0];
          next[0] += 10;
          for (int times = 0; times < 5; times++) {
            for (ConfigurableApplicationContext each : live.nodes()) {
              for (long id = from; id < from + 10; id++) {
                prices(each).get(id, key -> 100 + key);
              }
            }
          }
        },
        0,
        50,
        TimeUnit.MILLISECONDS);
  }

  private static long sum(ToLongFunction<CacheStats> figure) {
    return live.nodes().stream()
        .mapToLong(each -> figure.applyAsLong(prices(each).stats()))
        .sum();
  }

  private static String count(ToLongFunction<CacheStats> figure) {
    return String.format(Locale.ENGLISH, "%,d", sum(figure));
  }

  @Test
  void tiersOfTwoInstances_areAddedUp_inTheListAndOnTheCachesPage() throws Exception {
    Page page = live.logIn("caches");
    Locator price = row(rows(page, "All caches"), "price");
    Locator split = price.locator("svg.split");
    assertThat(split).hasAttribute("aria-label", "not read lately");

    Future<?> reads = readPrices();
    String share = "\\d[\\d.]* %";
    assertThat(split)
        .hasAttribute(
            "aria-label",
            Pattern.compile(
                "^L1 " + share + ", L2 " + share + "(, DB " + share + ")?, source " + share + "$"));
    reads.cancel(false);
    traffic.shutdown();
    assertThat(traffic.awaitTermination(1, TimeUnit.MINUTES)).isTrue();

    price.locator("a").click();
    assertThat(page.locator("h1")).hasText("price");
    assertThat(sum(CacheStats::l2Hits)).isPositive();
    assertThat(page.locator("cache-page"))
        .containsText("L1 " + count(CacheStats::l1Hits) + " · L2 " + count(CacheStats::l2Hits)
            + " · database " + count(CacheStats::databaseHits) + " · source "
            + count(CacheStats::misses));
  }

  @Test
  void list_isFilteredByName_andOrdered() {
    for (long id = 0; id < 30; id++) {
      artists(live.first()).get(1_000 + id, key -> "artist " + key);
    }
    Page page = live.logIn("caches");
    Locator rows = rows(page, "All caches");
    assertThat(rows).hasCount(3);
    page.getByLabel("Name contains").fill("art");
    assertThat(rows).hasCount(1);
    assertThat(rows).containsText("artist");
    page.getByLabel("Name contains").fill("no such");
    assertThat(page.locator("caches-page")).containsText("No cache has such a name.");
    page.getByLabel("Name contains").fill("r");
    page.getByLabel("Order by").selectOption("name");
    Locator names = rows.locator("th");
    assertThat(names).hasText(new String[] {"artist", "price"});
    page.getByLabel("Name contains").fill("a");
    assertThat(names).hasText(new String[] {"album", "artist"});
    page.getByLabel("Order by").selectOption("entries in L1");
    assertThat(names).hasText(new String[] {"artist", "album"});
  }

  @Test
  void page_showsThePolicy_andEmptiesTheCache_onlyWhenItsNameIsTyped() {
    for (ConfigurableApplicationContext each : live.nodes()) {
      for (long id = 0; id < 5; id++) {
        albums(each).get(id, live.warehouse::album);
      }
      artists(each).get(1L, key -> "artist " + key);
    }
    Page page = live.logIn("caches/album");
    assertThat(rows(page, "Policy")
            .filter(new Locator.FilterOptions()
                .setHas(page.getByText("ttl", new Page.GetByTextOptions().setExact(true)))))
        .containsText("1 h");
    assertThat(page.locator("cache-page")).not().containsText("Nodes differ");

    button(page, "Invalidate the whole cache…").click();
    assertThat(page.getByRole(AriaRole.DIALOG)).containsText("5 stored entries");
    Locator typed = page.getByLabel("Type album to confirm");
    assertThat(button(page, "Invalidate")).isDisabled();
    typed.fill("albums");
    assertThat(button(page, "Invalidate")).isDisabled();
    assertThat(albums(live.second()).peek(1L).isAnswered()).isTrue();
    typed.fill("album");
    button(page, "Invalidate").click();
    assertThat(page.locator(".done")).containsText("invalidated");
    for (ConfigurableApplicationContext each : live.nodes()) {
      await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
        for (long id : List.of(0L, 1L, 2L, 3L, 4L)) {
          assertThat(albums(each).peek(id).isAnswered()).isFalse();
        }
      });
      assertThat(artists(each).peek(1L).isAnswered()).isTrue();
    }
  }
}
