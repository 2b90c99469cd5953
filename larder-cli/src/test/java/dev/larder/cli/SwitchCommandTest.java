package dev.larder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.manage.Event;
import dev.larder.manage.NodeView;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SwitchCommandTest {

  private final FakeManagement management = new FakeManagement();
  private final Cli cli = Cli.of(management);

  private static final Event OFF = new Event(
      1,
      "n1",
      FakeManagement.NOW - 60_000,
      Event.Kind.ACTION,
      "album",
      "cache album",
      "ann (larder): switch to 0 %",
      0,
      0);

  @Test
  void dryRun_down_saysWhatTheSourceWillBeAsked() {
    management.nodes = List.of(FakeManagement.node(100, 90_000, 10_000, 0, List.of()));

    assertThat(cli.run("switch", "album", "25%", "--dry-run")).isZero();
    assertThat(cli.err)
        .contains("Would turn cache album from 100 % to 25 %. Now 100 %: 100 reads/s on average"
            + " since the nodes started, of which tiers answered 90. The source will be asked about"
            + " 68 times a second more, 12.0 ms each as loads went. Entries stay stored and are"
            + " invalidated as before. Nothing was changed.");
    assertThat(management.orders).isEmpty();
  }

  @Test
  void question_saysHowMuchTheSourceGets() {
    management.nodes = List.of(FakeManagement.node(100, 90_000, 10_000, 0, List.of()));
    cli.isTerminal = true;
    cli.in = "n\n";

    assertThat(cli.run("switch", "off")).isEqualTo(6);
    assertThat(cli.err)
        .contains("Turn all caches from 100 % to 0 %: the source gets the reads of the rest,"
            + " about 90/s? [y/N]");
  }

  @Test
  void dryRun_up_saysWhatPassesBy_andWhoSwitchedIt() {
    management.nodes = List.of(FakeManagement.node(0, 45_000, 5_000, 50_000, List.of(OFF)));
    management.switches = Map.of("album", 0);

    assertThat(cli.run("switch", "album", "on", "--dry-run")).isZero();
    assertThat(cli.err)
        .contains("Now 0 %: 100 reads/s on average since the nodes started, of which tiers answered"
            + " 45 and 50 passed the cache by and went to the source.")
        .containsPattern("It was switched to 0 % at [0-9:]{8} by ann \\(larder\\)\\.")
        .contains("About 100 reads/s that pass by now will be looked up again. What was stored");
    assertThat(management.orders).isEmpty();
  }

  @Test
  void dryRun_ofACache_saysWhereTheSwitchOfAllHoldsItDown() {
    management.nodes = List.of(FakeManagement.node(20, 90_000, 10_000, 0, List.of()));
    management.switches = Map.of("", 20);

    assertThat(cli.run("switch", "album", "on", "--dry-run")).isZero();
    assertThat(cli.err)
        .contains("All caches are switched to 20 %, and the lower of the two holds.")
        .doesNotContain("looked up again", "switched to 20 % at");
  }

  @Test
  void dryRun_whileATierIsOut_saysWhich_once() {
    management.nodes = List.of(
        FakeManagement.node("n1", NodeView.State.IN_SYNC, true),
        FakeManagement.node("n2", NodeView.State.IN_SYNC, true));

    assertThat(cli.run("switch", "album", "off", "--dry-run")).isZero();
    assertThat(cli.err)
        .containsOnlyOnce("L2 (redis) is skipped now: what it answered before comes from the next"
            + " tier or the source already.");

    management.nodes = List.of(FakeManagement.node("n1", NodeView.State.IN_SYNC, false));
    cli.run("switch", "album", "off", "--dry-run");
    assertThat(cli.err).doesNotContain("skipped");
  }

  @Test
  void dryRun_whereNoNodeRuns_saysSo() {
    management.nodes = List.of();

    assertThat(cli.run("switch", "album", "off", "--dry-run")).isZero();
    assertThat(cli.err)
        .contains("No node runs that could tell what is read. Nothing was changed.")
        .doesNotContain("reads/s");
  }

  /** Neither hits nor misses, so nothing else would tell of them. */
  @Test
  void stats_showWhatPassedBy_toPeopleOnlyWhereSomethingDid() {
    management.nodes = List.of(FakeManagement.node(0, 90, 10, 0, List.of()));
    cli.run("stats");
    assertThat(cli.out).doesNotContain("PASSED BY");
    cli.run("stats", "-o", "csv");
    assertThat(cli.out.lines().findFirst().orElseThrow())
        .endsWith(",percent,passes,recentHitRatio");

    management.nodes = List.of(FakeManagement.node(0, 90, 10, 1_234, List.of()));
    cli.run("stats");
    assertThat(cli.out).containsPattern("ON +PASSED BY\n").containsPattern("0 % +1,234\n");
    cli.run("stats", "-o", "json");
    assertThat(cli.out).containsPattern("\"passes\" ?: ?1234");
  }
}
