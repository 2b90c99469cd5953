package dev.larder.internal.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.manage.Trial;
import dev.larder.manage.Trial.State;
import dev.larder.manage.Trial.Verdict;
import dev.larder.stats.Distribution.Bucket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a trial says, of traffic whose truth is known. */
class TrialResultTest {

  private static final int KEYS = 3_000;
  private static final int READS = 60_000;
  private static final double SECONDS = 3_600;

  /** Reads of each key, and how many of them hit with a ttl. */
  private record Traffic(long[] reads, long[] hits) {}

  /** Zipf traffic of an hour on a cache whose entries only time ends. */
  private static Traffic traffic(double ttlSeconds) {
    double[] upTo = new double[KEYS];
    double sum = 0;
    for (int key = 0; key < KEYS; key++) {
      sum += Math.pow(key + 1.0, -0.9);
      upTo[key] = sum;
    }
    Random random = new Random(42);
    long[] reads = new long[KEYS];
    long[] hits = new long[KEYS];
    double[] freshUntil = new double[KEYS];
    for (int i = 0; i < READS; i++) {
      double now = SECONDS * i / READS;
      int found = Arrays.binarySearch(upTo, random.nextDouble() * sum);
      int key = Math.min(KEYS - 1, found < 0 ? -found - 1 : found);
      reads[key]++;
      if (now < freshUntil[key]) {
        hits[key]++;
      } else {
        freshUntil[key] = now + ttlSeconds;
      }
    }
    return new Traffic(reads, hits);
  }

  private static Trial judged(TrialOrder order, List<Traffic> ofArms) {
    long[][] reads = new long[order.arms()][Assignment.BUCKETS];
    long[][] hits = new long[order.arms()][Assignment.BUCKETS];
    Assignment assignment = new Assignment(order);
    for (int key = 0; key < KEYS; key++) {
      int place = assignment.place(AssignmentTest.slot(key));
      int arm = place / Assignment.BUCKETS;
      reads[arm][place % Assignment.BUCKETS] += ofArms.get(arm).reads()[key];
      hits[arm][place % Assignment.BUCKETS] += ofArms.get(arm).hits()[key];
    }
    List<TrialTally.Arm> arms = new ArrayList<>();
    for (int arm = 0; arm < order.arms(); arm++) {
      arms.add(arm(reads[arm], hits[arm]));
    }
    return TrialResult.of(
        order, List.of(new TrialTally("n1", order.id(), 0, arms)), 1_000_000, List.of());
  }

  private static TrialTally.Arm arm(long[] reads, long[] hits) {
    return new TrialTally.Arm(
        Arrays.stream(reads).boxed().toList(),
        Arrays.stream(hits).boxed().toList(),
        7,
        1,
        2_000,
        9_000,
        List.of(new Bucket(100, 90), new Bucket(500, 10)),
        5);
  }

  /** How often of 1,000 trials with one ttl in both arms a difference is seen: it should be 5 %. */
  @ParameterizedTest
  @CsvSource({"10", "50"})
  void oneTtlInBothArms_aDifferenceIsSeldomSeen(int share) {
    Traffic traffic = traffic(60);
    Random ids = new Random(7);
    int seen = 0;
    for (int i = 0; i < 1_000; i++) {
      TrialOrder order = AssignmentTest.order(Long.toHexString(ids.nextLong()), share, 60_000L);
      Verdict verdict = judged(order, List.of(traffic, traffic)).arms().get(1).verdict();
      assertThat(verdict).isNotEqualTo(Verdict.TOO_FEW);
      seen += verdict == Verdict.NO_DIFFERENCE ? 0 : 1;
    }
    assertThat(seen).isLessThan(75);
  }

  @Test
  void oneTtlInFourArms_theirIntervalsHoldTogether() {
    Traffic traffic = traffic(60);
    Random ids = new Random(8);
    int seen = 0;
    for (int i = 0; i < 1_000; i++) {
      TrialOrder order =
          AssignmentTest.order(Long.toHexString(ids.nextLong()), 20, 1_000L, 2_000L, 3_000L);
      seen += judged(order, List.of(traffic, traffic, traffic, traffic)).arms().stream()
              .anyMatch(
                  arm -> arm.verdict() == Verdict.MORE_HITS || arm.verdict() == Verdict.FEWER_HITS)
          ? 1
          : 0;
    }
    assertThat(seen).isLessThan(75);
  }

  @ParameterizedTest
  @CsvSource({"60,10,FEWER_HITS", "60,600,MORE_HITS"})
  void anotherTtl_theDifferenceIsSeen(double ttl, double other, Verdict verdict) {
    Traffic control = traffic(ttl);
    Traffic variant = traffic(other);
    Random ids = new Random(9);
    int seen = 0;
    for (int i = 0; i < 200; i++) {
      TrialOrder order = AssignmentTest.order(Long.toHexString(ids.nextLong()), 50, 1L);
      Trial.Arm arm = judged(order, List.of(control, variant)).arms().get(1);
      seen += arm.verdict() == verdict ? 1 : 0;
    }
    assertThat(seen).isGreaterThan(190);
  }

  @Test
  void arms_haveTheSumsOfAllNodes_andSaySoInWords() {
    TrialOrder order = AssignmentTest.order("5eed", 10, 60_000L);
    long[] reads = new long[Assignment.BUCKETS];
    long[] hits = new long[Assignment.BUCKETS];
    Arrays.fill(reads, 100);
    Arrays.fill(hits, 50);
    long[] ninefold = Arrays.stream(reads).map(each -> 9 * each).toArray();
    long[] ninefoldHits = Arrays.stream(hits).map(each -> 9 * each).toArray();
    List<TrialTally> two = List.of(
        new TrialTally("n1", "5eed", 0, List.of(arm(ninefold, ninefoldHits), arm(reads, hits))),
        new TrialTally("n2", "5eed", 0, List.of(arm(ninefold, ninefold), arm(reads, hits))));

    Trial trial = TrialResult.of(order, two, 400_000, List.of("a note"));

    assertThat(trial.state()).isEqualTo(State.COUNTING);
    assertThat(trial.nodes()).isEqualTo(2);
    assertThat(trial.notes()).containsExactly("a note");
    Trial.Arm control = trial.arms().get(0);
    assertThat(control.name()).isEqualTo("control");
    assertThat(control.share()).isEqualTo(90);
    assertThat(control.reads()).isEqualTo(36_000);
    assertThat(control.hits()).isEqualTo(27_000);
    assertThat(control.hitRate()).isCloseTo(0.75, Offset.offset(1e-9));
    assertThat(control.loads()).isEqualTo(14);
    assertThat(control.loadFailures()).isEqualTo(2);
    assertThat(control.meanAgeMillis()).isEqualTo(90);
    assertThat(control.p95AgeMillis()).isEqualTo(500);
    assertThat(control.l1Entries()).isEqualTo(10);
    Trial.Arm other = trial.arms().get(1);
    assertThat(other.name()).isEqualTo("A");
    assertThat(other.verdict()).isEqualTo(Verdict.FEWER_HITS);
    assertThat(other.sentence())
        .isEqualTo(
            "feed: ttl 5 min → 1 min: fewer hits, hit rate 75.0 → 50.0 %, −25.0 points (95 %:"
                + " −25.0 to −25.0)");
  }

  @Test
  void fewReadsOrFewKeys_sayNothing() {
    TrialOrder order = AssignmentTest.order("5eed", 10, 60_000L);
    long[] many = new long[Assignment.BUCKETS];
    Arrays.fill(many, 1_000);
    long[] fewReads = new long[Assignment.BUCKETS];
    Arrays.fill(fewReads, 19);
    long[] fewKeys = new long[Assignment.BUCKETS];
    Arrays.fill(fewKeys, 0, 9, 1_000);
    for (long[] few : List.of(fewReads, fewKeys)) {
      Trial.Arm arm = TrialResult.of(
              order,
              List.of(new TrialTally(
                  "n1", "5eed", 0, List.of(arm(many, many), arm(few, new long[20])))),
              400_000,
              List.of())
          .arms()
          .get(1);
      assertThat(arm.verdict()).isEqualTo(Verdict.TOO_FEW);
      assertThat(arm.sentence()).contains("too few to tell", "400 reads in 10 of its 20 groups");
    }
  }

  @Test
  void nobodyHasCounted_thereAreArmsAllTheSame() {
    TrialOrder order = AssignmentTest.order("5eed", 10, 60_000L);
    Trial trial = TrialResult.of(order, List.of(), 1_000, List.of());
    assertThat(trial.state()).isEqualTo(State.WARMING_UP);
    assertThat(trial.arms())
        .extracting(Trial.Arm::verdict)
        .containsExactly(Verdict.CONTROL, Verdict.TOO_FEW);
    assertThat(trial.arms().get(1).meanAgeMillis()).isEqualTo(-1);
    assertThat(TrialResult.of(order, List.of(), 3_600_000, List.of()).state())
        .isEqualTo(State.ENDED);
    assertThat(TrialResult.of(order.ended(500), List.of(), 501, List.of()).untilMillis())
        .isEqualTo(500);
  }

  /** From a table of Student's distribution. */
  @ParameterizedTest
  @CsvSource({"1.959964,9,2.262", "1.959964,19,2.093", "2.497705,19,2.750", "2.241403,14,2.510"})
  void student_isAsTablesHaveIt(double normal, int freedom, double table) {
    assertThat(TrialResult.student(normal, freedom)).isCloseTo(table, Offset.offset(0.01));
  }
}
