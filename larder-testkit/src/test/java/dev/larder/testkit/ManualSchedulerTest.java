package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ManualSchedulerTest {

  private final FakeTime time = new FakeTime();
  private final ManualScheduler scheduler = new ManualScheduler(time);
  private final List<String> ran = new ArrayList<>();

  private Runnable task(String name) {
    return () -> ran.add(name + "@" + time.elapsed().toMillis());
  }

  @Test
  void runDue_runsInOrderOfTimeThenComing() {
    scheduler.schedule(task("late"), 20, TimeUnit.MILLISECONDS);
    scheduler.schedule(task("a"), 10, TimeUnit.MILLISECONDS);
    scheduler.schedule(task("b"), 10, TimeUnit.MILLISECONDS);
    scheduler.execute(task("now"));
    assertThat(ran).isEmpty();
    assertThat(scheduler.runDue()).isEqualTo(1);
    time.advance(Duration.ofMillis(30));
    assertThat(scheduler.runDue()).isEqualTo(3);
    assertThat(ran).containsExactly("now@0", "a@30", "b@30", "late@30");
  }

  @Test
  void advance_stopsAtEachTime() {
    scheduler.schedule(task("b"), 20, TimeUnit.MILLISECONDS);
    scheduler.schedule(task("a"), 10, TimeUnit.MILLISECONDS);
    scheduler.schedule(task("later"), 50, TimeUnit.MILLISECONDS);
    assertThat(scheduler.advance(Duration.ofMillis(40))).isEqualTo(2);
    assertThat(ran).containsExactly("a@10", "b@20");
    assertThat(time.elapsed()).isEqualTo(Duration.ofMillis(40));
    assertThat(scheduler.pending()).isEqualTo(1);
  }

  @Test
  void advance_runsWhatTasksHandIn() {
    scheduler.schedule(
        () -> scheduler.schedule(task("inner"), 5, TimeUnit.MILLISECONDS),
        10,
        TimeUnit.MILLISECONDS);
    scheduler.advance(Duration.ofMillis(15));
    assertThat(ran).containsExactly("inner@15");
  }

  @Test
  void fixedRate_runsUntilCancelled() {
    ScheduledFuture<?> beat =
        scheduler.scheduleAtFixedRate(task("beat"), 0, 10, TimeUnit.MILLISECONDS);
    scheduler.advance(Duration.ofMillis(25));
    beat.cancel(false);
    scheduler.advance(Duration.ofMillis(25));
    assertThat(ran).containsExactly("beat@0", "beat@10", "beat@20");
    assertThat(scheduler.pending()).isZero();
  }

  @Test
  void fixedRate_taskThatThrows_endsIt() {
    ScheduledFuture<?> beat = scheduler.scheduleWithFixedDelay(
        () -> {
          throw new IllegalStateException("broken");
        },
        0,
        10,
        TimeUnit.MILLISECONDS);
    scheduler.advance(Duration.ofMillis(25));
    assertThat(beat.isDone()).isTrue();
    assertThatThrownBy(beat::get).hasRootCauseMessage("broken");
  }

  @Test
  void schedule_callable_givesItsValue() throws Exception {
    ScheduledFuture<String> future = scheduler.schedule(() -> "v", 1, TimeUnit.SECONDS);
    assertThat(future.getDelay(TimeUnit.MILLISECONDS)).isEqualTo(1_000);
    scheduler.advance(Duration.ofSeconds(1));
    assertThat(future.get()).isEqualTo("v");
  }

  @Test
  void cancel_takesItOut() {
    scheduler.schedule(task("a"), 10, TimeUnit.MILLISECONDS).cancel(false);
    assertThat(scheduler.pending()).isZero();
    assertThat(scheduler.advance(Duration.ofSeconds(1))).isZero();
  }

  @Test
  void shutdown_dropsAndRefuses() {
    scheduler.execute(task("a"));
    assertThat(scheduler.shutdownNow()).hasSize(1);
    assertThat(scheduler.isTerminated()).isTrue();
    assertThat(scheduler.runDue()).isZero();
    assertThatThrownBy(() -> scheduler.execute(task("b")))
        .isInstanceOf(RejectedExecutionException.class);
  }
}
