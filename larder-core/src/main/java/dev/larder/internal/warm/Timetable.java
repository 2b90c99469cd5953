package dev.larder.internal.warm;

import dev.larder.warm.WarmPlan;
import dev.larder.warm.WarmSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When runs of a plan are due, and its timers on this node. Safe for many threads. */
final class Timetable {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.warm");

  private final WarmPlan<?, ?> plan;
  private final WarmContext context;
  private final @Nullable WarmSchedule schedule;

  Timetable(WarmPlan<?, ?> plan, WarmContext context) {
    this.plan = plan;
    this.context = context;
    this.schedule = plan.schedule();
  }

  /** The schedule as people read it; empty if there is none. */
  String text() {
    return schedule == null ? "" : schedule.text();
  }

  /** Runs a task each time that the schedule says, until the larder is closed. */
  void atEachTurn(Runnable task) {
    Instant now = Instant.ofEpochMilli(context.time().millis());
    Instant next = schedule == null ? null : schedule.next(now);
    if (next != null) {
      later(Duration.ofMillis(Math.max(1, next.toEpochMilli() - now.toEpochMilli())), () -> {
        atEachTurn(task);
        task.run();
      });
    }
  }

  /** Runs a task once, unless the larder is closed before. */
  void later(Duration delay, Runnable task) {
    try {
      var unused = context.scheduler().schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      logger.debug("warm-up {}: the larder is closed", plan.name());
    }
  }

  /** How much longer a run that began then holds for all nodes; zero without a schedule. */
  Duration restOf(long startedMillis) {
    Instant begun = Instant.ofEpochMilli(startedMillis);
    Instant next = schedule == null ? null : schedule.next(begun);
    if (next == null) {
      return Duration.ZERO;
    }
    // A tenth less than the interval, since timers and clocks are not exact.
    long holds = Duration.between(begun, next).toMillis() * 9 / 10;
    return Duration.ofMillis(
        Math.max(0, begun.toEpochMilli() + holds - context.time().millis()));
  }
}
