package dev.larder.showcase.algoitny.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long MILLIS = 1_000_000;

  private final AtomicLong now = new AtomicLong(5);
  private final List<Long> waits = new ArrayList<>();
  private final Pace pace = new Pace(20, now::get, nanos -> {
    waits.add(nanos / MILLIS);
    now.addAndGet(nanos);
  });

  @Test
  void quickSteps_waitForTheirMoment() {
    for (int step = 0; step < 4; step++) {
      assertThat(pace.next()).isTrue();
    }
    assertThat(waits).containsExactly(50L, 50L, 50L);
  }

  @Test
  void slowStep_isNotMadeUpFor() {
    pace.next();
    now.addAndGet(400 * MILLIS);
    pace.next();
    pace.next();
    assertThat(waits).containsExactly(50L);
  }

  @Test
  void interrupted_ends() {
    pace.next();
    Thread.currentThread().interrupt();
    try {
      assertThat(pace.next()).isFalse();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
