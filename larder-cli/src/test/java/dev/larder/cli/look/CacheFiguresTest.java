package dev.larder.cli.look;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CacheFiguresTest {

  private static CacheFigures cache(String name, long hits, long loads, long nanosPerKey) {
    return new CacheFigures(
        name,
        "",
        0,
        hits,
        0,
        0,
        0,
        loads,
        0,
        loads,
        0,
        loads * nanosPerKey,
        loads,
        hits * nanosPerKey,
        0,
        0,
        0,
        0,
        100);
  }

  /** Hits of a cheap cache spare nothing of what a dear one's loads cost. */
  @Test
  void timeSaved_isSummed_notWorkedOutFromTheSums() {
    CacheFigures cheap = cache("cheap", 1_000_000, 10, 1_000);
    CacheFigures dear = cache("dear", 1, 1_000, 1_000_000_000);
    assertThat(CacheFigures.total(List.of(cheap, dear)).savedNanos())
        .isEqualTo(cheap.savedNanos() + dear.savedNanos());
  }
}
