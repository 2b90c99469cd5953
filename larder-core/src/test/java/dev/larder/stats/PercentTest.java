package dev.larder.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentTest {

  /** Twelve of 29,225 calls failed, and were once told as 0.0 %. */
  @ParameterizedTest
  @CsvSource({
    "0, 29225, 0.0 %",
    "12, 29225, < 0.1 %",
    "49, 100000, < 0.1 %",
    "51, 100000, 0.1 %",
    "973, 1000, 97.3 %",
    "99949, 100000, 99.9 %",
    "99951, 100000, > 99.9 %",
    "29213, 29225, > 99.9 %",
    "29225, 29225, 100.0 %",
  })
  void share_neverReadsAsNothingOrAll_whereItIsNot(long some, long all, String shown) {
    assertThat(Percent.of((double) some / all)).isEqualTo(shown);
  }
}
