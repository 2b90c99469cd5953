package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.memory.MemoryStore;
import dev.larder.tier.Finding;
import dev.larder.tier.Finding.Level;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FindingTest {

  @Test
  void latency_fiveMillisecondsAreTooMany() {
    assertThat(Finding.latency(Duration.ofNanos(4_999_999)).level()).isEqualTo(Level.OK);
    Finding slow = Finding.latency(Duration.ofMillis(5));
    assertThat(slow.level()).isEqualTo(Level.WARNING);
    assertThat(slow.found()).contains("5.00 ms");
    assertThat(slow.mend()).isNotEmpty();
  }

  @Test
  void clock_isJudgedInBothDirections() {
    for (int sign : new int[] {1, -1}) {
      assertThat(clock(sign * 499)).isEqualTo(Level.OK);
      assertThat(clock(sign * 500)).isEqualTo(Level.NOTE);
      assertThat(clock(sign * 4_999)).isEqualTo(Level.NOTE);
      assertThat(clock(sign * 5_000)).isEqualTo(Level.WARNING);
    }
    assertThat(Finding.clock(Duration.ofMillis(-700), Duration.ZERO).found())
        .contains("700 ms behind");
    assertThat(Finding.clock(Duration.ofMillis(600), Duration.ofMillis(200)).level())
        .isEqualTo(Level.OK);
  }

  private static Level clock(long millis) {
    return Finding.clock(Duration.ofMillis(millis), Duration.ZERO).level();
  }

  @Test
  void storesWithNothingToSay_sayNothing() {
    try (MemoryStore store = MemoryStore.create()) {
      assertThat(store.checkup().toCompletableFuture().join()).isEmpty();
    }
  }
}
