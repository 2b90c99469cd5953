package dev.larder.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.larder.manage.Event;
import dev.larder.manage.Explanation;
import dev.larder.manage.TrialPlan;
import dev.larder.manage.WarmUp;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is ordered on the pages, in a real Chromium, over a larder of figures. */
class ConsoleOrdersIT extends InChromium {

  @Test
  void cache_isSwitched_andInvalidatedOnlyByItsName() {
    Page page = logIn("caches/feed");
    page.getByLabel("Share of keys that are cached, %").fill("25");
    button(page, "Set switch on all nodes…").click();
    assertThat(page.getByRole(AriaRole.DIALOG))
        .containsText("Let 25 % of the keys be cached, on all nodes, in feed?");
    assertThat(page.getByRole(AriaRole.DIALOG)).containsText("The source will be asked about");
    button(page, "Leave it").click();
    assertThat(page.getByRole(AriaRole.DIALOG)).not().isVisible();
    assertThat(management.orders).isEmpty();
    button(page, "Set switch on all nodes…").click();
    button(page, "Set switch").click();
    assertThat(page.locator(".done")).containsText("turn feed 25");
    button(page, "Invalidate the whole cache…").click();
    assertThat(page.getByRole(AriaRole.DIALOG)).containsText("214 stored entries");
    page.getByLabel("Type feed to confirm").fill("fee");
    assertThat(button(page, "Invalidate")).isDisabled();
    page.getByLabel("Type feed to confirm").fill("feed");
    button(page, "Invalidate").click();
    assertThat(page.locator(".done")).containsText("invalidate CACHE [feed]");
    assertThat(management.orders)
        .first()
        .asString()
        .startsWith("turn feed 25 by token from 127.0.0.1");
  }

  @Test
  void cacheThatIsOff_showsWhatPassesItBy_whoSwitchedIt_andWhatSwitchingItUpBrings() {
    management.switches.put("feed", 0);
    management.acted.add(new Event(
        1,
        "node-a",
        System.currentTimeMillis() - 60_000,
        Event.Kind.ACTION,
        "feed",
        "cache feed",
        "ann (larder): switch to 0 %",
        0,
        0));
    Page page = logIn("caches/feed");
    Locator passed = page.locator("[data-fact=passed-by]");
    assertThat(passed).containsText("0 /s now, 0 in all");
    management.passing = 1_000;
    assertThat(passed)
        .hasText(Pattern.compile("passed by\\s*[1-9][0-9.,]* /s now, [1-9].* in all: .*"));
    assertThat(page.locator("[data-order]"))
        .containsText(Pattern.compile("Switched to 0 % at .* by ann \\(larder\\)\\."));
    page.getByLabel("Share of keys that are cached, %").fill("100");
    button(page, "Set switch on all nodes…").click();
    Locator says = page.getByRole(AriaRole.DIALOG).locator(".preview");
    assertThat(says.nth(0))
        .hasText(Pattern.compile("Now 0 %: [1-9][0-9.,]* reads/s, of which tiers answer 0"
            + " and [1-9][0-9.,]* pass the cache by and go to the source\\."));
    assertThat(says.nth(1)).containsText("by ann (larder)");
    assertThat(says.nth(2))
        .containsText(Pattern.compile("All keys will be cached: about [1-9][0-9.,]* reads/s"
            + " that pass by now will be looked up again\\."));
    button(page, "Leave it").click();
    management.switches.put("", 20);
    management.switches.put("album", 50);
    // The page has the one where it has the other.
    assertThat(page.locator("[data-switched]")).containsText("2 caches switched down");
    button(page, "Set switch on all nodes…").click();
    assertThat(says.last())
        .hasText("All caches are switched to 20 %, and the lower of the two holds.");
    button(page, "Leave it").click();

    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("All caches"))
        .click();
    Locator row = page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText("feed"));
    assertThat(row.locator("[data-passes]")).containsText("/s pass by");
    assertThat(page.locator("tbody tr").first()).containsText("feed");
  }

  @Test
  void invalidation_saysWhyItMayCoverMore() {
    Page page = logIn("caches/feed");
    button(page, "Invalidate the whole cache…").click();
    Locator question = page.getByRole(AriaRole.DIALOG);
    assertThat(question).containsText("214 stored entries");
    assertThat(question).not().containsText("It may be more");
    button(page, "Leave it").click();
    management.uncounted = List.of(
        "L2 (redis) does not answer, so its entries are not counted",
        "counting stopped after 200,000 keys, and there are more");
    button(page, "Invalidate the whole cache…").click();
    assertThat(question).containsText("at least 214 stored entries");
    assertThat(question.locator("[data-reason]")).hasText(new String[] {
      "It may be more: L2 (redis) does not answer, so its entries are not counted.",
      "It may be more: counting stopped after 200,000 keys, and there are more."
    });
  }

  @Test
  void key_livesOn_forTheTimeThatWasTyped() {
    Page page = logIn("keys/app%3Aalbum%3Av1%3A42");
    button(page, "Live on…").click();
    Locator question = page.getByRole(AriaRole.DIALOG);
    assertThat(question).containsText("Let app:album:v1:42 live on?");
    assertThat(button(page, "Live on")).isDisabled();
    page.getByLabel("For how long from now").fill("soon");
    assertThat(question.locator(".preview")).hasText("That is not a time of 1ms to 3650d.");
    assertThat(button(page, "Live on")).isDisabled();
    page.getByLabel("For how long from now").fill("90 min");
    assertThat(question.locator(".preview"))
        .hasText(Pattern.compile(
            "It lives 1 h 30 min from now, until about .*\\d\\d:\\d\\d:\\d\\d, also where"
                + " it had longer: in L1 of the nodes that have it, and in L2 Redis\\. Copies elsewhere"
                + " keep their time\\. What was invalidated stays invalid\\."));
    button(page, "Leave it").click();
    assertThat(question).not().isVisible();
    assertThat(management.orders).isEmpty();

    button(page, "Live on…").click();
    page.getByLabel("For how long from now").fill("PT5M");
    button(page, "Live on").click();
    assertThat(page.locator(".done")).containsText("touch app:album:v1:42 PT5M");
    assertThat(management.orders)
        .singleElement()
        .asString()
        .startsWith("touch app:album:v1:42 PT5M by token from 127.0.0.1");
  }

  @Test
  void refresh_goesByTheKeysOwnLastLoad_elseByAllLoadsOfItsCache() {
    management.reads.set(1_000_000);
    Page page = logIn("keys/app%3Aalbum%3Av1%3A42");
    // Loads of the cache are known from here on.
    assertThat(page.locator("[data-tier=L2]")).containsText("L2 Redis ok");
    Locator says = page.getByRole(AriaRole.DIALOG).locator(".preview").first();
    button(page, "Refresh…").click();
    assertThat(says).hasText("It is loaded once from the source; its last load took 118 ms.");
    button(page, "Leave it").click();
    // What failed says nothing of how long a load takes.
    management.loadFailure = "SQLException";
    button(page, "Ask again").click();
    assertThat(page.locator("main")).containsText("failed: SQLException");
    button(page, "Refresh…").click();
    assertThat(says)
        .hasText("It is loaded once from the source; all loads of album took 20.8 ms on average.");
    button(page, "Leave it").click();
    assertThat(management.orders).isEmpty();
  }

  @Test
  void keyThatCannotLiveOn_isNotOfferedTo_andTheReasonIsSaid() {
    management.stored = Explanation.State.UNREACHABLE;
    Page page = logIn("keys/app%3Aalbum%3Av1%3A42");
    Locator obstacle = page.locator("[data-obstacle=touch]");
    assertThat(button(page, "Live on…")).isDisabled();
    assertThat(obstacle)
        .hasText(
            "It cannot live on: L2 (redis) does not answer, and no other shared tier has a valid copy of"
                + " it.");
    management.stored = Explanation.State.INVALID;
    button(page, "Ask again").click();
    assertThat(obstacle).hasText("It cannot live on: L2 (redis) has no valid copy of it.");
    management.isGone = true;
    button(page, "Ask again").click();
    assertThat(obstacle).hasText("It cannot live on: the key is not in its L1 on any node.");
    assertThat(button(page, "Live on…")).isDisabled();
    assertThat(page.locator("[data-obstacle=refresh]"))
        .hasText(
            "It cannot be refreshed: the key is not in its L1 on any node, so none knows how to"
                + " load it.");
    assertThat(button(page, "Refresh…")).isDisabled();
    management.isGone = false;
    management.stored = Explanation.State.STALE;
    button(page, "Ask again").click();
    assertThat(button(page, "Live on…")).isEnabled();
    assertThat(obstacle).hasCount(0);
    assertThat(button(page, "Refresh…")).isEnabled();
    management.switches.put("album", 0);
    button(page, "Ask again").click();
    assertThat(obstacle).hasText("It cannot live on: its cache is switched off.");
  }

  @Test
  void warming_isPaused_advice_isCopied() {
    window.grantPermissions(List.of("clipboard-read", "clipboard-write"));
    Page page = logIn("warming");
    assertThat(page.locator("[data-warm-up=problem-list]")).containsText("6,200 of 10,000");
    assertThat(page.locator("[data-warm-up=problem-list] [data-declared]"))
        .hasText("Declared: at most 500 keys a second, 4 loads at a time.");
    button(page, "Pause problem-list").click();
    assertThat(page.locator("[data-warm-up=problem-list]")).containsText("paused");
    assertThat(button(page, "Resume problem-list")).isVisible();
    page.getByText("Resume with less").click();
    assertThat(page.getByLabel("Keys a second, at most")).hasAttribute("max", "500");
    page.getByLabel("Keys a second, at most").fill("50");
    button(page, "Resume so problem-list").click();
    assertThat(page.locator(".done")).containsText("warm problem-list RESUME 50/s");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Advisor"))
        .click();
    button(page, "Copy as configuration for search").click();
    String yaml = "larder:\n  caches:\n    search:\n      ttl: 1m";
    assertThat(page.getByRole(AriaRole.STATUS)
            .filter(new Locator.FilterOptions().setHasText("Copied")))
        .isVisible();
    assertThat(page.locator("[data-advice=search] pre")).hasText(yaml);
    assertThat(page.evaluate("navigator.clipboard.readText()")).isEqualTo(yaml);
  }

  @Test
  void warmUpThatCannotRunNow_isNotStarted_untilItsTierAnswers() {
    management.warmUp = WarmUp.State.DONE;
    management.circuit = "open";
    Page page = logIn("warming");
    // The header has it from where the question has it.
    assertThat(page.locator("[data-tier=L2]")).containsText("skipped");
    button(page, "Start problem-list").click();
    Locator question = page.getByRole(AriaRole.DIALOG);
    assertThat(question).containsText("It cannot run now: L2 (redis)");
    assertThat(button(page, "Start")).isDisabled();
    management.circuit = "closed";
    assertThat(question).not().containsText("It cannot run now");
    assertThat(question).containsText("It asks the source for");
    assertThat(management.orders).isEmpty();
    button(page, "Start").click();
    assertThat(page.locator(".done")).containsText("warm problem-list START");
  }

  @Test
  void warmUp_isPreviewedByItsPlan_inTheWordsOfTheCommandLine() {
    management.warmUp = WarmUp.State.DONE;
    WarmUp last = management.warmUps().get(0);
    Page page = logIn("warming");
    Locator says = page.getByRole(AriaRole.DIALOG).locator(".preview");
    button(page, "Start problem-list").click();
    assertThat(says).hasText(asks(last, WarmUp.Action.START, WarmUp.Limits.AS_DECLARED));
    assertThat(page.getByRole(AriaRole.DIALOG)).not().containsText("10,000");
    button(page, "Leave it").click();
    page.getByText("Start with less").click();
    page.getByLabel("Keys, the first").fill("1200");
    page.getByLabel("Loads at a time, at most").fill("1");
    button(page, "Start so problem-list").click();
    assertThat(says).hasText(asks(last, WarmUp.Action.START, new WarmUp.Limits(1_200, 0, 1)));
    button(page, "Leave it").click();
    button(page, "Run failures again problem-list").click();
    assertThat(says).hasText(asks(last, WarmUp.Action.RERUN_FAILED, WarmUp.Limits.AS_DECLARED));
    assertThat(management.orders).isEmpty();
  }

  private static String[] asks(WarmUp last, WarmUp.Action action, WarmUp.Limits limits) {
    return last.asks(action, limits).toArray(String[]::new);
  }

  /** In the words of the command line. */
  @Test
  void noAdvice_isExplained_andSoIsWhatAnUnheardNodeMeans() {
    Page page = logIn("advisor");
    assertThat(page.locator("[data-silent=n7]"))
        .hasText("Node n7 gave no answer, so it is left out.");
    management.isAdvised = false;
    button(page, "Ask again").click();
    String why = management.adviceReport().whyNone();
    assertThat(why).contains("too little is known of album (12 lookups of 400)");
    assertThat(page.locator("advisor-page")).containsText(why);
    page.navigate(console.address() + "#/");
    assertThat(page.locator("overview-page")).containsText(why);
    page.navigate(console.address() + "#/caches/feed");
    assertThat(page.locator("cache-page"))
        .containsText(management.adviceReport().of("feed").whyNone());
  }

  @Test
  void advice_isSimulated_withOtherSettings_andThoseAreCopied() {
    window.grantPermissions(List.of("clipboard-read", "clipboard-write"));
    Page page = logIn("advisor");
    Locator search = page.locator("[data-advice=search]");
    button(page, "Simulate for search").click();
    // The settings of the advice are there already.
    assertThat(search.getByLabel("ttl")).hasValue("1m");
    search.getByLabel("ttl").fill("2m");
    search.getByLabel("entries in L1").fill("5000");
    button(page, "Replay").click();
    Locator found = search.locator("[data-simulation]");
    assertThat(found).containsText("46.1 %");
    assertThat(found).containsText("45.8 %");
    assertThat(found).containsText("338 MB");
    assertThat(found).containsText("68 MB");
    assertThat(found).containsText("12,345 sampled reads");
    assertThat(found).containsText("1.6 % of keys");
    assertThat(management.simulated).containsExactly("search PT2M 5000");
    button(page, "Copy what was replayed for search").click();
    assertThat(page.evaluate("navigator.clipboard.readText()"))
        .isEqualTo("larder:\n  caches:\n    search:\n      l1-max-entries: 5000\n      ttl: 2m");
    search.getByLabel("ttl").fill("soon");
    button(page, "Replay").click();
    assertThat(search.getByRole(AriaRole.ALERT)).containsText("soon is not a time");
    // The server says no in a status that browsers complain of.
    complaints.removeIf(text -> text.contains("400"));
  }

  @Test
  void trial_isOfTheCacheThatWasChosen_whateverElseIsReadMore() {
    Page page = logIn("advisor");
    Locator caches = page.locator("ttl-trials select");
    assertThat(caches.locator("option"))
        .hasText(new String[] {"album", "feed", "search", "session"});
    assertThat(caches).hasValue("album");
    management.slowReads.set(1_000_000);
    management.others.put("aardvark", 0L);
    assertThat(caches.locator("option"))
        .hasText(new String[] {"aardvark", "album", "feed", "search", "session"});
    assertThat(caches).hasValue("album");
    caches.selectOption("feed");
    page.getByLabel("ttls to try").fill("1m");
    management.others.put("bat", 0L);
    assertThat(caches.locator("option"))
        .hasText(new String[] {"aardvark", "album", "bat", "feed", "search", "session"});
    assertThat(caches).hasValue("feed");
    button(page, "See what it means").click();
    assertThat(page.locator("[data-proposed=feed]")).containsText("of the keys of feed live 1 min");
  }

  @Test
  void trial_isProposed_started_counts_andIsEnded() {
    window.grantPermissions(List.of("clipboard-read", "clipboard-write"));
    Page page = logIn("advisor");
    assertThat(page.locator("ttl-trials")).containsText("No trial runs");
    page.getByLabel("ttls to try").fill("1m, 10m");
    page.getByLabel("share of keys for each").fill("20");
    page.locator("ttl-trials select").selectOption("feed");
    button(page, "See what it means").click();
    Locator proposed = page.locator("[data-proposed=feed]");
    assertThat(proposed).containsText("20 % of the keys of feed live 1 min");
    assertThat(proposed).containsText("60 % live 5 min as always, for 1 h");
    assertThat(proposed).containsText("A value that changes may be served for longer.");
    assertThat(management.orders).isEmpty();

    // What was proposed is not what would be started.
    page.getByLabel("ttls to try").fill("1m");
    assertThat(proposed).hasCount(0);
    button(page, "See what it means").click();
    button(page, "Start the trial of feed").click();
    assertThat(
            page.getByRole(AriaRole.STATUS).filter(new Locator.FilterOptions().setHasText("done")))
        .isVisible();
    assertThat(management.orders)
        .hasSize(1)
        .first()
        .asString()
        .startsWith("trial feed [60000] 20 0 by token");
    Locator feed = page.locator("[data-trial=feed]");
    assertThat(feed).containsText("not counted yet");
    assertThat(feed).containsText("too few reads");

    management.trials.count(new TrialPlan("feed", List.of(60_000L), 20, 0), 20_000);
    assertThat(feed).containsText("counting");
    assertThat(feed.locator("tbody tr").nth(0)).containsText("16,000");
    assertThat(feed.locator("tbody tr").nth(0)).containsText("90.4 %");
    assertThat(feed.locator("tbody tr").nth(1)).containsText("fewer hits");
    assertThat(feed.locator("tbody tr").nth(1)).containsText("−22.1 to −16.3");
    assertThat(feed).containsText("fewer hits, hit rate 90.4 → 71.2 %");

    button(page, "Copy ttl 1 min as configuration for feed").click();
    assertThat(page.getByRole(AriaRole.STATUS)
            .filter(new Locator.FilterOptions().setHasText("Copied")))
        .isVisible();
    assertThat(page.evaluate("navigator.clipboard.readText()"))
        .isEqualTo("larder:\n  caches:\n    feed:\n      ttl: 1m");
    button(page, "End the trial of feed").click();
    assertThat(feed).containsText("ended");
    assertThat(button(page, "End the trial of feed")).hasCount(0);

    page.getByLabel("ttls to try").fill("5m");
    button(page, "See what it means").click();
    assertThat(page.locator("ttl-trials").getByRole(AriaRole.ALERT))
        .containsText("5 min is the policy's");
    // The server says no in a status that browsers complain of.
    complaints.removeIf(text -> text.contains("400"));
  }
}
