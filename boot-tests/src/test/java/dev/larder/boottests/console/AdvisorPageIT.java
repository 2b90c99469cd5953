package dev.larder.boottests.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.larder.boottests.console.LiveRecords.albums;
import static dev.larder.boottests.console.LiveRecords.artists;
import static dev.larder.boottests.console.LiveRecords.button;
import static dev.larder.boottests.console.LiveRecords.larder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.larder.Larder;
import dev.larder.manage.Event;
import dev.larder.manage.Explanation;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** The advisor's page over what two instances did, on a real Redis and PostgreSQL. */
class AdvisorPageIT {

  private static final int KEYS = 24;

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
  void advice_isOfWhatBothInstancesSaw_andIsSimulated() {
    Page page = live.logIn("advisor");
    assertThat(page.locator("advisor-page")).containsText("Nothing to advise");
    for (ConfigurableApplicationContext each : live.nodes()) {
      for (long id = 0; id < 250; id++) {
        artists(each).get(id, key -> "artist " + key);
        artists(each).get(id, key -> "artist " + key);
      }
    }
    button(page, "Ask again").click();
    Locator advice = page.locator("[data-advice=artist][data-kind=NO_TAGS]");
    assertThat(advice).containsText("of 1,000 sampled reads, 100 % of keys");
    assertThat(advice).containsText("on 2 nodes");

    press(advice, "Simulate for artist");
    advice.getByLabel("ttl").fill("30m");
    press(advice, "Replay");
    Locator found = advice.locator("[data-simulation]");
    assertThat(found).containsText("30 min");
    assertThat(found).containsText("1,000 sampled reads");
    assertThat(found).containsText("on 2 nodes");
    assertThat(found.locator("pre")).containsText("ttl: 30m");
  }

  private static void press(Locator of, String name) {
    of.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true))
        .click();
  }

  /** The keys that live for a minute at most, as an instance has just cached them. */
  private static Set<Long> ofShortLife(ConfigurableApplicationContext node) {
    Larder larder = larder(node);
    albums(node).clear();
    return LongStream.range(0, KEYS)
        .boxed()
        .filter(id -> {
          albums(node).get(id, live.warehouse::album);
          Explanation all = larder.management().explain(live.slot(id));
          return all.copies().stream()
              .filter(copy -> copy.node().equals(larder.self().id()))
              .filter(copy -> copy.state() == Explanation.State.FRESH)
              .anyMatch(copy -> copy.freshMillis() <= Duration.ofMinutes(1).toMillis());
        })
        .collect(Collectors.toSet());
  }

  private static void hears(ConfigurableApplicationContext node, String what) {
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(larder(node).management().events(0, 5_000))
            .anySatisfy(event -> {
              assertThat(event.kind()).isEqualTo(Event.Kind.SWITCH);
              assertThat(event.node()).isEqualTo(larder(node).self().id());
              assertThat(event.text()).contains(what);
            }));
  }

  @Test
  void trial_splitsTheKeysAlikeOnAllInstances_untilItIsEnded() {
    Page page = live.logIn("advisor");
    assertThat(page.locator("ttl-trials")).containsText("No trial runs");
    page.locator("ttl-trials select").selectOption("album");
    page.getByLabel("ttls to try").fill("1m");
    page.getByLabel("share of keys for each").fill("50");
    button(page, "See what it means").click();
    assertThat(page.locator("[data-proposed=album]"))
        .containsText("50 % of the keys of album live 1 min");
    assertThat(ofShortLife(live.first())).isEmpty();

    button(page, "Start the trial of album").click();
    Locator trial = page.locator("[data-trial=album]");
    assertThat(trial).containsText("by token from 127.0.0.1");
    assertThat(trial.locator("tbody tr")).hasCount(2);
    for (ConfigurableApplicationContext each : live.nodes()) {
      hears(each, "a trial of ttl 1 min began, for 50 % of the keys each");
    }
    Set<Long> split = ofShortLife(live.first());
    assertThat(split.size()).isBetween(2, KEYS - 2);
    assertThat(ofShortLife(live.second())).isEqualTo(split);

    button(page, "End the trial of album").click();
    assertThat(trial).containsText("ended");
    assertThat(button(page, "End the trial of album")).hasCount(0);
    for (ConfigurableApplicationContext each : live.nodes()) {
      hears(each, "the trial of ttls ended");
      assertThat(ofShortLife(each)).isEmpty();
    }
  }
}
