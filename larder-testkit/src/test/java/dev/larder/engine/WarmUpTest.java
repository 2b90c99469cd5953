package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.CacheTier;
import dev.larder.ConfigurationException;
import dev.larder.Lookup;
import dev.larder.manage.WarmUp;
import dev.larder.manage.WarmUp.State;
import dev.larder.warm.WarmPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a plan loads, when it does, and how it is stopped and waited for. */
class WarmUpTest extends OnePlan {

  @Test
  void run_loadsAllIntoEveryTier() {
    declare(plan(20));

    WarmUp end = end(start());

    assertThat(end.state()).isEqualTo(State.DONE);
    assertThat(end.total()).isEqualTo(20);
    assertThat(end.done()).isEqualTo(20);
    assertThat(end.found()).isZero();
    Lab.Node other = lab.node();
    other.catchUp();
    assertThat(node.cache.get(7L)).isEqualTo(new Lookup.Hit<>("v7", CacheTier.L1, false));
    assertThat(other.cache.get(7L)).isEqualTo(new Lookup.Hit<>("v7", CacheTier.L2, false));
  }

  @Test
  void rerun_loadsOnlyTheMissing() {
    declare(plan(20));
    end(start());
    node.cache.invalidate(3L);
    loads.clear();

    WarmUp end = end(start());

    assertThat(loads).containsOnlyKeys(3L);
    assertThat(end.found()).isEqualTo(19);
    assertThat(end.done()).isEqualTo(20);
  }

  /** Looking whether keys are there is no visit: hit rates stay those of visitors. */
  @Test
  void rerun_isNoHitInStatistics() {
    declare(plan(20));
    end(start());
    long before = node.cache.stats().hits();

    end(start());

    assertThat(node.cache.stats().hits()).isEqualTo(before);
  }

  @Test
  void staleEntry_isLoadedAnew() {
    Lab.Node other = lab.node(
        Lab.policy().ttl(Duration.ofMinutes(5)).staleFor(Duration.ofHours(1)).build());
    other
        .larder
        .warming()
        .declare(
            WarmPlan.of("albums", other.cache).keys(ids(5)).loader(this::load).build());
    end(other.larder.warming().start("albums"));
    lab.scheduler.advance(Duration.ofMinutes(6));
    other.catchUp();
    loads.clear();

    WarmUp end = end(other.larder.warming().start("albums"));

    assertThat(loads).hasSize(5);
    assertThat(end.found()).isZero();
    assertThat(other.cache.get(1L)).isEqualTo(new Lookup.Hit<>("v1", CacheTier.L1, false));
  }

  @Test
  void planOfAll_loadsAnewWhatIsThere() {
    declare(plan(5).onlyMissing(false));
    end(start());

    WarmUp end = end(start());

    assertThat(loads.values()).containsOnly(2);
    assertThat(end.found()).isZero();
  }

  @Test
  void rememberedAbsence_isFound() {
    Lab.Node other = lab.node(Lab.policy().negativeTtl(Duration.ofHours(1)).build());
    other
        .larder
        .warming()
        .declare(WarmPlan.of("albums", other.cache)
            .keys(ids(3))
            .loader(id -> {
              load(id);
              return null;
            })
            .build());
    end(other.larder.warming().start("albums"));
    loads.clear();

    WarmUp end = end(other.larder.warming().start("albums"));

    assertThat(loads).isEmpty();
    assertThat(end.found()).isEqualTo(3);
  }

  @Test
  void pause_holdsUntilResumed() {
    declare(plan(1_000).perSecond(100));
    var run = start();
    lab.scheduler.advance(Duration.ofSeconds(3));

    assertThat(node.larder.warming().pause("albums")).isTrue();
    long before = loads.size();
    lab.scheduler.advance(Duration.ofMinutes(10));
    assertThat(loads).hasSize((int) before);
    assertThat(status().state()).isEqualTo(State.PAUSED);
    assertThat(node.larder.warming().pause("albums")).isFalse();

    assertThat(node.larder.warming().resume("albums")).isTrue();
    lab.scheduler.advance(SECOND);
    assertThat(loads).hasSizeBetween((int) before + 90, (int) before + 106);
    assertThat(end(run).done()).isEqualTo(1_000);
  }

  @Test
  void cancel_endsAndCanBeginAgain() {
    declare(plan(1_000).perSecond(100));
    var run = start();
    lab.scheduler.advance(Duration.ofSeconds(3));

    assertThat(node.larder.warming().cancel("albums")).isTrue();
    WarmUp end = end(run);

    assertThat(end.state()).isEqualTo(State.CANCELLED);
    assertThat(end.total()).isEqualTo(1_000);
    assertThat(end.done()).isLessThan(400);
    assertThat(node.larder.warming().cancel("albums")).isFalse();
    assertThat(end(start()).done()).isEqualTo(1_000);
    assertThat(loads.values()).containsOnly(1);
  }

  @Test
  void cancelOfAPausedRun_endsIt() {
    declare(plan(1_000).perSecond(100));
    var run = start();
    lab.scheduler.advance(SECOND);
    node.larder.warming().pause("albums");
    lab.scheduler.advance(SECOND);

    node.larder.warming().cancel("albums");

    assertThat(end(run).state()).isEqualTo(State.CANCELLED);
  }

  @Test
  void keys_areReadAsTheRunGoesOnAndClosed() {
    List<String> seen = new ArrayList<>();
    declare(WarmPlan.of("albums", node.cache)
        .keys(() -> LongStream.iterate(0, id -> id + 1)
            .boxed()
            .peek(id -> seen.add("read"))
            .onClose(() -> seen.add("closed")))
        .perSecond(10)
        .loader(this::load));
    var run = start();
    lab.scheduler.advance(Duration.ofSeconds(2));

    assertThat(seen).hasSizeBetween(15, 30).doesNotContain("closed");
    assertThat(status().total()).isEqualTo(-1);
    node.larder.warming().cancel("albums");
    end(run);
    assertThat(seen).contains("closed");
  }

  @Test
  void schedule_runsTimeAndAgain() {
    declare(plan(3).onlyMissing(false).every(Duration.ofMinutes(5)));
    assertThat(status().schedule()).isEqualTo("every 5m");

    lab.scheduler.advance(Duration.ofMinutes(4));
    assertThat(loads).isEmpty();
    lab.scheduler.advance(Duration.ofMinutes(12));

    assertThat(loads.values()).containsOnly(3);
  }

  @Test
  void argument_makesTheKeys() {
    declare(WarmPlan.of("albums", node.cache)
        .keysFor(Long.class, user -> Stream.of(user * 10, user * 10 + 1))
        .loader(this::load));

    var first = node.larder.warming().run("albums", 7L);
    var second = node.larder.warming().run("albums", 8L);
    var third = node.larder.warming().run("albums", 8L);
    lab.scheduler.advance(SECOND);

    assertThat(Lab.done(first.ended()).done()).isEqualTo(2);
    assertThat(third).isSameAs(second);
    assertThat(loads).containsOnlyKeys(70L, 71L, 80L, 81L);
    assertThatThrownBy(() -> node.larder.warming().run("albums", "7"))
        .hasMessageContaining("takes an argument of type java.lang.Long, not java.lang.String");
    assertThatThrownBy(() -> start()).hasMessageContaining("call run(name, argument)");
  }

  @Test
  void calls_areMade() {
    List<String> made = new ArrayList<>();
    node.larder
        .warming()
        .declare(WarmPlan.ofCalls(
                "calls",
                () -> Stream.of(() -> made.add("a"), () -> {
                  throw new IllegalStateException("b");
                }))
            .build());

    WarmUp end = end(node.larder.warming().start("calls"));

    assertThat(made).containsExactly("a");
    assertThat(end.failures()).containsExactly("a call: IllegalStateException: b");
  }

  @Test
  void readiness_waitsForTheShare() {
    declare(plan(1_000).perSecond(100).onStart().beforeReady(0.2, Duration.ofMinutes(1)));

    assertThat(node.larder.warming().isReady()).isFalse();
    lab.scheduler.advance(SECOND);
    assertThat(node.larder.warming().isReady()).isFalse();
    lab.scheduler.advance(Duration.ofSeconds(2));
    assertThat(node.larder.warming().isReady()).isTrue();
    assertThat(Lab.isDone(node.larder.warming().ready())).isTrue();
    assertThat(status().state()).isEqualTo(State.RUNNING);
  }

  @Test
  void readiness_waitsNoLongerThanItsLimit() {
    declare(plan(1_000).perSecond(1).onStart().beforeReady(1, Duration.ofMinutes(1)));

    lab.scheduler.advance(Duration.ofSeconds(59));
    assertThat(node.larder.warming().isReady()).isFalse();
    lab.scheduler.advance(SECOND);
    assertThat(node.larder.warming().isReady()).isTrue();
  }

  @Test
  void faultsOfAPlan_areNamedTogether() {
    assertThatThrownBy(() -> WarmPlan.of("al bums", node.cache)
            .perSecond(0)
            .concurrency(65)
            .beforeReady(0.5, Duration.ofMinutes(1))
            .build())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("name: 'al bums' is not 1 to 64 letters, digits, _ . -")
        .hasMessageContaining("keys: none are said")
        .hasMessageContaining("loader: none is said")
        .hasMessageContaining("perSecond: 0 is not 1 to 100000")
        .hasMessageContaining("concurrency: 65 is not 1 to 64")
        .hasMessageContaining("beforeReady: share 0.5 of how many?")
        .hasMessageContaining("beforeReady: needs onStart()");
  }

  @Test
  void unknownNameAndNameTwice_areRefused() {
    declare(plan(1));

    assertThatThrownBy(() -> declare(plan(1)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("there is one of this name already");
    assertThatThrownBy(() -> node.larder.warming().start("album"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there are [albums]");
  }
}
