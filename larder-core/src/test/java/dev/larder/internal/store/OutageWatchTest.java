package dev.larder.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.stats.TierStats.Outage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutageWatchTest {

  private static final long SECOND = 1_000_000_000;

  private final OutageWatch watch = new OutageWatch();

  private static Outage outage(long began, long ended) {
    return new Outage(Duration.ofSeconds(began), ended < 0 ? null : Duration.ofSeconds(ended));
  }

  @Test
  void storeThatAnswers_hasNoOutage() {
    assertThat(watch.look(false, true, 0, SECOND)).as("not admitted yet").isNull();
    assertThat(watch.look(false, false, 0, 2 * SECOND)).isNull();
  }

  @Test
  void outage_lastsUntilTheStoreTakesPartAgain_howeverOftenItIsTried() {
    assertThat(watch.look(true, true, 3 * SECOND, 5 * SECOND)).isEqualTo(outage(2, -1));
    for (long at = 6; at < 500; at++) {
      assertThat(watch.look(true, true, at * SECOND, at * SECOND)).isEqualTo(outage(at - 3, -1));
    }
    assertThat(watch.look(false, true, 500 * SECOND, 500 * SECOND))
        .as("it answers, but is not admitted yet")
        .isEqualTo(outage(497, -1));
    assertThat(watch.look(false, false, 501 * SECOND, 501 * SECOND)).isEqualTo(outage(498, 0));
    assertThat(watch.look(false, false, 510 * SECOND, 510 * SECOND)).isEqualTo(outage(507, 9));
  }

  @Test
  void laterOutage_isToldInsteadOfTheOneBefore() {
    watch.look(true, true, SECOND, SECOND);
    watch.look(false, false, 2 * SECOND, 2 * SECOND);
    assertThat(watch.look(true, true, 9 * SECOND, 9 * SECOND)).isEqualTo(outage(0, -1));
    assertThat(watch.look(false, false, 12 * SECOND, 12 * SECOND)).isEqualTo(outage(3, 0));
  }

  private void outageOf(long seconds, long at) {
    watch.look(true, true, at * SECOND, at * SECOND);
    watch.look(false, false, 0, (at + seconds) * SECOND);
  }

  /** A circuit that flaps for a moment must not make people forget of the five minutes before. */
  @Test
  void shortOutage_doesNotPushOutALongerOne_forHalfAnHour() {
    outageOf(300, 100);
    outageOf(2, 1_000);
    assertThat(watch.look(false, false, 0, 1_100 * SECOND)).isEqualTo(outage(1_000, 700));
    assertThat(watch.look(true, true, 1_200 * SECOND, 1_200 * SECOND)).isEqualTo(outage(0, -1));
    watch.look(false, false, 0, 1_201 * SECOND);
    outageOf(300, 1_300);
    assertThat(watch.look(false, false, 0, 1_700 * SECOND)).isEqualTo(outage(400, 100));
    outageOf(1, 1_600 + 1_800);
    assertThat(watch.look(false, false, 0, 3_500 * SECOND)).isEqualTo(outage(100, 99));
  }
}
