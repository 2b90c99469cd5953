package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.manage.WarmUp;
import dev.larder.manage.WarmUp.Limits;
import dev.larder.manage.WarmUp.State;
import dev.larder.warm.WarmPlan;
import dev.larder.warm.Warming;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Limits of one run: less than the plan declares, never more. */
class WarmLimitsTest extends OnePlan {

  private final Warming warming = node.larder.warming();
  private final List<Long> loaded = new ArrayList<>();

  @Override
  String load(Long id) {
    loaded.add(id);
    return super.load(id);
  }

  private void declare(int keys, int perSecond) {
    declare(plan(keys).perSecond(perSecond));
  }

  @Test
  void most_loadsTheFirstKeysAlone() {
    declare(100, 1_000);

    var run = warming.start("albums", new Limits(10, 0, 0));
    lab.scheduler.advance(SECOND);

    WarmUp end = Lab.done(run.ended());
    assertThat(end.state()).isEqualTo(State.DONE);
    assertThat(end.total()).isEqualTo(10);
    assertThat(end.done()).isEqualTo(10);
    assertThat(loaded).containsExactlyInAnyOrderElementsOf(ids(10));
  }

  @Test
  void rate_isLoweredForOneRun_andThePlansAfterwards() {
    declare(600, 200);

    warming.start("albums", new Limits(0, 50, 0));
    lab.scheduler.advance(Duration.ofSeconds(4));
    assertThat(mostInASecond()).isLessThanOrEqualTo(50);
    assertThat(loaded).hasSizeBetween(190, 210);

    warming.cancel("albums");
    lab.scheduler.advance(SECOND);
    loadsAt.clear();
    int before = loaded.size();
    warming.start("albums");
    lab.scheduler.advance(SECOND);
    assertThat(loaded.size() - before).isBetween(190, 212);
    assertThat(mostInASecond()).isLessThanOrEqualTo(200);
  }

  /** Also across the change no second has more than the plan declares. */
  @Test
  void resume_changesTheRate_andKeepsThePlansLimit() {
    declare(2_000, 200);
    warming.start("albums", new Limits(0, 100, 0));
    lab.scheduler.advance(Duration.ofSeconds(2));
    warming.pause("albums");

    assertThat(warming.resume("albums", new Limits(0, 200, 0))).isTrue();
    lab.scheduler.advance(Duration.ofSeconds(2));
    assertThat(mostInASecond()).isBetween(190, 200);

    warming.pause("albums");
    assertThat(warming.resume("albums", new Limits(0, 10, 0))).isTrue();
    // What was loaded before counts, so the first second is one of waiting.
    lab.scheduler.advance(SECOND);
    loadsAt.clear();
    lab.scheduler.advance(Duration.ofSeconds(5));
    assertThat(mostInASecond()).isBetween(9, 10);
  }

  @Test
  void bulkLoads_areNoLargerThanTheRate() {
    List<Integer> sizes = new ArrayList<>();
    warming.declare(WarmPlan.of("albums", node.cache)
        .keys(ids(200))
        .perSecond(100)
        .bulkLoader(
            keys -> {
              sizes.add(keys.size());
              Map<Long, String> found = new TreeMap<>();
              keys.forEach(key -> found.put(key, load(key)));
              return found;
            },
            40)
        .build());

    warming.start("albums", new Limits(0, 40, 1));
    lab.scheduler.advance(Duration.ofMillis(1_500));
    warming.pause("albums");
    lab.scheduler.advance(Duration.ofSeconds(2));
    sizes.clear();
    loadsAt.clear();
    // A lane holds forty keys that were read before the rate was lowered.
    warming.resume("albums", new Limits(0, 15, 1));
    lab.scheduler.advance(Duration.ofSeconds(30));

    assertThat(sizes).isNotEmpty().allMatch(size -> size <= 15);
    assertThat(mostInASecond()).isLessThanOrEqualTo(15);
    assertThat(loaded).containsExactlyInAnyOrderElementsOf(ids(200));
  }

  /** Loads are held, so that those under way can be counted. */
  @Test
  void concurrency_isOfTheRun_andChangesWhenItGoesOn() throws InterruptedException {
    Set<Thread> atWork = ConcurrentHashMap.newKeySet();
    AtomicInteger most = new AtomicInteger();
    Semaphore entered = new Semaphore(0);
    Semaphore gate = new Semaphore(0);
    try (var larder = Larder.builder().build()) {
      var cache =
          larder.cache("albums", CachePolicy.of(Long.class, String.class).build());
      larder
          .warming()
          .declare(WarmPlan.of("albums", cache)
              .keys(ids(400))
              .loader(id -> {
                atWork.add(Thread.currentThread());
                most.accumulateAndGet(atWork.size(), Math::max);
                entered.release();
                gate.acquire();
                atWork.remove(Thread.currentThread());
                return "v" + id;
              })
              .perSecond(100_000)
              .concurrency(4)
              .build());

      var run = larder.warming().start("albums", new Limits(0, 0, 2));
      assertThat(entered.tryAcquire(2, 60, TimeUnit.SECONDS)).isTrue();
      gate.release(100);
      assertThat(entered.tryAcquire(100, 60, TimeUnit.SECONDS)).isTrue();
      assertThat(most).hasValue(2);

      larder.warming().pause("albums");
      assertThat(larder.warming().resume("albums", new Limits(0, 0, 3))).isTrue();
      assertThat(entered.tryAcquire(1, 60, TimeUnit.SECONDS)).isTrue();
      gate.release(100);
      assertThat(entered.tryAcquire(100, 60, TimeUnit.SECONDS)).isTrue();
      assertThat(most).hasValue(3);

      larder.warming().pause("albums");
      assertThat(larder.warming().resume("albums", new Limits(0, 0, 1))).isTrue();
      gate.release(3);
      assertThat(entered.tryAcquire(1, 60, TimeUnit.SECONDS)).isTrue();
      most.set(0);
      gate.release(50);
      assertThat(entered.tryAcquire(50, 60, TimeUnit.SECONDS)).isTrue();
      assertThat(most).hasValue(1);
      larder.warming().cancel("albums");
      gate.release(1_000);
      assertThat(run.ended().toCompletableFuture().join().state()).isEqualTo(State.CANCELLED);
    }
  }

  @Test
  void above_whatThePlanDeclares_isRefused() {
    declare(10, 200);

    assertThatThrownBy(() -> warming.start("albums", new Limits(0, 201, 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("warm-up albums: rate 201/s is not 1 to 200/s, which the plan declares;"
            + " concurrency 5 is not 1 to 4, which the plan declares");
    assertThatThrownBy(() -> warming.rerunFailed("albums", new Limits(-1, 0, 0)))
        .hasMessageContaining("limit -1 is not 0 (all keys) or more");
    assertThatThrownBy(() -> warming.resume("albums", new Limits(5, 0, 0)))
        .hasMessageContaining("limit 5 cannot be set for a run that goes on");
    assertThat(loaded).isEmpty();
  }
}
