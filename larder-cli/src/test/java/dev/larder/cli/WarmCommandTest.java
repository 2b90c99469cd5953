package dev.larder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.manage.ManagementException;
import dev.larder.manage.NodeView;
import dev.larder.manage.WarmUp;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmCommandTest {

  private final FakeManagement management = new FakeManagement();
  private final Cli cli = Cli.of(management);

  private static WarmUp warmUp(WarmUp.State state, long done, long failed, long started) {
    List<String> failures = failed == 0 ? List.of() : List.of("shop:album:v1:9: IOException");
    return new WarmUp(
        "albums",
        "0 4 * * *",
        state,
        "n1",
        100,
        done,
        3,
        failed,
        50,
        started,
        0,
        failures,
        new WarmUp.Limits(0, 200, 4),
        false);
  }

  @Test
  void withoutName_listsThem() {
    management.warmUps.add(List.of(warmUp(WarmUp.State.DONE, 100, 0, 5)));

    assertThat(cli.run("warm")).isZero();
    assertThat(cli.out).contains("albums", "0 4 * * *", "done", "100");
    assertThat(management.orders).isEmpty();
  }

  @Test
  void named_isStartedAndFollowedToItsEnd() {
    management.warmUps.add(List.of(warmUp(WarmUp.State.DONE, 100, 0, 5)));
    management.warmUps.add(List.of(warmUp(WarmUp.State.DONE, 100, 0, 5)));
    management.warmUps.add(List.of(warmUp(WarmUp.State.RUNNING, 10, 0, 9)));
    management.warmUps.add(List.of(warmUp(WarmUp.State.DONE, 100, 0, 9)));

    assertThat(cli.run("warm", "albums")).as(cli.err).isZero();
    assertThat(management.orders).containsExactly("warm albums START");
    assertThat(cli.err).contains("100 %  100 of 100  50/s  0 failed  3 were there already  done");
    assertThat(cli.out).contains("albums");
  }

  /** Also those were "done", and nothing was loaded for them. */
  @Test
  void keysThatWereThereAlready_areCounted_forProgramsToo() {
    management.warmUps.add(List.of(warmUp(WarmUp.State.IDLE, 0, 0, 0)));
    management.warmUps.add(List.of(warmUp(WarmUp.State.DONE, 100, 0, 9)));

    assertThat(cli.run("warm", "albums", "-o", "json")).as(cli.err).isZero();
    assertThat(cli.err).contains("0 failed  3 were there already  done");
    assertThat(cli.out).containsPattern("\"done\" ?: ?100,\\s*\"found\" ?: ?3,");
  }

  @Test
  void dryRun_saysWhatItWouldAskFor_andStartsNothing() {
    management.warmUps.add(List.of(warmUp(WarmUp.State.DONE, 100, 0, 5)));
    assertThat(cli.run("warm", "albums", "--dry-run")).isZero();
    assertThat(cli.err)
        .contains(
            "Would start albums. It asks the source for all keys of its plan, as many as it finds"
                + " when it begins, but for those that are cached and fresh."
                + " At most 200 keys a second. At most 4 loads at a time. Nothing was changed.")
        .doesNotContain("100 keys", "last run");

    management.warmUps.add(List.of(warmUp(WarmUp.State.DONE, 100, 0, 5)));
    assertThat(cli.run("warm", "albums", "-n", "--limit", "7")).isZero();
    assertThat(cli.err)
        .contains(
            "asks the source for the first 7 keys of its plan, but for those that are cached");

    management.nodes = List.of(FakeManagement.node("n2", NodeView.State.UNSURE, true));
    management.warmUps.add(List.of(warmUp(WarmUp.State.DONE, 100, 0, 5)));
    assertThat(cli.run("warm", "albums", "-n")).isEqualTo(4);
    assertThat(cli.err).contains("It cannot run now: L2 (redis), which tells the nodes whose turn");
    assertThat(management.orders).isEmpty();
  }

  /** As the dry run, so that scripts can tell a tier that is away from a warm-up that failed. */
  @Test
  void order_thatNoNodeCarriesOut_endsWith4_whereATierIsWhy() {
    management.warmUps.add(List.of(warmUp(WarmUp.State.DONE, 100, 0, 5)));
    management.refusedOrder =
        new ManagementException(ManagementException.Reason.REFUSED, "no node could");
    assertThat(cli.run("warm", "albums")).isEqualTo(1);

    management.warmUps.add(List.of(warmUp(WarmUp.State.DONE, 100, 0, 5)));
    management.nodes = List.of(FakeManagement.node("n2", NodeView.State.UNSURE, true));
    assertThat(cli.run("warm", "albums")).isEqualTo(4);
    assertThat(cli.err)
        .contains(
            "not started: L2 (redis), which tells the nodes whose turn it is", "no node could");
  }

  @Test
  void dryRun_ofAnotherOrder_saysWhatThatDoes() {
    management.warmUps.add(List.of(warmUp(WarmUp.State.PAUSED, 60, 5, 5)));

    assertThat(cli.run("warm", "albums", "--resume", "--rate", "20/s", "-n")).isZero();
    assertThat(cli.err)
        .contains("Would resume albums. It asks the source for the 35 keys left, but for")
        .contains("At most 20 keys a second. At most 4 loads at a time.");
    assertThat(cli.run("warm", "albums", "--rerun-failed", "-n")).isZero();
    assertThat(cli.err)
        .contains("Would rerun failed albums. It asks the source for the 5 keys that failed, but");
    management.nodes = List.of(FakeManagement.node("n2", NodeView.State.UNSURE, true));
    assertThat(cli.run("warm", "albums", "--cancel", "-n")).isZero();
    assertThat(cli.err)
        .contains("Would cancel albums. It ends after the loads under way. Nothing was changed.")
        .doesNotContain("source", "cannot run");
    assertThat(management.orders).isEmpty();
  }

  @Test
  void failures_endWithOneAndSayWhatNext() {
    management.warmUps.add(List.of(warmUp(WarmUp.State.IDLE, 0, 0, 0)));
    management.warmUps.add(List.of(warmUp(WarmUp.State.DONE, 98, 2, 9)));

    assertThat(cli.run("warm", "albums")).isEqualTo(1);
    assertThat(cli.err)
        .contains("failed: shop:album:v1:9: IOException", "larder warm albums --rerun-failed");
  }

  @Test
  void orders_areGivenAndNotWaitedFor() {
    management.warmUps.add(List.of(warmUp(WarmUp.State.RUNNING, 10, 0, 9)));

    assertThat(cli.run("warm", "albums", "--pause")).isZero();
    assertThat(cli.run("warm", "albums", "--cancel")).isZero();
    assertThat(cli.run("warm", "albums", "--resume", "--no-wait")).isZero();
    assertThat(cli.run("warm", "albums", "--rerun-failed", "--no-wait")).isZero();
    assertThat(cli.run("warm", "albums", "--pause", "--cancel")).isEqualTo(2);
    assertThat(management.orders)
        .containsExactly(
            "warm albums PAUSE",
            "warm albums CANCEL",
            "warm albums RESUME",
            "warm albums RERUN_FAILED");
  }

  @Test
  void unknownName_isNotFound() {
    management.warmUps.add(List.of(warmUp(WarmUp.State.RUNNING, 10, 0, 9)));

    assertThat(cli.run("warm", "album")).isEqualTo(3);
    assertThat(cli.err).contains("there is no warm-up 'album'", "did you mean albums?");
  }

  @Test
  void limits_areOfThisRun() {
    management.warmUps.add(List.of(warmUp(WarmUp.State.IDLE, 0, 0, 0)));

    assertThat(cli.run(
            "warm", "albums", "--limit", "10", "--rate", "50/s", "--concurrency", "2", "--no-wait"))
        .as(cli.err)
        .isZero();
    assertThat(cli.run("warm", "albums", "--resume", "--rate", "20", "--no-wait"))
        .isZero();
    assertThat(management.orders)
        .containsExactly(
            "warm albums START the first 10 keys, 50/s, 2 at a time", "warm albums RESUME 20/s");
  }

  @Test
  void limits_aboveThePlans_areRefusedBeforeAnythingIsOrdered() {
    management.warmUps.add(List.of(warmUp(WarmUp.State.IDLE, 0, 0, 0)));

    assertThat(cli.run("warm", "albums", "--rate", "201/s")).isEqualTo(2);
    assertThat(cli.err).contains("rate 201/s is not 1 to 200/s, which the plan declares");
    assertThat(cli.run("warm", "albums", "--concurrency", "5")).isEqualTo(2);
    assertThat(cli.err).contains("concurrency 5 is not 1 to 4, which the plan declares");
    assertThat(management.orders).isEmpty();
  }

  @Test
  void limits_thatAreNone_areWrongUsage() {
    management.warmUps.add(List.of(warmUp(WarmUp.State.IDLE, 0, 0, 0)));

    assertThat(cli.run("warm", "albums", "--limit", "0")).isEqualTo(2);
    assertThat(cli.err).contains("--limit is 0, must be 1 or more");
    assertThat(cli.run("warm", "albums", "--rate", "fast")).isEqualTo(2);
    assertThat(cli.err).contains("--rate is fast, must be 1/s to 100000/s");
    assertThat(cli.run("warm", "albums", "--concurrency", "65")).isEqualTo(2);
    assertThat(cli.err).contains("--concurrency is 65, must be 1 to 64");
    assertThat(cli.run("warm", "albums", "--pause", "--rate", "5/s")).isEqualTo(2);
    assertThat(cli.err).contains("--rate is of a run, and --pause runs nothing");
    assertThat(cli.run("warm", "albums", "--resume", "--limit", "5")).isEqualTo(2);
    assertThat(cli.err).contains("--limit cannot be set for a run that goes on");
    assertThat(cli.run("warm", "--rate", "5/s")).isEqualTo(2);
    assertThat(cli.err).contains("--rate needs the NAME of a warm-up");
    assertThat(management.orders).isEmpty();
  }

  /** It would run at full rate, and whoever asked would believe in another. */
  @Test
  void limits_ofAnApplicationThatKnowsNone_areRefused() {
    WarmUp now = warmUp(WarmUp.State.IDLE, 0, 0, 0);
    management.warmUps.add(List.of(
        new WarmUp("albums", "", now.state(), "", -1, 0, 0, 0, 0, 0, 0, List.of(), null, false)));

    assertThat(cli.run("warm", "albums", "--rate", "5/s")).isEqualTo(1);
    assertThat(cli.err).contains("the application does not take --rate", "older version");
    assertThat(management.orders).isEmpty();
  }
}
