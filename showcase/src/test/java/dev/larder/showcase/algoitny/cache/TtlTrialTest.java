package dev.larder.showcase.algoitny.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.showcase.algoitny.domain.Platforms;
import dev.larder.showcase.algoitny.domain.ProblemQuery;
import org.junit.jupiter.api.Test;

class TtlTrialTest {
  private static boolean isOfB(String platform, String search, int page) {
    return TtlTrial.isOfB(ProblemCaches.ListKey.of(new ProblemQuery(platform, search, page)));
  }

  @Test
  void arms_areOfAboutTheSameSize() {
    int ofB = 0;
    int keys = 0;
    for (String platform : Platforms.ALL) {
      for (String search : new String[] {"", "tree", "sort", "maze"}) {
        for (int page = 1; page <= 100; page++) {
          keys++;
          ofB += isOfB(platform, search, page) ? 1 : 0;
        }
      }
    }
    assertThat(ofB).isBetween(keys * 4 / 10, keys * 6 / 10);
  }

  /** Another process, another day, another version: these are said here once and for all. */
  @Test
  void arm_ofAKeyIsForEver() {
    assertThat(isOfB("all", "", 1)).isEqualTo(isOfB("all", "  ", 1));
    StringBuilder arms = new StringBuilder();
    for (int page = 1; page <= 16; page++) {
      arms.append(isOfB("all", "", page) ? 'B' : 'A');
    }
    assertThat(arms.toString()).isEqualTo("BBABABBABAABABBA");
  }
}
