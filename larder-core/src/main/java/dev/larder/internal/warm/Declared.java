package dev.larder.internal.warm;

import dev.larder.manage.WarmUp;
import dev.larder.manage.WarmUp.State;
import dev.larder.warm.WarmPlan;
import dev.larder.warm.WarmRun;
import dev.larder.warm.WarmRun.Turn;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A plan that was declared and its runs on this node, one after the other. */
final class Declared<K, V> {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.warm");
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);
  private static final int MOST_WAITING = 1_000;

  private final WarmPlan<K, V> plan;
  private final WarmContext context;
  private final Timetable timetable;
  private final Pace pace;
  private final Readiness ready;
  private final WarmNews news;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Order<K>> waiting = new ArrayDeque<>();
  private @Nullable Order<K> current;
  private @Nullable Runner<K, V> runner;
  private @Nullable WarmLease lease;
  private boolean isLookingAgain;
  private boolean isClosed;

  Declared(WarmPlan<K, V> plan, WarmContext context) {
    this.plan = plan;
    this.context = context;
    this.timetable = new Timetable(plan, context);
    this.pace = new Pace(plan.perSecond());
    this.ready = new Readiness(plan);
    this.news = new WarmNews(plan, context);
  }

  /** Sets the timers and begins if the plan runs at the start. */
  void open() {
    if (!ready.isReached()) {
      timetable.later(plan.readyLimit(), ready::reachAnyway);
    }
    timetable.atEachTurn(() -> {
      var unused = submit(
          order(Order.Cause.SCHEDULE, null, !plan.isOnlyMissing(), WarmUp.Limits.AS_DECLARED));
    });
    if (plan.isOnStart()) {
      var unused = submit(order(Order.Cause.START, null, false, WarmUp.Limits.AS_DECLARED));
    }
  }

  // ---- orders

  private Order<K> order(
      Order.Cause cause, @Nullable Object argument, boolean anew, WarmUp.Limits limits) {
    return new Order<>(
        cause,
        argument == null ? "" : String.valueOf(argument),
        () -> keys(plan, argument),
        () -> plan.total(argument),
        anew,
        limits);
  }

  private static <K, V> Stream<? extends K> keys(WarmPlan<K, V> plan, @Nullable Object argument) {
    return plan.keys(argument);
  }

  WarmRun start(WarmUp.Limits limits) {
    PlanLimits.require(plan, limits);
    if (plan.argumentType() != null) {
      throw new IllegalArgumentException("warm-up " + plan.name() + ": takes an argument of type "
          + plan.argumentType().getName() + "; call run(name, argument)");
    }
    return submit(order(Order.Cause.ASKED, null, !plan.isOnlyMissing(), limits));
  }

  WarmRun run(Object argument) {
    Class<?> type = plan.argumentType();
    if (type == null || !type.isInstance(argument)) {
      throw new IllegalArgumentException("warm-up " + plan.name() + ": "
          + (type == null
              ? "takes no argument; call start(name)"
              : "takes an argument of type " + type.getName() + ", not "
                  + argument.getClass().getName()));
    }
    return submit(
        order(Order.Cause.ARGUMENT, argument, !plan.isOnlyMissing(), WarmUp.Limits.AS_DECLARED));
  }

  WarmRun rerunFailed(WarmUp.Limits limits) {
    PlanLimits.require(plan, limits);
    List<K> failed;
    lock.lock();
    try {
      failed = runner == null ? List.of() : runner.failedKeys();
    } finally {
      lock.unlock();
    }
    Supplier<Stream<? extends K>> keys = failed::stream;
    return submit(new Order<>(
        Order.Cause.ASKED, "", keys, () -> (long) failed.size(), !plan.isOnlyMissing(), limits));
  }

  private Order<K> submit(Order<K> order) {
    lock.lock();
    try {
      Order<K> before = current;
      if (before != null) {
        Order<K> same = sameOf(order, before);
        if (same != null) {
          return same;
        }
        if (waiting.size() < MOST_WAITING && !isClosed) {
          waiting.add(order);
          return order;
        }
      }
      if (!isClosed && before == null) {
        current = order;
      } else {
        order.found().complete(Turn.REFUSED);
      }
    } finally {
      lock.unlock();
    }
    if (order.found().isDone()) {
      order.end().complete(status());
    } else {
      begin(order);
    }
    return order;
  }

  /** A run for the same that is under way or waits; any run does for an order without an argument. */
  private @Nullable Order<K> sameOf(Order<K> order, Order<K> before) {
    if (order.cause() != Order.Cause.ARGUMENT || order.argument().equals(before.argument())) {
      return before;
    }
    return waiting.stream()
        .filter(it -> it.argument().equals(order.argument()))
        .findFirst()
        .orElse(null);
  }

  private void begin(Order<K> order) {
    WarmLease mine = new WarmLease(context, plan.name(), order.argument());
    var unused = mine.take(order.cause() == Order.Cause.SCHEDULE).thenAccept(turn -> {
      if (turn == Turn.HERE) {
        run(order, mine);
      } else {
        notHere(order, turn);
      }
    });
  }

  private void run(Order<K> order, WarmLease mine) {
    Runner<K, V> begun = new Runner<>(
        plan,
        context,
        mine,
        pace,
        order.anew(),
        order.limits(),
        () -> ready.check(atWork()),
        () -> ended(order, mine));
    boolean closed;
    lock.lock();
    try {
      closed = isClosed;
      if (!closed) {
        runner = begun;
        lease = mine;
      }
    } finally {
      lock.unlock();
    }
    if (closed) {
      var unused = mine.release();
      notHere(order, Turn.REFUSED);
      return;
    }
    news.began(order);
    order.found().complete(Turn.HERE);
    begun.begin(order.keys(), order.total());
  }

  private void notHere(Order<K> order, Turn turn) {
    if (turn == Turn.UNREACHABLE) {
      logger.warn(
          "warm-up {}: not begun, the shared tier that tells whose turn it is does not answer",
          plan.name());
      ready.reach();
    }
    order.found().complete(turn);
    if (order.cause().isLasting() && (turn == Turn.ELSEWHERE || turn == Turn.UNREACHABLE)) {
      lookAgain(order);
    }
    finish(order);
  }

  /** Another node is at it, and may die: then this one goes on. */
  private void lookAgain(Order<K> order) {
    lock.lock();
    try {
      if (isLookingAgain && order.cause() != Order.Cause.START) {
        return;
      }
      isLookingAgain = true;
    } finally {
      lock.unlock();
    }
    timetable.later(LOOK_AGAIN, () -> {
      lock.lock();
      try {
        isLookingAgain = false;
      } finally {
        lock.unlock();
      }
      var unused = submit(order.again());
    });
  }

  private void ended(Order<K> order, WarmLease mine) {
    ready.check(atWork());
    if (order.cause() == Order.Cause.START) {
      ready.reach();
    }
    news.ended(order, status());
    Duration rest = untilNextIsDue(order);
    // In this order: who gets the lease next must see that the turn is over.
    CompletableFuture<Boolean> turned =
        rest.isZero() ? CompletableFuture.completedFuture(true) : mine.endTurn(rest);
    var unused = turned.thenCompose(done -> mine.release()).thenAccept(done -> finish(order));
  }

  /** How long no other node need run it; zero for a run that was asked for. */
  private Duration untilNextIsDue(Order<K> order) {
    Runner<K, V> last;
    lock.lock();
    try {
      last = isClosed ? null : runner;
    } finally {
      lock.unlock();
    }
    return last == null || !order.cause().isLasting()
        ? Duration.ZERO
        : timetable.restOf(last.startedMillis());
  }

  private void finish(Order<K> order) {
    Order<K> next;
    lock.lock();
    try {
      lease = null;
      next = isClosed ? null : waiting.poll();
      current = next;
    } finally {
      lock.unlock();
    }
    order.end().complete(status());
    if (next != null) {
      begin(next);
    }
  }

  boolean pause() {
    Runner<K, V> at = atWork();
    return news.turned(at != null && at.pause(), "paused");
  }

  boolean resume(WarmUp.Limits limits) {
    PlanLimits.requireForResume(plan, limits);
    Runner<K, V> at = atWork();
    return news.turned(at != null && at.resume(limits), "goes on");
  }

  boolean cancel() {
    List<Order<K>> dropped;
    Runner<K, V> at;
    lock.lock();
    try {
      dropped = List.copyOf(waiting);
      waiting.clear();
      at = lease == null ? null : runner;
    } finally {
      lock.unlock();
    }
    dropped.forEach(order -> {
      order.found().complete(Turn.REFUSED);
      order.end().complete(status());
    });
    return (at != null && at.cancel()) || !dropped.isEmpty();
  }

  private @Nullable Runner<K, V> atWork() {
    lock.lock();
    try {
      return lease == null ? null : runner;
    } finally {
      lock.unlock();
    }
  }

  // ---- what is known of it

  WarmUp status() {
    Runner<K, V> last;
    lock.lock();
    try {
      last = runner;
    } finally {
      lock.unlock();
    }
    return last != null
        ? last.status(timetable.text(), PlanLimits.of(plan))
        : new WarmUp(
            plan.name(),
            timetable.text(),
            State.IDLE,
            "",
            -1,
            0,
            0,
            0,
            0,
            0,
            0,
            List.of(),
            PlanLimits.of(plan),
            !plan.isOnlyMissing());
  }

  CompletableFuture<Void> ready() {
    return ready.reached();
  }

  /** Ends what runs; another node goes on with it. The stage completes when the lease is given up. */
  CompletableFuture<Boolean> close() {
    WarmLease held;
    Runner<K, V> at;
    lock.lock();
    try {
      isClosed = true;
      held = lease;
      at = held == null ? null : runner;
    } finally {
      lock.unlock();
    }
    if (at != null) {
      at.leave();
    }
    var unused = cancel();
    return held == null ? CompletableFuture.completedFuture(true) : held.release();
  }
}
