package dev.larder.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.internal.trial.Assignment;
import dev.larder.internal.trial.TrialOrder;
import dev.larder.key.KeyEncoder;
import dev.larder.key.KeySettings;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** A switch that caches half of the keys leaves half of each arm of a trial. */
class ShareAndTrialTest {

  private static final int KEYS = 20_000;

  @Test
  void share_saysNothingOfTheArm() {
    KeyEncoder keys = KeyEncoder.of(
        new KeySettings("shop", "feed", 1, false, null, KeySettings.DEFAULT_MAX_BYTES, ""));
    Share share = new Share(keys);
    share.set(50);
    Random ids = new Random(3);
    for (int trial = 0; trial < 20; trial++) {
      Assignment assignment = new Assignment(new TrialOrder(
          Long.toHexString(ids.nextLong()), "feed", 1, List.of(2L), 50, "op", 0, 0, 1, 0, 0));
      long both = LongStream.range(0, KEYS)
          .filter(key -> share.has(key) && assignment.arm(keys.encodeSlot(key)) == 1)
          .count();
      assertThat((double) both / KEYS).isCloseTo(0.25, Offset.offset(0.02));
    }
  }
}
