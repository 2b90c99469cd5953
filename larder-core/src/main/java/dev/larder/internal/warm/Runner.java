package dev.larder.internal.warm;

import dev.larder.internal.warm.Loads.Wanted;
import dev.larder.manage.WarmUp;
import dev.larder.manage.WarmUp.State;
import dev.larder.warm.WarmPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a plan on this node.
 *
 * <p>As many lanes as the plan has loads at a time. A lane reads keys until it has a load's worth that is
 * missing, waits for its time by the {@link Pace}, loads, and begins again. Between these steps it
 * occupies no thread: it stands in the scheduler, or is <em>parked</em> while the run is paused or its
 * lease can't be extended. The last lane to end ends the run.
 */
final class Runner<K, V> {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.warm");

  private final WarmPlan<K, V> plan;
  private final WarmContext context;
  private final WarmLease lease;
  private final Pace pace;
  private final Loads<K, V> loads;
  private final boolean anew;
  private final long most;
  private final Tally<K> tally = new Tally<>();
  private final Runnable progress;
  private final Runnable ended;
  private final long startedMillis;

  private final LaneTimers timers;
  private final Lanes lanes;

  private volatile long total = -1;
  private volatile long endedMillis;
  private volatile @Nullable KeyFeed<K> feed;
  private volatile @Nullable ScheduledFuture<?> renewal;

  /**
   * @param anew whether what is there is loaded all the same
   * @param limits at most what the plan declares
   * @param progress told after each load
   * @param ended told once, when the last lane has ended
   */
  Runner(
      WarmPlan<K, V> plan,
      WarmContext context,
      WarmLease lease,
      Pace pace,
      boolean anew,
      WarmUp.Limits limits,
      Runnable progress,
      Runnable ended) {
    this.plan = plan;
    this.context = context;
    this.lease = lease;
    this.pace = pace;
    this.loads = new Loads<>(plan);
    this.timers = new LaneTimers(context.scheduler(), this::step);
    this.anew = anew;
    this.most = limits.most();
    this.lanes =
        new Lanes(lease, limits.concurrency() > 0 ? limits.concurrency() : plan.concurrency());
    pace.limit(limits.perSecond() > 0 ? limits.perSecond() : plan.perSecond());
    this.progress = progress;
    this.ended = ended;
    this.startedMillis = context.time().millis();
  }

  /** Begins. The keys are asked for on the executor. */
  void begin(Supplier<Stream<? extends K>> keys, Supplier<Long> expected) {
    long every = WarmLease.LIFE.dividedBy(3).toMillis();
    try {
      if (context.store() != null) {
        renewal = context
            .scheduler()
            .scheduleWithFixedDelay(this::renew, every, every, TimeUnit.MILLISECONDS);
      }
    } catch (RejectedExecutionException closed) {
      stop(State.CANCELLED, "the larder was closed");
    }
    step(() -> {
      long all = expected.get();
      total = most > 0 && all > most ? most : all;
      feed = new KeyFeed<>(keys.get(), most);
      beginLanes(lanes.open());
    });
  }

  private void beginLanes(int number) {
    for (int i = 0; i < number; i++) {
      step(this::lane);
    }
  }

  // ---- the lanes

  /** Runs a lane's next step on the executor; what it throws ends the run. */
  private void step(Runnable step) {
    try {
      context.executor().execute(() -> {
        try {
          step.run();
        } catch (Throwable failure) {
          stop(State.FAILED, "the run could not go on: " + Loads.reason(failure));
          laneEnds();
        }
      });
    } catch (RejectedExecutionException closed) {
      stop(State.CANCELLED, "the larder was closed");
      laneEnds();
    }
  }

  private void lane() {
    if (!lanes.endSurplus()) {
      collect(new ArrayList<>());
    }
  }

  private void collect(List<Wanted<K>> wanted) {
    KeyFeed<K> keys = feed;
    while (keys != null && wanted.size() < Math.min(plan.batchSize(), pace.rate())) {
      if (isHeldUp(() -> collect(wanted))) {
        return;
      }
      K key = keys.next();
      if (key == null) {
        break;
      }
      Wanted<K> each = loads.look(key, anew);
      if (each == null) {
        tally.found();
        progress.run();
      } else {
        wanted.add(each);
      }
    }
    if (wanted.isEmpty()) {
      laneEnds();
    } else {
      loadInTime(wanted);
    }
  }

  private void loadInTime(List<Wanted<K>> wanted) {
    if (isHeldUp(() -> loadInTime(wanted))) {
      return;
    }
    int batch = Math.min(wanted.size(), pace.rate());
    long wait = pace.take(batch, context.time().nanos());
    if (wait == 0) {
      // More than one second's worth, if the rate was lowered since they were read.
      load(wanted.subList(0, batch), wanted.subList(batch, wanted.size()));
      return;
    }
    try {
      timers.after(wait, () -> loadInTime(wanted));
    } catch (RejectedExecutionException closed) {
      stop(State.CANCELLED, "the larder was closed");
      timers.goOnEarly();
    }
  }

  private void load(List<Wanted<K>> wanted, List<Wanted<K>> rest) {
    try {
      loads.load(wanted);
      tally.loaded(wanted.size());
    } catch (Throwable failure) {
      List<K> keys = wanted.stream().map(Wanted::key).toList();
      String what = loads.shown(keys.get(0)) + (keys.size() > 1 ? ", …" : "");
      int inARow = tally.failed(keys, what + ": " + Loads.reason(failure));
      logger.debug("warm-up {}: a load failed", plan.name(), failure);
      if (plan.giveUpAfter() > 0 && inARow >= plan.giveUpAfter()) {
        stop(State.FAILED, "given up after " + inARow + " failures in a row");
      }
    } finally {
      pace.ended(wanted.size(), context.time().nanos());
    }
    progress.run();
    if (rest.isEmpty()) {
      step(this::lane);
    } else {
      step(() -> loadInTime(rest));
    }
  }

  /**
   * Whether a lane may not go on: then it has ended, or is parked with what it does when it may.
   */
  private boolean isHeldUp(Runnable next) {
    Lanes.Answer answer = lanes.ask(next);
    if (answer == Lanes.Answer.END) {
      laneEnds();
    }
    return answer != Lanes.Answer.GO_ON;
  }

  private void unpark() {
    lanes.unparked().forEach(this::step);
  }

  private void laneEnds() {
    if (!lanes.end()) {
      return;
    }
    ScheduledFuture<?> timer = renewal;
    if (timer != null) {
      timer.cancel(false);
    }
    KeyFeed<K> keys = feed;
    if (keys != null) {
      if (keys.hasEnded() && state() == State.DONE) {
        total = tally.count().read();
      }
      keys.close(plan.name());
    }
    endedMillis = context.time().millis();
    ended.run();
  }

  // ---- the lease

  private void renew() {
    var unused = lease.renew().whenComplete((held, failure) -> {
      if (failure == null && held) {
        if (state() == State.RUNNING) {
          unpark();
        }
      } else if (failure == null) {
        stop(State.FAILED, "another node runs it now; this one stood still or the tier forgot");
      }
    });
  }

  // ---- orders

  /** False if it does not run. */
  boolean pause() {
    return lanes.turn(State.RUNNING, State.PAUSED);
  }

  /** False if it is not paused. */
  boolean resume(WarmUp.Limits limits) {
    int more = lanes.resume(limits, pace);
    if (more < 0) {
      return false;
    }
    unpark();
    beginLanes(more);
    return true;
  }

  /** Ends it after the loads under way. False if it has ended. */
  boolean cancel() {
    return stop(State.CANCELLED, "");
  }

  /** As {@link #cancel}, for a node that goes: another shall go on with the run. */
  void leave() {
    stop(State.CANCELLED, "the larder was closed");
  }

  private boolean stop(State end, String reason) {
    if (!lanes.turn(State.RUNNING, end) && !lanes.turn(State.PAUSED, end)) {
      return false;
    }
    if (!reason.isEmpty()) {
      tally.stopped(reason);
    }
    if (end == State.FAILED) {
      logger.warn("warm-up {}: {}", plan.name(), reason);
    }
    unpark();
    timers.goOnEarly();
    return true;
  }

  // ---- what is known of it

  State state() {
    return lanes.state();
  }

  List<K> failedKeys() {
    return tally.failedKeys();
  }

  /** Whether a share of its plan's keys is there; never known of a run of some of them. */
  boolean has(double share) {
    long all = total;
    return most == 0 && all >= 0 && tally.count().done() >= Math.ceil(all * share);
  }

  long startedMillis() {
    return startedMillis;
  }

  WarmUp status(String schedule, WarmUp.Limits declared) {
    Tally.Count count = tally.count();
    long end = endedMillis;
    long took = Math.max(1, (end == 0 ? context.time().millis() : end) - startedMillis);
    return new WarmUp(
        plan.name(),
        schedule,
        state(),
        context.nodeId(),
        total,
        count.done(),
        count.found(),
        count.failed(),
        count.loaded() * 1_000.0 / took,
        startedMillis,
        end,
        count.failures(),
        declared,
        !plan.isOnlyMissing());
  }
}
