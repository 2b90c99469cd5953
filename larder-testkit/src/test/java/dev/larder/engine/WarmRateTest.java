package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.manage.WarmUp;
import dev.larder.manage.WarmUp.State;
import dev.larder.warm.WarmPlan;
import dev.larder.warm.WarmPlanBuilder;
import dev.larder.warm.WarmRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How fast one plan on one node asks its source. */
class WarmRateTest extends OnePlan {

  private WarmRun start(WarmPlanBuilder<Long, String> plan) {
    declare(plan);
    return start();
  }

  /** PL11: in no second more than the rate, wherever that second begins; and not far below it. */
  @Test
  void rate_isHeldInEverySecond() {
    WarmRun run = start(plan(10_000).perSecond(500));

    lab.scheduler.advance(Duration.ofSeconds(15));
    assertThat(status().done()).isBetween(7_400L, 7_600L);
    lab.scheduler.advance(Duration.ofSeconds(6));

    assertThat(Lab.done(run.ended()).done()).isEqualTo(10_000);
    assertThat(mostInASecond()).isLessThanOrEqualTo(500);
  }

  /** Timers that come late, as those of a busy machine do, make no burst beyond the rate. */
  @Test
  void rate_isHeldWhenTimersAreLate() {
    WarmRun run = start(plan(4_000).perSecond(500).concurrency(16));
    for (int i = 0; i < 40_000 && !Lab.isDone(run.ended()); i++) {
      lab.time.advance(Duration.ofMillis(i % 7 == 0 ? 130 : 3));
      lab.scheduler.runDue();
    }

    assertThat(Lab.done(run.ended()).done()).isEqualTo(4_000);
    assertThat(mostInASecond()).isLessThanOrEqualTo(500);
  }

  @Test
  void rate_countsTheKeysOfABulkLoad() {
    List<Integer> sizes = new ArrayList<>();
    WarmUp end = end(start(WarmPlan.of("albums", node.cache)
        .keys(ids(1_000))
        .perSecond(100)
        .bulkLoader(
            keys -> {
              sizes.add(keys.size());
              Map<Long, String> found = new TreeMap<>();
              keys.forEach(key -> found.put(key, load(key)));
              return found;
            },
            30)));

    assertThat(end.done()).isEqualTo(1_000);
    assertThat(sizes).contains(30).allMatch(size -> size <= 30);
    assertThat(mostInASecond()).isLessThanOrEqualTo(100);
  }

  /** What fails has asked the source as well, and no more than what succeeds. */
  @Test
  void rate_holdsForLoadsThatFail_andTheyGiveTheirRightBack() {
    failing.addAll(ids(30));
    WarmUp end = end(start(plan(30).perSecond(5).giveUpAfter(0)));

    assertThat(end.state()).isEqualTo(State.DONE);
    assertThat(end.failed()).isEqualTo(30);
    assertThat(mostInASecond()).isEqualTo(5);
  }

  /** A source that takes its time is not asked more often because answers are still on their way. */
  @Test
  void rate_countsFromTheEndOfSlowLoads() {
    WarmUp end = end(start(WarmPlan.of("albums", node.cache)
        .keys(ids(100))
        .perSecond(10)
        .concurrency(1)
        .loader(id -> {
          // Reaches the source late, and is answered at once.
          lab.time.advance(Duration.ofMillis(id == 30 ? 400 : 1));
          return load(id);
        })));

    assertThat(end.done()).isEqualTo(100);
    assertThat(mostInASecond()).isLessThanOrEqualTo(10);
  }
}
