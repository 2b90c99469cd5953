package dev.larder.boottests.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.larder.boottests.console.LiveRecords.albums;
import static dev.larder.boottests.console.LiveRecords.artists;
import static dev.larder.boottests.console.LiveRecords.button;
import static dev.larder.boottests.console.LiveRecords.larder;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.larder.Larder;
import dev.larder.manage.WarmUp;
import dev.larder.warm.Prediction;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page of warm-ups orders one that two instances declare, on a real Redis and PostgreSQL. */
class WarmingPageIT {

  private static LiveRecords live;

  @BeforeAll
  static void start() {
    live = LiveRecords.start();
  }

  @AfterAll
  static void stop() {
    live.warehouse.permits.release(1_000);
    live.close();
  }

  @AfterEach
  void closeWindows() {
    live.closeWindows();
  }

  /** What the page asks for each second is there twice more: it shows what holds now. */
  private static void seeAgain(Page page) {
    for (int times = 0; times < 2; times++) {
      page.waitForResponse(answer -> answer.url().endsWith("api/warm-ups"), () -> {});
    }
  }

  @Test
  void warmUp_isStarted_paused_resumed_itsFailuresAreRunAgain_andItRunsWithLess() {
    Warehouse warehouse = live.warehouse;
    warehouse.broken.addAll(Set.of(7L, 9L));
    Page page = live.logIn("warming");
    Locator favourites = page.locator("[data-warm-up=favourites]");
    assertThat(favourites).containsText("It never ran.");
    assertThat(favourites.locator("[data-declared]"))
        .hasText("Declared: at most 500 keys a second, 2 loads at a time.");

    button(page, "Start favourites").click();
    assertThat(page.getByRole(AriaRole.DIALOG)).containsText("At most 500 keys a second.");
    assertThat(warehouse.asked).isEmpty();
    button(page, "Start").click();
    assertThat(page.locator(".done")).containsText("warm-up favourites: START on node");
    assertThat(favourites).containsText("running");
    warehouse.permits.release(4);
    assertThat(favourites).containsText("4 of 12");
    assertThat(favourites.locator("progress")).hasAttribute("value", "4");
    assertThat(favourites.locator("progress")).hasAttribute("max", "12");

    button(page, "Pause favourites").click();
    assertThat(favourites).containsText("paused");
    // The two loads under way end, and none begins.
    warehouse.permits.release(5);
    assertThat(favourites).containsText("6 of 12");
    seeAgain(page);
    assertThat(favourites).containsText("6 of 12");
    assertThat(warehouse.permits.availablePermits()).isEqualTo(3);

    button(page, "Resume favourites").click();
    warehouse.permits.release(100);
    assertThat(favourites.locator(".pill")).containsText("done");
    assertThat(favourites).containsText("10 of 12");
    assertThat(favourites).containsText("2 failed");
    assertThat(warehouse.asked).hasSize(12).doesNotHaveDuplicates();
    favourites.getByText("Last failures").click();
    assertThat(favourites).containsText("record 7 is broken");
    assertThat(albums(live.second()).peek(7L).isAnswered()).isFalse();

    warehouse.asked.clear();
    warehouse.broken.clear();
    button(page, "Run failures again favourites").click();
    assertThat(page.getByRole(AriaRole.DIALOG))
        .containsText("It asks the source for the 2 keys that failed");
    button(page, "Run again").click();
    assertThat(favourites).containsText("2 of 2");
    assertThat(favourites).containsText("0 failed");
    assertThat(button(page, "Run failures again favourites")).hasCount(0);
    assertThat(warehouse.asked).containsExactlyInAnyOrder(7L, 9L);
    for (long id = 0; id < Records.FAVOURITES; id++) {
      assertThat(albums(live.second()).peek(id).isAnswered()).isTrue();
    }

    live.first().getBean(Larder.class).clear();
    warehouse.asked.clear();
    favourites.getByText("Start with less").click();
    favourites.getByLabel("Keys, the first").fill("3");
    favourites.getByLabel("Loads at a time, at most").fill("1");
    button(page, "Start so favourites").click();
    assertThat(page.getByRole(AriaRole.DIALOG)).containsText("the first 3 keys");
    button(page, "Start").click();
    assertThat(favourites).containsText("3 of 3");
    assertThat(warehouse.asked).containsExactly(0L, 1L, 2L);
  }

  /** What runs until the application ends cannot be started, cancelled or done to a share. */
  @Test
  void guesses_areShownAsSuch_andPausedAndResumed() {
    larder(live.first())
        .warming()
        .predict(Prediction.of(artists(live.first()))
            .loader(id -> "artist " + id)
            .actor(() -> "somebody")
            .build());
    for (int times = 0; times < 4; times++) {
      for (long id = 1; id <= 2; id++) {
        artists(live.first()).get(id, key -> "artist " + key);
      }
      artists(live.first()).get(100L + times, key -> "artist " + key);
      artists(live.first()).invalidate(2L);
    }
    Page page = live.logIn("warming");
    Locator guesses = page.locator("[data-warm-up=predict-artist]");
    assertThat(guesses).containsText("guess");
    assertThat(guesses).containsText("came true");
    assertThat(guesses.locator("progress")).hasCount(0);
    assertThat(guesses.locator("button")).hasCount(1);
    button(page, "Pause predict-artist").click();
    assertThat(guesses).containsText("paused");
    assertThat(larder(live.first()).warming().status("predict-artist").state())
        .isEqualTo(WarmUp.State.PAUSED);
    button(page, "Resume predict-artist").click();
    assertThat(guesses).containsText("running");
  }
}
