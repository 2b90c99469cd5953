package dev.larder.internal.engine;

import dev.larder.CachePolicy;
import dev.larder.TimeSource;
import dev.larder.internal.l1.L1;
import dev.larder.internal.trial.TrialOrder;
import dev.larder.internal.trial.TrialTally;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The trial of ttls of one cache, of which there is most often none: a lookup then reads one field. */
final class CacheTrial {

  private final TimeSource time;
  private final boolean isPossible;
  private final boolean isShared;
  private volatile @Nullable TrialRun running;
  private @Nullable TrialRun last;

  /**
   * @param isShared whether the cache keeps entries below L1
   */
  CacheTrial(CachePolicy<?, ?> policy, TimeSource time, boolean isShared) {
    this.time = time;
    this.isPossible = !policy.isTtlFromValue() && !policy.isProtected();
    this.isShared = isShared;
  }

  /** The one that runs; null if there is none. */
  @Nullable TrialRun running() {
    return running;
  }

  /**
   * Follows an order. One that was followed before goes on with what it has counted.
   *
   * @param order null for no trial
   * @param nowMillis the time that the order's times are of
   * @return whether a trial began or ended
   */
  synchronized boolean follow(@Nullable TrialOrder order, long nowMillis) {
    TrialRun before = running;
    if (order == null || !isPossible || !order.isRunning(nowMillis)) {
      running = null;
      return before != null;
    }
    if (before != null && before.id().equals(order.id())) {
      return false;
    }
    TrialRun known = last;
    if (known == null || !known.id().equals(order.id())) {
      known = new TrialRun(
          order,
          time,
          nanos(
              isShared
                  ? order.countsFromMillis()
                  // This process alone has entries, and it may have started in the middle of the
                  // trial.
                  : Math.max(order.countsFromMillis(), nowMillis + order.longestMillis()),
              nowMillis),
          nanos(order.untilMillis(), nowMillis));
      last = known;
    }
    running = known;
    return true;
  }

  private long nanos(long millis, long nowMillis) {
    return time.nanos() + TimeUnit.MILLISECONDS.toNanos(millis - nowMillis);
  }

  /** What was counted of a trial; null if this cache has not followed it, or one since. */
  @Nullable TrialTally tally(String id, String node, @Nullable L1<?, ?> l1, long atMillis) {
    TrialRun known;
    synchronized (this) {
      known = last;
    }
    return known == null || !known.id().equals(id) ? null : known.tally(node, l1, atMillis);
  }
}
