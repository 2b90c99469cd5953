package dev.larder.internal.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class AssignmentTest {

  private static final int KEYS = 20_000;

  static TrialOrder order(String id, int share, Long... variants) {
    return new TrialOrder(
        id, "feed", 300_000, List.of(variants), share, "op", 0, 300_000, 3_600_000, 0, 0);
  }

  private static Assignment of(String id, int share, Long... variants) {
    return new Assignment(order(id, share, variants));
  }

  /** Keys as they are stored, alike as those of one cache are. */
  static String slot(int key) {
    return "shop:feed:v1:" + key;
  }

  @Test
  void place_isTheSameInEveryProcess() {
    Assignment assignment = of("5eed", 10, 60_000L, 600_000L);
    assertThat(IntStream.range(0, 12).map(key -> assignment.place(slot(key))))
        .containsExactly(GOLDEN);
  }

  private static final Integer[] GOLDEN = {51, 49, 18, 58, 10, 4, 3, 8, 12, 19, 10, 8};

  @Test
  void arms_haveTheirShareOfTheKeys_andTheirBucketsAreEven() {
    Assignment assignment = of("5eed", 10, 60_000L, 600_000L);
    int[] arms = new int[3];
    int[] places = new int[3 * Assignment.BUCKETS];
    for (int key = 0; key < KEYS; key++) {
      arms[assignment.arm(slot(key))]++;
      places[assignment.place(slot(key))]++;
    }
    assertThat((double) arms[0] / KEYS).isCloseTo(0.8, Offset.offset(0.01));
    assertThat((double) arms[1] / KEYS).isCloseTo(0.1, Offset.offset(0.01));
    assertThat((double) arms[2] / KEYS).isCloseTo(0.1, Offset.offset(0.01));
    // 2,000 keys of an arm in 20 buckets: 100 each, give or take ten.
    assertThat(Arrays.stream(places, Assignment.BUCKETS, places.length).boxed())
        .allSatisfy(keys -> assertThat(keys).isBetween(60, 140));
  }

  @Test
  void anotherTrial_takesOtherKeys() {
    Random ids = new Random(11);
    Assignment one = of(Long.toHexString(ids.nextLong()), 50, 60_000L);
    Assignment two = of(Long.toHexString(ids.nextLong()), 50, 60_000L);
    long both = IntStream.range(0, KEYS)
        .filter(key -> one.arm(slot(key)) == 1 && two.arm(slot(key)) == 1)
        .count();
    assertThat((double) both / KEYS).isCloseTo(0.25, Offset.offset(0.02));
  }
}
