package dev.larder.internal.warm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

  @Test
  void moreKeysThanTheRate_haveNoRight_alsoAfterItWasLowered() {
    Pace pace = new Pace(200);
    pace.limit(5);
    assertThat(pace.take(40, 0)).isPositive();
    assertThat(pace.take(5, 0)).isZero();
  }
}
