package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FakeTimeTest {

  @Test
  void advance_movesBothClocks() {
    FakeTime time = new FakeTime(1_000);
    long nanos = time.nanos();
    time.advance(Duration.ofMillis(250));
    assertThat(time.millis()).isEqualTo(1_250);
    assertThat(time.nanos() - nanos).isEqualTo(250_000_000);
    assertThat(time.elapsed()).isEqualTo(Duration.ofMillis(250));
  }

  @Test
  void nanos_overflowSoon() {
    FakeTime time = new FakeTime();
    long before = time.nanos();
    time.advance(Duration.ofSeconds(2));
    assertThat(time.nanos()).isLessThan(before);
    assertThat(time.nanos() - before).isEqualTo(2_000_000_000L);
  }

  @Test
  void advance_backwards_isRefused() {
    assertThatThrownBy(() -> new FakeTime().advance(Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT-0.000000001S");
  }
}
