package dev.larder.internal.warm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @Test
  void moreKeysThanTheRate_haveNoRight_alsoAfterItWasLowered() {
    Pace pace = new Pace(200);
    pace.limit(5);
    assertThat(pace.take(40, 0)).isPositive();
    assertThat(pace.take(5, 0)).isZero();
  }

  /** A thread that has the right and stands still may reach the source at any time until its end. */
  @Test
  void load_countsUntilASecondAfterItsEnd() {
    Pace pace = new Pace(3);
    assertThat(pace.take(3, 0)).isZero();
    pace.ended(2, 10 * MILLI);

    assertThat(pace.take(1, 999 * MILLI)).isEqualTo(11 * MILLI);
    assertThat(pace.take(3, 1_500 * MILLI)).isEqualTo(SECOND);
    assertThat(pace.take(2, 1_500 * MILLI)).isZero();
    pace.ended(2, 1_510 * MILLI);
    assertThat(pace.take(1, 1_600 * MILLI)).isEqualTo(910 * MILLI);
    pace.ended(1, 1_700 * MILLI);
    assertThat(pace.take(3, 2_600 * MILLI)).isEqualTo(100 * MILLI);
    assertThat(pace.take(3, 2_700 * MILLI)).isZero();
  }

  private record Step(long at, int lane, boolean isEnd) {}

  /** PL11, seen from the source: loads reach it at any time between their right and their end. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void source_isAskedNoMoreThanTheRate_howeverLateLoadsReachIt(long seed) {
    int rate = 100;
    int lanes = 8;
    Random random = new Random(seed);
    Pace pace = new Pace(rate);
    PriorityQueue<Step> steps =
        new PriorityQueue<>(Comparator.comparingLong(Step::at).thenComparingInt(Step::lane));
    for (int lane = 0; lane < lanes; lane++) {
      steps.add(new Step(0, lane, false));
    }
    List<Long> asked = new ArrayList<>();
    long now = 0;
    while (now < 60 * SECOND) {
      Step step = steps.remove();
      now = step.at();
      if (step.isEnd()) {
        pace.ended(1, now);
      }
      long wait = pace.take(1, now);
      if (wait > 0) {
        // Timers come late too.
        steps.add(new Step(now + wait + random.nextLong(3 * MILLI), step.lane(), false));
        continue;
      }
      // Most are quick; one in fifty stands still for a while, before the source or behind it.
      long takes = MILLI + random.nextLong(random.nextInt(50) == 0 ? 700 * MILLI : 20 * MILLI);
      asked.add(now + random.nextLong(takes));
      steps.add(new Step(now + takes, step.lane(), true));
    }
    asked.sort(null);
    int most = 0;
    for (int first = 0, last = 0; last < asked.size(); last++) {
      while (asked.get(last) - asked.get(first) >= SECOND) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    assertThat(most).as("seed %d", seed).isBetween(rate * 8 / 10, rate);
    assertThat(asked).as("seed %d", seed).hasSizeGreaterThan(60 * rate * 9 / 10);
  }
}
