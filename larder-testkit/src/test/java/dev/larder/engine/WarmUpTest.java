package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.CacheTier;
import dev.larder.ConfigurationException;
import dev.larder.Lookup;
import dev.larder.manage.WarmUp;
import dev.larder.manage.WarmUp.State;
import dev.larder.warm.WarmPlan;
import dev.larder.warm.WarmPlanBuilder;
import dev.larder.warm.WarmRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One plan on one node: what is loaded, and what becomes of failures and orders. */
class WarmUpTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Lab lab = new Lab(Layout.L1_L2);
  private final Lab.Node node = lab.node();
  private final Map<Long, Integer> loads = new TreeMap<>();
  private final Set<Long> failing = new HashSet<>();

  @AfterEach
  void close() {
    lab.close();
  }

  private String load(Long id) {
    loads.merge(id, 1, Integer::sum);
    if (failing.contains(id)) {
      throw new IllegalStateException("no album " + id);
    }
    return "v" + id;
  }

  private WarmPlanBuilder<Long, String> plan(long keys) {
    return WarmPlan.of("albums", node.cache).keys(ids(keys)).loader(this::load);
  }

  private static List<Long> ids(long count) {
    return LongStream.range(0, count).boxed().toList();
  }

  private void declare(WarmPlanBuilder<Long, String> plan) {
    node.larder.warming().declare(plan.build());
  }

  private WarmUp status() {
    return node.larder.warming().status("albums");
  }

  private WarmUp run(WarmRun run) {
    lab.scheduler.advance(Duration.ofMinutes(1));
    return Lab.done(run.ended());
  }

  @Test
  void run_loadsAllIntoEveryTier() {
    declare(plan(20));

    WarmUp end = run(node.larder.warming().start("albums"));

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
    run(node.larder.warming().start("albums"));
    node.cache.invalidate(3L);
    loads.clear();

    WarmUp end = run(node.larder.warming().start("albums"));

    assertThat(loads).containsOnlyKeys(3L);
    assertThat(end.found()).isEqualTo(19);
    assertThat(end.done()).isEqualTo(20);
  }

  /** Looking whether keys are there is no visit: hit rates stay those of visitors. */
  @Test
  void rerun_isNoHitInStatistics() {
    declare(plan(20));
    run(node.larder.warming().start("albums"));
    long before = node.cache.stats().hits();

    run(node.larder.warming().start("albums"));

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
    run(other.larder.warming().start("albums"));
    lab.scheduler.advance(Duration.ofMinutes(6));
    other.catchUp();
    loads.clear();

    WarmUp end = run(other.larder.warming().start("albums"));

    assertThat(loads).hasSize(5);
    assertThat(end.found()).isZero();
    assertThat(other.cache.get(1L)).isEqualTo(new Lookup.Hit<>("v1", CacheTier.L1, false));
  }

  @Test
  void planOfAll_loadsAnewWhatIsThere() {
    declare(plan(5).onlyMissing(false));
    run(node.larder.warming().start("albums"));

    WarmUp end = run(node.larder.warming().start("albums"));

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
    run(other.larder.warming().start("albums"));
    loads.clear();

    WarmUp end = run(other.larder.warming().start("albums"));

    assertThat(loads).isEmpty();
    assertThat(end.found()).isEqualTo(3);
  }

  @Test
  void pause_holdsUntilResumed() {
    declare(plan(1_000).perSecond(100));
    var run = node.larder.warming().start("albums");
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
    assertThat(run(run).done()).isEqualTo(1_000);
  }

  @Test
  void cancel_endsAndCanBeginAgain() {
    declare(plan(1_000).perSecond(100));
    var run = node.larder.warming().start("albums");
    lab.scheduler.advance(Duration.ofSeconds(3));

    assertThat(node.larder.warming().cancel("albums")).isTrue();
    WarmUp end = run(run);

    assertThat(end.state()).isEqualTo(State.CANCELLED);
    assertThat(end.total()).isEqualTo(1_000);
    assertThat(end.done()).isLessThan(400);
    assertThat(node.larder.warming().cancel("albums")).isFalse();
    assertThat(run(node.larder.warming().start("albums")).done()).isEqualTo(1_000);
    assertThat(loads.values()).containsOnly(1);
  }

  @Test
  void cancelOfAPausedRun_endsIt() {
    declare(plan(1_000).perSecond(100));
    var run = node.larder.warming().start("albums");
    lab.scheduler.advance(SECOND);
    node.larder.warming().pause("albums");
    lab.scheduler.advance(SECOND);

    node.larder.warming().cancel("albums");

    assertThat(run(run).state()).isEqualTo(State.CANCELLED);
  }

  @Test
  void failures_areListedAndRunAgain() {
    failing.addAll(Set.of(3L, 5L));
    declare(plan(10));

    WarmUp end = run(node.larder.warming().start("albums"));

    assertThat(end.state()).isEqualTo(State.DONE);
    assertThat(end.failed()).isEqualTo(2);
    assertThat(end.done()).isEqualTo(8);
    assertThat(end.failures())
        .containsExactly(
            "3: IllegalStateException: no album 3", "5: IllegalStateException: no album 5");
    lab.scheduler.advance(Duration.ofHours(1));
    assertThat(loads.get(3L)).isEqualTo(1);

    failing.remove(3L);
    loads.clear();
    WarmUp again = run(node.larder.warming().rerunFailed("albums"));
    assertThat(loads).containsOnlyKeys(3L, 5L);
    assertThat(again.done()).isEqualTo(1);
    assertThat(again.failed()).isEqualTo(1);
  }

  /** A source in trouble is left alone after some failures in a row, until the next time. */
  @Test
  void sourceThatFailsAlways_isLeftAlone() {
    failing.addAll(ids(10_000));
    declare(plan(10_000).giveUpAfter(20).every(Duration.ofMinutes(5)));

    WarmUp end = run(node.larder.warming().start("albums"));

    assertThat(end.state()).isEqualTo(State.FAILED);
    assertThat(loads.size()).isBetween(20, 24);
    assertThat(end.failures()).contains("given up after 20 failures in a row");
    lab.scheduler.advance(Duration.ofMinutes(3));
    assertThat(loads.size()).isLessThanOrEqualTo(24);
    assertThat(node.larder.warming().status("albums").failures()).hasSizeLessThanOrEqualTo(20);
  }

  @Test
  void failuresApart_doNotEndTheRun() {
    ids(100).stream().filter(id -> id % 2 == 0).forEach(failing::add);
    declare(plan(100).giveUpAfter(3));

    WarmUp end = run(node.larder.warming().start("albums"));

    assertThat(end.state()).isEqualTo(State.DONE);
    assertThat(end.failed()).isEqualTo(50);
    assertThat(end.done()).isEqualTo(50);
  }

  @Test
  void keysThatCannotBeRead_failTheRun() {
    declare(WarmPlan.of("albums", node.cache)
        .keys(() -> Stream.<Long>generate(() -> {
          throw new IllegalStateException("cursor closed");
        }))
        .loader(this::load));

    WarmUp end = run(node.larder.warming().start("albums"));

    assertThat(end.state()).isEqualTo(State.FAILED);
    assertThat(end.failures().get(0)).contains("cursor closed");
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
    var run = node.larder.warming().start("albums");
    lab.scheduler.advance(Duration.ofSeconds(2));

    assertThat(seen).hasSizeBetween(15, 30).doesNotContain("closed");
    assertThat(status().total()).isEqualTo(-1);
    node.larder.warming().cancel("albums");
    run(run);
    assertThat(seen).contains("closed");
  }

  /** Loads of what would not be kept harm the source for nothing. */
  @Test
  void cacheThatIsSwitchedOff_isNotLoaded() {
    declare(plan(100));
    node.larder.switches().cache("album").off();

    WarmUp end = run(node.larder.warming().start("albums"));

    assertThat(loads).isEmpty();
    assertThat(end.state()).isEqualTo(State.FAILED);
    assertThat(end.failures().get(0)).contains("switched off");
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
    assertThatThrownBy(() -> node.larder.warming().start("albums"))
        .hasMessageContaining("call run(name, argument)");
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

    WarmUp end = run(node.larder.warming().start("calls"));

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

  /** A source that is down must not keep every node out of service. */
  @Test
  void readiness_doesNotWaitForARunThatEnded() {
    failing.addAll(ids(100));
    declare(plan(100).giveUpAfter(5).onStart().beforeReady(1, Duration.ofHours(1)));

    lab.scheduler.advance(SECOND);

    assertThat(status().state()).isEqualTo(State.FAILED);
    assertThat(node.larder.warming().isReady()).isTrue();
  }

  @Test
  void privateKeys_areNotShown() {
    Lab.Node other = lab.node(Lab.policy().hashedKeys().build());
    failing.add(4711L);
    other
        .larder
        .warming()
        .declare(WarmPlan.of("albums", other.cache)
            .keys(List.of(4711L))
            .loader(id -> {
              throw new IllegalStateException("no");
            })
            .build());

    WarmUp end = run(other.larder.warming().start("albums"));

    assertThat(end.failures()).containsExactly("a hashed key: IllegalStateException: no");
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
