package dev.larder.internal.advise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What a sample says of other terms, held against caches that have them and see every read. */
class SampleAccuracyTest {

  private static final int KEYS = 20_000;
  private static final int READS = 300_000;
  private static final long TTL = 300_000;
  private static final double TTL_POINTS = 0.03;
  private static final double SIZE_POINTS = 0.04;

  /** Keys by rank, of which the n-th is asked for as often as 1/n to the power of the skew. */
  private static long[] zipf(double skew, long seed) {
    double[] upTo = new double[KEYS];
    double sum = 0;
    for (int i = 0; i < KEYS; i++) {
      sum += Math.pow(i + 1, -skew);
      upTo[i] = sum;
    }
    Random random = new Random(seed);
    long[] keys = new long[READS];
    for (int i = 0; i < READS; i++) {
      int at = java.util.Arrays.binarySearch(upTo, random.nextDouble() * sum);
      // Not the rank itself: which keys are hot must not follow from their numbers.
      keys[i] = (at < 0 ? -at - 1 : at) * 0x9E3779B97F4A7C15L;
    }
    return keys;
  }

  private static CacheTraffic seen(Model model, List<Question> questions) {
    return Study.of("x", model.terms(), model.trace()).with(questions);
  }

  /** Reads come one each 5 ms, so 25 minutes of them: five times the ttl. */
  private static void read(Model model, long[] keys) {
    for (long key : keys) {
      model.read(key);
      model.clock.advance(5);
    }
  }

  @Property(tries = 4, seed = "4711")
  void otherTtl_isWithinAFewPoints(
      @ForAll @DoubleRange(min = 0.6, max = 1.1) double skew,
      @ForAll @IntRange(max = 99) int seed) {
    long[] keys = zipf(skew, seed);
    Model live = new Model(new Model.Clock(), TTL, 0);
    read(live, keys);
    List<Question> questions = new ArrayList<>();
    List<Double> exact = new ArrayList<>();
    for (long ttl : new long[] {TTL, 30_000, 100_000, 600_000}) {
      questions.add(new Question(ttl, 0));
      Model other = Model.after(live.trace(), ttl, 0);
      read(other, keys);
      exact.add(other.hitRate());
    }
    CacheTraffic seen = seen(live, questions);
    assertThat(seen.share()).isLessThan(0.2);
    for (int i = 0; i < questions.size(); i++) {
      assertThat(seen.others().get(i).hitRate())
          .as("skew %.2f seed %d %s of %s", skew, seed, questions.get(i), seen)
          .isCloseTo(exact.get(i), within(TTL_POINTS));
    }
  }

  @Property(tries = 4, seed = "4711")
  void otherSize_isWithinAFewPoints(
      @ForAll @DoubleRange(min = 0.6, max = 1.1) double skew,
      @ForAll @IntRange(max = 99) int seed) {
    long[] keys = zipf(skew, seed);
    Model live = new Model(new Model.Clock(), TTL, 2_000);
    read(live, keys);
    List<Question> questions = new ArrayList<>();
    List<Double> exact = new ArrayList<>();
    for (long size : new long[] {2_000, 500, 1_000, 4_000, 8_000}) {
      questions.add(new Question(0, size));
      Model other = Model.after(live.trace(), TTL, size);
      read(other, keys);
      exact.add(other.hitRate());
    }
    CacheTraffic seen = seen(live, questions);
    for (int i = 0; i < questions.size(); i++) {
      assertThat(seen.others().get(i).hitRate())
          .as("skew %.2f seed %d %s of %s", skew, seed, questions.get(i), seen)
          .isCloseTo(exact.get(i), within(SIZE_POINTS));
    }
  }
}
