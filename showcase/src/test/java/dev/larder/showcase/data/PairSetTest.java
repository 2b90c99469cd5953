package dev.larder.showcase.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairSetTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 50_000})
  void add_agreesWithASetOfPairs_alsoBeyondWhatWasExpected(int expected) {
    PairSet pairs = new PairSet(expected);
    Set<List<Integer>> model = new HashSet<>();
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 40_000; i++) {
      int first = random.nextInt(200);
      int second = random.nextInt(200);
      assertThat(pairs.add(first, second)).isEqualTo(model.add(List.of(first, second)));
    }
  }

  @Test
  void add_takesNumbersAtTheirEnds() {
    PairSet pairs = new PairSet(4);
    int most = Integer.MAX_VALUE;
    assertThat(pairs.add(0, 0)).isTrue();
    assertThat(pairs.add(most, most)).isTrue();
    assertThat(pairs.add(0, most)).isTrue();
    assertThat(pairs.add(most, 0)).isTrue();
    assertThat(pairs.add(0, 0)).isFalse();
    assertThat(pairs.add(most, most)).isFalse();
    assertThat(pairs.add(0, most)).isFalse();
    assertThat(pairs.add(most, 0)).isFalse();
  }
}
