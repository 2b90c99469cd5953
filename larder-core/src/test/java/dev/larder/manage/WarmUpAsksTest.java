package dev.larder.manage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.manage.WarmUp.Action;
import dev.larder.manage.WarmUp.Limits;
import dev.larder.manage.WarmUp.State;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpAsksTest {

  private static WarmUp warmUp(String name, String schedule, long total, Limits declared) {
    return new WarmUp(
        name, schedule, State.PAUSED, "n1", total, 3, 1, 2, 40, 5, 9, List.of(), declared, false);
  }

  private final WarmUp limited = warmUp("albums", "", 8, new Limits(0, 1_200, 1));

  /** The last run had 8 keys; the next has what its plan gives. */
  @Test
  void start_asksForAllKeysOfThePlan_whateverTheLastRunHad() {
    assertThat(limited.asks(Action.START, Limits.AS_DECLARED))
        .containsExactly(
            "It asks the source for all keys of its plan, as many as it finds when it begins,"
                + " but for those that are cached and fresh.",
            "At most 1,200 keys a second.",
            "At most 1 load at a time.");
    assertThat(limited.asks(Action.START, new Limits(1, 20, 0)))
        .containsExactly(
            "It asks the source for the first 1 key of its plan, but for those that are cached and"
                + " fresh.",
            "At most 20 keys a second.",
            "At most 1 load at a time.");
  }

  @Test
  void aPlanThatLoadsAllAnew_saysSo() {
    WarmUp anew = new WarmUp(
        "albums", "", State.DONE, "n1", 8, 3, 1, 2, 40, 5, 9, List.of(), Limits.AS_DECLARED, true);
    assertThat(anew.asks(Action.START, Limits.AS_DECLARED))
        .singleElement()
        .asString()
        .endsWith(", also for those that are cached and fresh.");
  }

  @Test
  void whatGoesOn_asksForWhatIsLeft_andFailuresForWhatFailed() {
    assertThat(limited.asks(Action.RESUME, Limits.AS_DECLARED).get(0))
        .contains("for the 3 keys left,");
    assertThat(warmUp("albums", "", -1, Limits.AS_DECLARED).asks(Action.RESUME, Limits.AS_DECLARED))
        .singleElement()
        .asString()
        .contains("for the keys that are left,");
    assertThat(warmUp("predict-album", "guesses; 40 %", 8, Limits.AS_DECLARED)
            .asks(Action.RESUME, Limits.AS_DECLARED)
            .get(0))
        .contains("for the keys that it guesses,");
    assertThat(limited.asks(Action.RERUN_FAILED, Limits.AS_DECLARED).get(0))
        .contains("for the 2 keys that failed,");
    assertThat(limited.asks(Action.RERUN_FAILED, new Limits(1, 0, 0)).get(0))
        .contains("for the first 1 of the 2 keys that failed,");
  }

  @Test
  void whatRunsNothing_asksForNothing() {
    assertThat(limited.asks(Action.PAUSE, Limits.AS_DECLARED)).isEmpty();
    assertThat(limited.asks(Action.CANCEL, Limits.AS_DECLARED)).isEmpty();
  }
}
