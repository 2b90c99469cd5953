package dev.larder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.manage.WarmUp;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmCommandTest {

  private final FakeManagement management = new FakeManagement();
  private final Cli cli = Cli.of(management);

  private static WarmUp warmUp(WarmUp.State state, long done, long failed, long started) {
    List<String> failures = failed == 0 ? List.of() : List.of("shop:album:v1:9: IOException");
    return new WarmUp(
        "albums", "0 4 * * *", state, "n1", 100, done, 3, failed, 50, started, 0, failures);
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
    assertThat(cli.err).contains("100 %  100 of 100  50/s  0 failed  done");
    assertThat(cli.out).contains("albums");
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
}
