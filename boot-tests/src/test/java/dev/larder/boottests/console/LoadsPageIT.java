package dev.larder.boottests.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.larder.boottests.console.LiveRecords.prices;
import static dev.larder.boottests.console.LiveRecords.row;
import static dev.larder.boottests.console.LiveRecords.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page of loads of an application on a real Redis and PostgreSQL. */
class LoadsPageIT {

  private static final long SLOW = 7;
  private static final long BROKEN = 8;

  private static LiveRecords live;

  private final ExecutorService visitors = Executors.newCachedThreadPool();
  private final CountDownLatch isUnderWay = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);

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
    mayEnd.countDown();
    visitors.shutdownNow();
    live.closeWindows();
  }

  private Long slowly() throws InterruptedException {
    return prices(live.first()).get(SLOW, key -> {
      isUnderWay.countDown();
      if (!mayEnd.await(5, TimeUnit.MINUTES)) {
        throw new IllegalStateException("nobody let it end");
      }
      return key;
    });
  }

  private static void quickly(long id) {
    prices(live.first()).get(id, key -> key);
  }

  private static void inVain() {
    prices(live.first()).get(BROKEN, key -> {
      throw new IllegalStateException("no price");
    });
  }

  @Test
  void slowAndFailingLoads_showWithWhoAskedForThem_andWhoWaited() throws Exception {
    Page page = live.logIn("loads");
    Future<Long> slow = visitors.submit(this::slowly);
    assertThat(isUnderWay.await(1, TimeUnit.MINUTES)).isTrue();
    List<Future<Long>> waiting = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      waiting.add(visitors.submit(() -> prices(live.first()).get(SLOW, key -> -1L)));
    }
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(prices(live.first()).stats().waits()).isEqualTo(2));
    // These begin after the slow one and are seen before it ends: each takes less time.
    for (long id = 101; id <= 103; id++) {
      quickly(id);
    }
    assertThatThrownBy(LoadsPageIT::inVain).isInstanceOf(IllegalStateException.class);
    Locator sites = rows(page, "Loads by call site");
    assertThat(row(sites, "LoadsPageIT.quickly:").locator("td").first()).hasText("3");
    assertThat(row(sites, "LoadsPageIT.inVain:").locator("td").nth(1)).hasText("1 (100 %)");
    assertThat(sites).hasCount(2);
    mayEnd.countDown();
    assertThat(slow.get(1, TimeUnit.MINUTES)).isEqualTo(SLOW);
    for (Future<Long> each : waiting) {
      assertThat(each.get(1, TimeUnit.MINUTES)).isEqualTo(SLOW);
    }

    Locator single = rows(page, "Single loads");
    assertThat(single).hasCount(5);
    assertThat(single.first()).containsText("LoadsPageIT.slowly:");
    assertThat(single.first().locator("a")).hasText("records:price:v1:" + SLOW + "L");
    assertThat(sites.first()).containsText("LoadsPageIT.slowly:");
    page.getByLabel("Show").selectOption("failed");
    assertThat(single).hasCount(1);
    assertThat(single).containsText("✕ failed");
    assertThat(single).containsText("IllegalStateException");
    assertThat(single.locator("a")).hasText("records:price:v1:" + BROKEN + "L");
    page.getByLabel("Show").selectOption("newest");
    assertThat(single.first()).containsText("LoadsPageIT.slowly:");

    Locator price = row(rows(page, "Loads by cache"), "price").locator("td");
    assertThat(price.nth(0)).hasText("4");
    assertThat(price.nth(1)).hasText("✕ 1");
    assertThat(price.nth(4)).hasText("2");
    assertThat(price.nth(5)).hasText("0.40");
  }
}
