package dev.larder.internal.engine;

import dev.larder.TimeSource;
import dev.larder.internal.l1.L1;
import dev.larder.internal.l1.L1Entry;
import dev.larder.internal.trial.Assignment;
import dev.larder.internal.trial.TrialOrder;
import dev.larder.internal.trial.TrialTally;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One trial of ttls on one cache in this process: the ttl of each key, and what becomes of the keys. It stops
 * by itself when its time is over. Safe for many threads; a read costs a hash and two to five additions.
 */
final class TrialRun {

  /** With more entries in L1, those of each arm are not counted. */
  private static final long MOST_ENTRIES = 100_000;

  private final TrialOrder order;
  private final TimeSource time;
  private final Assignment assignment;
  private final long countsFrom;
  private final long until;
  private final LongAdder[] reads;
  private final LongAdder[] hits;
  private final Arm[] arms;

  private static final class Arm {
    final LongAdder loads = new LongAdder();
    final LongAdder loadFailures = new LongAdder();
    final LongAdder loadNanos = new LongAdder();
    final LongAdder ageMillis = new LongAdder();
    final Histogram ages = new Histogram();
  }

  /**
   * Begins.
   *
   * @param countsFrom nanoseconds of this node
   * @param until nanoseconds of this node
   */
  TrialRun(TrialOrder order, TimeSource time, long countsFrom, long until) {
    this.order = order;
    this.time = time;
    this.assignment = new Assignment(order);
    this.countsFrom = countsFrom;
    this.until = until;
    this.reads = adders(order.arms() * Assignment.BUCKETS);
    this.hits = adders(order.arms() * Assignment.BUCKETS);
    this.arms = new Arm[order.arms()];
    for (int i = 0; i < arms.length; i++) {
      arms[i] = new Arm();
    }
  }

  private static LongAdder[] adders(int count) {
    LongAdder[] adders = new LongAdder[count];
    for (int i = 0; i < count; i++) {
      adders[i] = new LongAdder();
    }
    return adders;
  }

  String id() {
    return order.id();
  }

  /** The ttl that a key has for the trial, milliseconds; -1 where the policy's holds. */
  long ttlMillis(String slot) {
    int arm = time.nanos() - until >= 0 ? 0 : assignment.arm(slot);
    return arm == 0 ? -1 : order.ttlMillis(arm);
  }

  private boolean isCounting(long now) {
    return now - countsFrom >= 0 && now - until < 0;
  }

  /**
   * A lookup was answered, or not.
   *
   * @param entry what answered it, if that is known
   */
  void read(String slot, boolean isHit, @Nullable L1Entry<?, ?> entry, long now) {
    if (!isCounting(now)) {
      return;
    }
    int place = assignment.place(slot);
    reads[place].increment();
    if (!isHit) {
      return;
    }
    hits[place].increment();
    if (entry != null) {
      Arm arm = arms[place / Assignment.BUCKETS];
      long age = Math.max(0, TimeUnit.NANOSECONDS.toMillis(now - entry.life().loadedAt()));
      arm.ageMillis.add(age);
      arm.ages.record(age, 1);
    }
  }

  /** A key was loaded, or a load of it failed. */
  void loaded(String slot, long nanos, boolean isLoaded) {
    if (isCounting(time.nanos())) {
      Arm arm = arms[assignment.arm(slot)];
      (isLoaded ? arm.loads : arm.loadFailures).increment();
      arm.loadNanos.add(nanos);
    }
  }

  /** What has been counted. */
  TrialTally tally(String node, @Nullable L1<?, ?> l1, long atMillis) {
    long[] entries = entries(l1);
    List<TrialTally.Arm> tallies = new ArrayList<>();
    for (int i = 0; i < arms.length; i++) {
      Arm arm = arms[i];
      tallies.add(new TrialTally.Arm(
          sums(reads, i),
          sums(hits, i),
          arm.loads.sum(),
          arm.loadFailures.sum(),
          arm.loadNanos.sum(),
          arm.ageMillis.sum(),
          arm.ages.buckets(),
          entries[i]));
    }
    return new TrialTally(node, order.id(), atMillis, tallies);
  }

  private static List<Long> sums(LongAdder[] adders, int arm) {
    List<Long> sums = new ArrayList<>(Assignment.BUCKETS);
    for (int i = 0; i < Assignment.BUCKETS; i++) {
      sums.add(adders[arm * Assignment.BUCKETS + i].sum());
    }
    return sums;
  }

  private long[] entries(@Nullable L1<?, ?> l1) {
    long[] entries = new long[arms.length];
    if (l1 != null && l1.size() > MOST_ENTRIES) {
      Arrays.fill(entries, -1);
    } else if (l1 != null) {
      long now = time.nanos();
      for (L1Entry<?, ?> entry : l1.all()) {
        if (entry.isAlive(now) && entry.isValid()) {
          entries[assignment.arm(entry.slot())]++;
        }
      }
    }
    return entries;
  }
}
