package dev.larder.internal.trial;

import dev.larder.internal.advise.Words;
import dev.larder.manage.Trial;
import dev.larder.manage.Trial.State;
import dev.larder.manage.Trial.Verdict;
import dev.larder.stats.Distribution;
import dev.larder.stats.Distribution.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the tallies of all nodes say of a trial. Pure.
 *
 * <p><b>Hit rates.</b> Keys differ in how often they are read, and a few get most of the reads. The share of
 * an arm's own reads that hit tells, before all, whether it got those few. So what is estimated is the
 * misses that all keys would have with its ttl, per read of all keys: those of the arm's keys, scaled by
 * its share of the keys, since even the hottest key misses only once in a ttl. What its keys were read
 * more or less than their share is taken out with the slope of misses over reads that groups of keys show
 * (the regression estimator of survey sampling; the slope is of all arms together).
 *
 * <p><b>Chance.</b> Reads of one key hit or miss together, so a test that takes each read for a draw of its own
 * finds differences everywhere. What was drawn are the keys: each arm's are in 20 groups by hash, and the
 * variance is that between them. The interval of a difference is Student's, and wide enough that all
 * intervals of one trial hold together in 95 of 100 (Bonferroni). {@code TrialResultTest} holds this
 * against traffic whose truth is known.
 */
public final class TrialResult {

  private static final int LEAST_READS = 400;
  private static final int LEAST_BUCKETS = 10;

  /** Quantiles of the normal distribution for 1 − 0.05 / 2k, k being the number of comparisons. */
  private static final double[] NORMAL = {1.959964, 2.241403, 2.393980, 2.497705};

  private final TrialOrder order;
  private final List<Sum> sums = new ArrayList<>();
  private final int nodes;
  private final long allReads;
  private final double slope;

  /** One arm over all nodes. */
  private static final class Sum {
    final long[] reads = new long[Assignment.BUCKETS];
    final long[] hits = new long[Assignment.BUCKETS];
    final List<Distribution> ages = new ArrayList<>();
    long allReads;
    long allHits;
    long loads;
    long loadFailures;
    long loadNanos;
    long ageMillis;
    long l1Entries;

    void add(TrialTally.Arm arm) {
      for (int i = 0; i < Assignment.BUCKETS; i++) {
        reads[i] += arm.reads().get(i);
        hits[i] += arm.hits().get(i);
        allReads += arm.reads().get(i);
        allHits += arm.hits().get(i);
      }
      ages.add(new Distribution(Measure.AGE_AT_HIT, arm.ages()));
      loads += arm.loads();
      loadFailures += arm.loadFailures();
      loadNanos += arm.loadNanos();
      ageMillis += arm.ageMillis();
      l1Entries = l1Entries < 0 || arm.l1Entries() < 0 ? -1 : l1Entries + arm.l1Entries();
    }

    int buckets() {
      int filled = 0;
      for (long each : reads) {
        filled += each > 0 ? 1 : 0;
      }
      return filled;
    }
  }

  private TrialResult(TrialOrder order, List<TrialTally> tallies) {
    this.order = order;
    for (int arm = 0; arm < order.arms(); arm++) {
      sums.add(new Sum());
    }
    for (TrialTally tally : tallies) {
      for (int arm = 0; arm < order.arms(); arm++) {
        sums.get(arm).add(tally.arms().get(arm));
      }
    }
    this.nodes = tallies.size();
    this.allReads = sums.stream().mapToLong(sum -> sum.allReads).sum();
    this.slope = slope();
  }

  /**
   * The trial as operators see it.
   *
   * @param tallies one for each node
   */
  public static Trial of(
      TrialOrder order, List<TrialTally> tallies, long nowMillis, List<String> notes) {
    return new TrialResult(order, tallies).trial(nowMillis, notes);
  }

  private Trial trial(long nowMillis, List<String> notes) {
    State state = !order.isRunning(nowMillis)
        ? State.ENDED
        : nowMillis < order.countsFromMillis() ? State.WARMING_UP : State.COUNTING;
    List<Trial.Arm> arms = new ArrayList<>();
    for (int arm = 0; arm < order.arms(); arm++) {
      arms.add(arm(arm));
    }
    return new Trial(
        order.cache(),
        order.id(),
        order.by(),
        order.startedMillis(),
        order.countsFromMillis(),
        order.endMillis(),
        state,
        nodes,
        notes,
        arms);
  }

  private int share(int arm) {
    return arm == 0 ? 100 - order.share() * order.variantMillis().size() : order.share();
  }

  /** What a count of one group would be if all keys were in groups like it, per read of all keys. */
  private double scaled(int arm, long count) {
    return 100.0 * Assignment.BUCKETS * count / share(arm) / allReads;
  }

  /** How many more misses a group of keys has for each read more, over the groups of all arms. */
  private double slope() {
    double both = 0;
    double square = 0;
    for (int arm = 0; arm < sums.size() && allReads > 0; arm++) {
      Sum sum = sums.get(arm);
      double reads = scaled(arm, sum.allReads) / Assignment.BUCKETS;
      double misses = scaled(arm, sum.allReads - sum.allHits) / Assignment.BUCKETS;
      for (int i = 0; i < Assignment.BUCKETS; i++) {
        double more = scaled(arm, sum.reads[i]) - reads;
        both += share(arm) * more * (scaled(arm, sum.reads[i] - sum.hits[i]) - misses);
        square += share(arm) * more * more;
      }
    }
    long misses = sums.stream().mapToLong(sum -> sum.allReads - sum.allHits).sum();
    return square > 0 ? both / square : allReads == 0 ? 0 : (double) misses / allReads;
  }

  /** Misses of a group that its reads do not explain, scaled. */
  private double rest(int arm, int bucket) {
    Sum sum = sums.get(arm);
    return scaled(arm, sum.reads[bucket] - sum.hits[bucket])
        - slope * scaled(arm, sum.reads[bucket]);
  }

  private double meanRest(int arm) {
    double rests = 0;
    for (int i = 0; i < Assignment.BUCKETS; i++) {
      rests += rest(arm, i);
    }
    return rests / Assignment.BUCKETS;
  }

  /** The hit rate that all keys would have with an arm's ttl. */
  private double rate(int arm) {
    return allReads == 0 ? 0 : Math.max(0, Math.min(1, 1 - slope - meanRest(arm)));
  }

  /** The variance of that. */
  private double variance(int arm) {
    double mean = meanRest(arm);
    double squares = 0;
    for (int i = 0; i < Assignment.BUCKETS; i++) {
      squares += (rest(arm, i) - mean) * (rest(arm, i) - mean);
    }
    // One less, since the slope was fitted to the same groups.
    return squares / (Assignment.BUCKETS - 2) / Assignment.BUCKETS;
  }

  private Trial.Arm arm(int arm) {
    Sum control = sums.get(0);
    Sum sum = sums.get(arm);
    double difference = rate(arm) - rate(0);
    boolean isEnough = isEnough(control) && isEnough(sum);
    double margin = arm == 0 || !isEnough ? 0 : margin(arm);
    Verdict verdict = arm == 0
        ? Verdict.CONTROL
        : !isEnough
            ? Verdict.TOO_FEW
            : Math.abs(difference) <= margin
                ? Verdict.NO_DIFFERENCE
                : difference > 0 ? Verdict.MORE_HITS : Verdict.FEWER_HITS;
    Distribution ages = Distribution.sum(Measure.AGE_AT_HIT, sum.ages);
    return new Trial.Arm(
        arm == 0 ? "control" : Character.toString('A' + arm - 1),
        order.ttlMillis(arm),
        share(arm),
        sum.allReads,
        sum.allHits,
        rate(arm),
        sum.loads,
        sum.loadFailures,
        sum.loadNanos,
        ages.count() == 0 ? -1 : sum.ageMillis / ages.count(),
        ages.quantile(0.95),
        sum.l1Entries,
        difference,
        isEnough ? difference - margin : 0,
        isEnough ? difference + margin : 0,
        verdict,
        sentence(arm, verdict, difference, margin));
  }

  private static boolean isEnough(Sum sum) {
    return sum.allReads >= LEAST_READS && sum.buckets() >= LEAST_BUCKETS;
  }

  /** Half of the interval of a difference. */
  private double margin(int arm) {
    double normal = NORMAL[Math.min(order.arms() - 2, NORMAL.length - 1)];
    return student(normal, Assignment.BUCKETS - 1) * Math.sqrt(variance(0) + variance(arm));
  }

  /** The quantile of Student's distribution that belongs to one of the normal: Cornish and Fisher. */
  static double student(double z, int freedom) {
    double z2 = z * z;
    double n = freedom;
    return z
        + z * (z2 + 1) / (4 * n)
        + z * ((5 * z2 + 16) * z2 + 3) / (96 * n * n)
        + z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / (384 * n * n * n);
  }

  private String sentence(int arm, Verdict verdict, double difference, double margin) {
    if (verdict == Verdict.CONTROL) {
      return "";
    }
    String ttls = order.cache() + ": ttl " + Words.time(order.ttlMillis(0)) + " → "
        + Words.time(order.ttlMillis(arm)) + ": ";
    if (verdict == Verdict.TOO_FEW) {
      return ttls + "too few to tell; each arm needs " + LEAST_READS + " reads in "
          + LEAST_BUCKETS + " of its " + Assignment.BUCKETS + " groups of keys, and "
          + seen(sums.get(0)) + ", " + seen(sums.get(arm)) + " were seen";
    }
    String what = verdict == Verdict.NO_DIFFERENCE
        ? "no difference seen"
        : verdict == Verdict.MORE_HITS ? "more hits" : "fewer hits";
    return ttls + what + ", hit rate " + Words.points(rate(0)) + " → "
        + Words.percent(rate(arm)) + ", " + signed(difference) + " points (95 %: "
        + signed(difference - margin) + " to " + signed(difference + margin) + ")";
  }

  private static String seen(Sum sum) {
    return Words.count(sum.allReads) + " in " + sum.buckets();
  }

  private static String signed(double share) {
    String text = String.format(Locale.ROOT, "%+.1f", 100 * share);
    return text.equals("-0.0") || text.equals("+0.0") ? "0.0" : text.replace('-', '−');
  }
}
