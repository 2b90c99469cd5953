package dev.larder.manage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.CacheTier;
import dev.larder.stats.TierStats;
import dev.larder.stats.TierStats.Outage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TroubleTest {

  private static final long NOW = 1_000_000;

  private static TierStats tier(String circuit, Duration confirmedAgo, @Nullable Duration lostAgo) {
    return new TierStats(
        CacheTier.L2,
        "redis",
        "10.0.0.7:6379",
        !circuit.equals("closed"),
        circuit,
        confirmedAgo.toMillis() < 1_000,
        confirmedAgo,
        1_000,
        9,
        0,
        0,
        null,
        lostAgo,
        null);
  }

  /** Out since then, or for a minute until then. */
  private static TierStats out(String circuit, Duration began, @Nullable Duration ended) {
    TierStats it = tier(circuit, Duration.ZERO, null);
    return new TierStats(
        it.tier(),
        it.store(),
        it.address(),
        it.isDegraded(),
        circuit,
        true,
        it.confirmedAgo(),
        it.calls(),
        it.failures(),
        it.timeouts(),
        it.skipped(),
        it.lastFailedAgo(),
        null,
        new Outage(began, ended));
  }

  private static NodeView node(int waiting, long stale, List<Event> events, TierStats... tiers) {
    return new NodeView(
        "n1",
        "host",
        1,
        "1",
        0,
        NOW,
        NodeView.State.IN_SYNC,
        waiting,
        1,
        2,
        "policies",
        List.of(new FreshnessCount(FreshnessCount.Check.AFTER_1S, 500, stale)),
        List.of(),
        List.of(tiers),
        List.of(),
        events);
  }

  private static List<Trouble> of(NodeView node, Map<String, Integer> switches) {
    return Trouble.allOf(new Overview("shop", NOW, "n1", true, List.of(node), switches));
  }

  @Test
  void allIsWell_isNoTrouble() {
    assertThat(of(node(0, 0, List.of(), tier("closed", Duration.ZERO, null)), Map.of("", 100)))
        .isEmpty();
  }

  /** Nobody reads, so no circuit opens: since when is told by the log. */
  @Test
  void tierThatDoesNotAnswer_isSilentSinceItsLogWasHeard_andMakesTheNodeUnsure() {
    assertThat(of(node(0, 0, List.of(), tier("no-answer", Duration.ofSeconds(7), null)), Map.of()))
        .satisfiesExactly(
            skipped -> {
              assertThat(skipped.what())
                  .isEqualTo("n1 skips L2 (redis): it does not answer at 10.0.0.7:6379");
              assertThat(skipped.effect()).contains("nothing older");
              assertThat(skipped.sinceMillis()).isEqualTo(NOW - 7_000);
            },
            unsure -> {
              assertThat(unsure.what()).startsWith("n1 is unsure");
              assertThat(unsure.effect()).contains("max-staleness");
              assertThat(unsure.sinceMillis()).isEqualTo(NOW - 7_000);
            });
  }

  /** Nobody makes the calls that it waits for. */
  @Test
  void halfOpenCircuit_ofATierWhoseLogIsSilent_doesNotAnswer() {
    assertThat(of(node(0, 0, List.of(), tier("half-open", Duration.ofSeconds(7), null)), Map.of()))
        .first()
        .extracting(Trouble::what)
        .isEqualTo("n1 skips L2 (redis): it does not answer at 10.0.0.7:6379");
    assertThat(of(node(0, 0, List.of(), tier("half-open", Duration.ZERO, null)), Map.of()))
        .first()
        .extracting(Trouble::what)
        .asString()
        .endsWith("half-open, so a few calls are tried");
  }

  /** The database's log hears of everything first. */
  @Test
  void silentLog_besideThatOfTheDatabase_leavesMostOfL1AsItWas() {
    TierStats database = new TierStats(
        CacheTier.DATABASE,
        "jdbc",
        "",
        false,
        "closed",
        true,
        Duration.ZERO,
        1,
        0,
        0,
        0,
        null,
        null,
        null);
    NodeView node = node(0, 0, List.of(), tier("no-answer", Duration.ofSeconds(7), null), database);
    assertThat(of(node, Map.of()))
        .last()
        .extracting(Trouble::effect)
        .asString()
        .startsWith("caches with the database tier answer from L1 as before, since the log in jdbc")
        .contains("of the others L1 answers only within each cache's max-staleness");
  }

  /** Slow, while the log goes on. */
  @Test
  void openCircuit_isSkippedSinceTheOutageBegan() {
    NodeView node = node(0, 0, List.of(), out("open", Duration.ofSeconds(4), null));
    assertThat(of(node, Map.of())).singleElement().satisfies(it -> {
      assertThat(it.what())
          .isEqualTo(
              "n1 skips L2 (redis): its circuit to 10.0.0.7:6379 is open, so only a call now and then is tried");
      assertThat(it.sinceMillis()).isEqualTo(NOW - 4_000);
    });
    assertThat(of(node(0, 0, List.of(), tier("open", Duration.ZERO, null)), Map.of()))
        .singleElement()
        .extracting(Trouble::sinceMillis)
        .isEqualTo(0L);
  }

  private static Event circuit(String subject, String text, long atMillis) {
    return new Event(1, "n1", atMillis, Event.Kind.CIRCUIT, "", subject, text, 0, 1);
  }

  @Test
  void lostLog_isToldForAMinute() {
    Duration minute = Duration.ofMinutes(1);
    assertThat(of(
            node(0, 0, List.of(), tier("closed", Duration.ZERO, minute.minusMillis(1))), Map.of()))
        .singleElement()
        .extracting(Trouble::what)
        .asString()
        .startsWith("n1 lost the log in redis");
    assertThat(of(node(0, 0, List.of(), tier("closed", Duration.ZERO, minute)), Map.of()))
        .isEmpty();
  }

  @Test
  void waitingInvalidations_andStaleCopies_andSwitches_areTold() {
    NodeView node = node(1, 2, List.of(), tier("closed", Duration.ZERO, null));
    assertThat(of(node, Map.of("", 100, "album", 25)))
        .extracting(Trouble::what)
        .containsExactly(
            "n1 is behind: 1 invalidation waits for a log that does not answer",
            "n1 found 2 stale of 500 copies that were looked at again",
            "cache album is switched to 25 % of the keys");
    assertThat(Trouble.allOf(node)).as("what is wrong now").hasSize(1);
  }

  @Test
  void cacheThatIsOff_loadsAllKeys_andTellsWhoSwitchedIt_asFarAsKnown() {
    NodeView node = node(0, 0, List.of(switched(5, "album", "ann (larder): switch to 0 %")));
    assertThat(of(node, Map.of("album", 0)))
        .containsExactly(new Trouble(
            "cache album is switched to 0 % of the keys by ann (larder)",
            "all keys are loaded from the source each time", 5));
    assertThat(of(node(0, 0, List.of()), Map.of("album", 25)))
        .containsExactly(new Trouble(
            "cache album is switched to 25 % of the keys",
            "the other keys are loaded from the source each time", 0));
  }

  private static Event switched(long atMillis, String cache, String text) {
    return new Event(atMillis, "n1", atMillis, Event.Kind.ACTION, cache, "", text, 0, 0);
  }

  @Test
  void orderOfASwitch_isTheLatestOfThatSwitch_andNoneIfThatIsNotHowItStands() {
    NodeView node = node(
        0,
        0,
        List.of(
            switched(3, "album", "ann: switch to 0 %"),
            switched(7, "album", "bob: switch to 25 %"),
            switched(8, "album", "bob: a trial of ttls ended"),
            switched(9, "session", "eve: switch to 10 %"),
            switched(6, "", "dan: switch to 50 %")));
    assertThat(order(node, "album", 25)).hasValue(new SwitchOrder("album", 25, "bob", 7));
    assertThat(order(node, "", 50)).hasValue(new SwitchOrder("", 50, "dan", 6));
    assertThat(order(node, "album", 0))
        .as("another order, not seen, came later")
        .isEmpty();
    assertThat(order(node, "feed", 0)).isEmpty();
    assertThat(SwitchOrder.of(new Overview("shop", NOW, "n1", true, List.of(node), Map.of()), ""))
        .isEmpty();
  }

  private static Optional<SwitchOrder> order(NodeView node, String cache, int percent) {
    return SwitchOrder.of(
        new Overview("shop", NOW, "n1", true, List.of(node), Map.of(cache, percent)), cache);
  }

  @Test
  void nodesThatDiffer_andThoseThatCannotBeAsked_areTold() {
    NodeView one = node(0, 0, List.of());
    NodeView other = new NodeView(
        "n2",
        one.host(),
        2,
        "2",
        0,
        NOW,
        one.state(),
        0,
        1,
        2,
        "others",
        one.freshness(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
    assertThat(Trouble.allOf(new Overview("shop", NOW, "n1", false, List.of(one, other), Map.of())))
        .extracting(Trouble::what)
        .containsExactly(
            "the other nodes could not be asked: no store answers",
            "the nodes' caches are not configured alike: n1 policies, n2 others",
            "the nodes run different versions of Larder: n1 1, n2 2");
  }

  @Test
  void advice_waitsForTiers_forCircuits_andForCachesToBeWarm() {
    long hour = Duration.ofHours(1).toMillis();
    TierStats well = tier("closed", Duration.ZERO, null);
    assertThat(caution(node(0, 0, List.of(), well), 2 * hour)).isEmpty();
    assertThat(caution(node(0, 0, List.of(), tier("open", Duration.ZERO, null)), 2 * hour))
        .hasValueSatisfying(it -> assertThat(it).startsWith("n1 skips L2 (redis)"));
    TierStats lately = out("closed", Duration.ofMinutes(20), Duration.ofSeconds(1));
    assertThat(caution(node(0, 0, List.of(), lately), 2 * hour))
        .hasValueSatisfying(it -> assertThat(it).startsWith("n1 skipped L2 (redis) until less"));
    TierStats longAgo = out("closed", Duration.ofHours(1), Duration.ofMinutes(50));
    assertThat(caution(node(0, 0, List.of(), longAgo), 2 * hour)).isEmpty();
    assertThat(caution(node(0, 0, List.of(), well), Duration.ofMinutes(9).toMillis()))
        .hasValueSatisfying(it -> assertThat(it).startsWith("n1 began less than ten minutes ago"));
  }

  private static Optional<String> caution(NodeView view, long atMillis) {
    NodeView node = new NodeView(
        view.id(),
        view.host(),
        1,
        "1",
        0,
        atMillis,
        view.state(),
        0,
        1,
        2,
        "",
        view.freshness(),
        List.of(),
        view.tiers(),
        List.of(),
        view.events());
    return Advice.caution(new Overview("shop", atMillis, "n1", true, List.of(node), Map.of()));
  }
}
