package dev.larder.internal.warm;

import dev.larder.internal.warm.Loads.Wanted;
import dev.larder.manage.WarmUp;
import dev.larder.manage.WarmUp.State;
import dev.larder.warm.WarmPlan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
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
  private final Tally<K> tally = new Tally<>();
  private final Runnable progress;
  private final Runnable ended;
  private final long startedMillis;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Runnable> parked = new ArrayDeque<>();

  /** Lanes whose timers are set. A scheduler that is shut down drops those, so a run's end lets them go on. */
  private final Set<Runnable> waiting = new HashSet<>();

  private State state = State.RUNNING;
  private int lanes;
  private volatile long total = -1;
  private volatile long endedMillis;
  private volatile @Nullable KeyFeed<K> feed;
  private volatile @Nullable ScheduledFuture<?> renewal;

  /**
   * @param anew whether what is there is loaded all the same
   * @param progress told after each load
   * @param ended told once, when the last lane has ended
   */
  Runner(
      WarmPlan<K, V> plan,
      WarmContext context,
      WarmLease lease,
      Pace pace,
      boolean anew,
      Runnable progress,
      Runnable ended) {
    this.plan = plan;
    this.context = context;
    this.lease = lease;
    this.pace = pace;
    this.loads = new Loads<>(plan);
    this.anew = anew;
    this.progress = progress;
    this.ended = ended;
    this.startedMillis = context.time().millis();
  }

  /** Begins. The keys are asked for on the executor. */
  void begin(Supplier<Stream<? extends K>> keys, Supplier<Long> expected) {
    lanes = 1;
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
      total = expected.get();
      feed = new KeyFeed<>(keys.get());
      lock.lock();
      try {
        lanes = plan.concurrency();
      } finally {
        lock.unlock();
      }
      for (int i = 0; i < plan.concurrency(); i++) {
        step(this::lane);
      }
    });
  }

  // ---- the lanes

  /** Runs a lane's next step on the executor; what it throws ends the run. */
  private void step(Runnable step) {
    try {
      context.executor().execute(() -> {
        try {
          step.run();
        } catch (Throwable failure) {
          stop(State.FAILED, "the run could not go on: " + reason(failure));
          laneEnds();
        }
      });
    } catch (RejectedExecutionException closed) {
      stop(State.CANCELLED, "the larder was closed");
      laneEnds();
    }
  }

  private void lane() {
    collect(new ArrayList<>());
  }

  private void collect(List<Wanted<K>> wanted) {
    KeyFeed<K> keys = feed;
    while (keys != null && wanted.size() < plan.batchSize()) {
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
    long wait = pace.take(wanted.size(), context.time().nanos());
    if (wait == 0) {
      load(wanted);
      return;
    }
    Runnable next = () -> loadInTime(wanted);
    lock.lock();
    try {
      waiting.add(next);
    } finally {
      lock.unlock();
    }
    try {
      var unused = context.scheduler().schedule(() -> goOn(next), wait, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      stop(State.CANCELLED, "the larder was closed");
      goOn(next);
    }
  }

  /** Lets a lane go on that waits for its time, unless something else has. */
  private void goOn(Runnable next) {
    boolean isMine;
    lock.lock();
    try {
      isMine = waiting.remove(next);
    } finally {
      lock.unlock();
    }
    if (isMine) {
      step(next);
    }
  }

  private void load(List<Wanted<K>> wanted) {
    try {
      loads.load(wanted);
      tally.loaded(wanted.size());
    } catch (Throwable failure) {
      List<K> keys = wanted.stream().map(Wanted::key).toList();
      String what = loads.shown(keys.get(0)) + (keys.size() > 1 ? ", …" : "");
      int inARow = tally.failed(keys, what + ": " + reason(failure));
      logger.debug("warm-up {}: a load failed", plan.name(), failure);
      if (plan.giveUpAfter() > 0 && inARow >= plan.giveUpAfter()) {
        stop(State.FAILED, "given up after " + inARow + " failures in a row");
      }
    }
    progress.run();
    step(this::lane);
  }

  private static String reason(Throwable failure) {
    String message = failure.getMessage();
    String type = failure.getClass().getSimpleName();
    return Loads.shortened(message == null ? type : type + ": " + message);
  }

  /**
   * Whether a lane may not go on: then it has ended, or is parked with what it does when it may.
   */
  private boolean isHeldUp(Runnable next) {
    lock.lock();
    try {
      if (state == State.RUNNING && lease.isHeld()) {
        return false;
      }
      if (state == State.RUNNING || state == State.PAUSED) {
        parked.add(next);
        return true;
      }
    } finally {
      lock.unlock();
    }
    laneEnds();
    return true;
  }

  private void unpark() {
    List<Runnable> going;
    lock.lock();
    try {
      going = List.copyOf(parked);
      parked.clear();
    } finally {
      lock.unlock();
    }
    going.forEach(this::step);
  }

  private void laneEnds() {
    lock.lock();
    try {
      if (--lanes > 0) {
        return;
      }
      if (state == State.RUNNING || state == State.PAUSED) {
        state = State.DONE;
      }
    } finally {
      lock.unlock();
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
      try {
        keys.close();
      } catch (RuntimeException failure) {
        logger.warn("warm-up {}: closing the keys failed", plan.name(), failure);
      }
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
    return turn(State.RUNNING, State.PAUSED);
  }

  /** False if it is not paused. */
  boolean resume() {
    if (!turn(State.PAUSED, State.RUNNING)) {
      return false;
    }
    unpark();
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

  private boolean turn(State from, State to) {
    lock.lock();
    try {
      if (state != from) {
        return false;
      }
      state = to;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean stop(State end, String reason) {
    if (!turn(State.RUNNING, end) && !turn(State.PAUSED, end)) {
      return false;
    }
    if (!reason.isEmpty()) {
      tally.stopped(reason);
    }
    if (end == State.FAILED) {
      logger.warn("warm-up {}: {}", plan.name(), reason);
    }
    unpark();
    List<Runnable> early;
    lock.lock();
    try {
      early = List.copyOf(waiting);
    } finally {
      lock.unlock();
    }
    early.forEach(this::goOn);
    return true;
  }

  // ---- what is known of it

  State state() {
    lock.lock();
    try {
      return state;
    } finally {
      lock.unlock();
    }
  }

  List<K> failedKeys() {
    return tally.failedKeys();
  }

  /** Whether a share of its keys is there. */
  boolean has(double share) {
    long all = total;
    return all >= 0 && tally.count().done() >= Math.ceil(all * share);
  }

  long startedMillis() {
    return startedMillis;
  }

  WarmUp status(String schedule) {
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
        count.failures());
  }
}
