package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.CachePolicy;
import dev.larder.CachePolicyBuilder;
import dev.larder.Loading;
import dev.larder.Lookup;
import dev.larder.manage.ManagementException;
import dev.larder.manage.ManagementException.Reason;
import dev.larder.manage.Trial;
import dev.larder.manage.Trial.State;
import dev.larder.manage.Trial.Verdict;
import dev.larder.manage.TrialPlan;
import dev.larder.manage.Trials;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A trial of ttls on one node, whose time is the test's. */
class TrialTest {

  private static final Duration TTL = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMinutes(1);
  private static final int KEYS = 400;

  private Lab lab = new Lab(Layout.L1);
  private Lab.Node node;

  @AfterEach
  void close() {
    lab.close();
  }

  private static CachePolicyBuilder<Long, String> policy() {
    return Lab.policy().ttl(TTL);
  }

  private void open(Layout layout, CachePolicy<Long, String> policy) {
    lab = new Lab(layout);
    node = lab.node(policy);
  }

  private Trials trials() {
    return node.larder.management().trials();
  }

  private static TrialPlan plan(int share, Duration... ttls) {
    return new TrialPlan(
        "album", List.of(ttls).stream().map(Duration::toMillis).toList(), share, 0);
  }

  private Trial only() {
    List<Trial> all = trials().all();
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private String read(long key) {
    return node.cache.get(key, id -> "v of " + id);
  }

  private void readAll() {
    LongStream.range(0, KEYS).forEach(this::read);
  }

  private void pass(Duration time) {
    lab.scheduler.runDue();
    lab.time.advance(time);
    node.catchUp();
  }

  private List<Long> cached() {
    return LongStream.range(0, KEYS)
        .filter(key -> node.cache.peek(key) instanceof Lookup.Hit)
        .boxed()
        .toList();
  }

  // ---- what keys get

  @ParameterizedTest
  @EnumSource
  void keysOfAVariant_haveItsTtl_theOthersThePolicys(Layout layout) {
    open(layout, policy().build());
    trials().start(plan(50, SHORT), "op");
    readAll();
    pass(SHORT.plusMillis(1));
    List<Long> control = cached();
    assertThat(control.size()).isBetween(KEYS * 35 / 100, KEYS * 65 / 100);
    readAll();
    pass(SHORT.plusMillis(1));
    assertThat(cached()).as("the same keys once more").isEqualTo(control);
    pass(TTL);
    assertThat(cached()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void allWaysOfStoring_giveTheVariantsTtl(Layout layout) {
    open(layout, policy().build());
    trials().start(plan(50, SHORT), "op");
    readAll();
    pass(SHORT.plusMillis(1));
    List<Long> control = cached();
    node.cache.clear();
    long third = KEYS / 3;
    LongStream.range(0, third).forEach(key -> node.cache.put(key, "w"));
    List<Long> rest = LongStream.range(third, 2 * third).boxed().toList();
    node.cache.getAll(rest, ids -> ids.stream().collect(Collectors.toMap(id -> id, id -> "b")));
    LongStream.range(2 * third, KEYS)
        .forEach(key ->
            Lab.done(node.cache.async().get(key, id -> CompletableFuture.completedFuture("a"))));
    pass(SHORT.plusMillis(1));
    assertThat(control).containsAll(cached());
    if (layout != Layout.L1_DATABASE) {
      assertThat(cached()).isEqualTo(control);
    }
  }

  @Test
  void invalidations_endEntriesOfAllArms() {
    open(Layout.L1_L2, policy().build());
    trials().start(plan(40, SHORT, Duration.ofHours(1)), "op");
    readAll();
    node.larder.invalidateTags("of:v");
    assertThat(cached()).isEmpty();
    readAll();
    LongStream.range(0, KEYS).forEach(key -> node.cache.invalidate(key));
    assertThat(cached()).isEmpty();
  }

  @Test
  void ttlThatALoadAsksFor_winsInEveryArm() {
    open(Layout.L1, policy().build());
    trials().start(plan(45, SHORT, Duration.ofHours(1)), "op");
    LongStream.range(0, KEYS)
        .forEach(key -> node.cache.get(key, id -> {
          Loading.current().ttl(Duration.ofSeconds(10));
          return "v";
        }));
    pass(Duration.ofSeconds(10));
    assertThat(cached()).isEmpty();
  }

  @Test
  void absences_keepTheirOwnTtl() {
    open(Layout.L1, policy().negativeTtl(Duration.ofMinutes(2)).build());
    trials().start(plan(50, SHORT), "op");
    LongStream.range(0, KEYS).forEach(key -> node.cache.get(key, id -> Lab.nothing()));
    pass(Duration.ofSeconds(90));
    assertThat(LongStream.range(0, KEYS))
        .allSatisfy(key -> assertThat(node.cache.peek(key)).isInstanceOf(Lookup.Absence.class));
  }

  @Test
  void entriesOfAnotherNode_bringTheirTtl() {
    open(Layout.L1_L2, policy().build());
    trials().start(plan(50, SHORT), "op");
    readAll();
    Lab.Node two = lab.node(policy().build());
    LongStream.range(0, KEYS)
        .forEach(key -> assertThat(two.cache.peek(key).isAnswered()).isTrue());
    pass(SHORT.plusMillis(1));
    two.catchUp();
    List<Long> control = cached();
    assertThat(LongStream.range(0, KEYS).filter(key -> two.cache.peek(key).isAnswered()))
        .containsExactlyElementsOf(control);
  }

  @Test
  void ended_allKeysHaveThePolicysTtl_andEntriesKeepTheirs() {
    open(Layout.L1, policy().build());
    trials().start(plan(50, SHORT), "op");
    trials().end("album", "op");
    readAll();
    pass(SHORT.multipliedBy(2));
    assertThat(cached()).hasSize(KEYS);
    assertThatThrownBy(() -> trials().end("album", "op"))
        .isInstanceOfSatisfying(
            ManagementException.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.NOT_FOUND));
  }

  @Test
  void timeOver_itEndsByItself() {
    open(Layout.L1, policy().build());
    trials().start(plan(50, SHORT), "op");
    assertThat(only().untilMillis() - only().startedMillis())
        .isEqualTo(Duration.ofHours(1).toMillis());
    pass(Duration.ofHours(1));
    readAll();
    pass(SHORT.multipliedBy(2));
    assertThat(cached()).hasSize(KEYS);
    assertThat(only().state()).isEqualTo(State.ENDED);
    assertThat(trials().preview(plan(10, SHORT)).state()).isEqualTo(State.PROPOSED);
  }

  // ---- what is counted

  @ParameterizedTest
  @EnumSource(names = {"L1", "L1_L2"})
  void readsAndLoads_areCountedByArm_fromTheEndOfTheWarmUpOn(Layout layout) {
    open(layout, policy().build());
    trials().start(plan(50, SHORT), "op");
    assertThat(only().state()).isEqualTo(State.WARMING_UP);
    pass(TTL.minusMillis(1));
    readAll();
    assertThat(only().arms()).allSatisfy(arm -> assertThat(arm.reads()).isZero());
    pass(Duration.ofMillis(1));
    node.cache.clear();
    readAll();
    pass(Duration.ofSeconds(30));
    readAll();
    assertThat(only().state()).isEqualTo(State.COUNTING);
    assertThat(only().arms())
        .extracting(Trial.Arm::reads)
        .satisfies(reads -> assertThat(reads.get(0) + reads.get(1)).isEqualTo(2 * KEYS));
    assertThat(only().arms()).allSatisfy(arm -> {
      assertThat(arm.reads()).isBetween(KEYS * 7 / 10L, KEYS * 13 / 10L);
      assertThat(arm.hits()).isEqualTo(arm.reads() / 2);
      assertThat(arm.loads()).isEqualTo(arm.reads() / 2);
      assertThat(arm.meanAgeMillis()).isEqualTo(30_000);
      assertThat(arm.p95AgeMillis()).isBetween(30_000L, 37_500L);
      assertThat(arm.l1Entries()).isEqualTo(arm.reads() / 2);
    });
    trials().end("album", "op");
    readAll();
    assertThat(only().arms().get(0).reads() + only().arms().get(1).reads())
        .as("nothing is counted any more")
        .isEqualTo(2 * KEYS);
  }

  @Test
  void failuresAndKeysThatAreSwitchedOff_areCountedApart() {
    open(Layout.L1, policy().build());
    trials().start(plan(50, SHORT), "op");
    pass(TTL);
    LongStream.range(0, KEYS)
        .forEach(key -> assertThatThrownBy(() -> node.cache.get(key, id -> {
              throw new IllegalStateException("away");
            }))
            .isInstanceOf(IllegalStateException.class));
    node.larder.switches().all().off();
    readAll();
    assertThat(only().arms()).allSatisfy(arm -> {
      assertThat(arm.loads()).isZero();
      assertThat(arm.loadFailures()).isEqualTo(arm.reads()).isPositive();
    });
  }

  /** A hit through a tier is as old as its load, not as its stay in this node's L1. */
  @Test
  void ages_countFromTheLoad_alsoOnAnotherNode() {
    open(Layout.L1_L2, policy().build());
    trials().start(plan(50, SHORT), "op");
    pass(TTL);
    Lab.Node two = lab.node(policy().build());
    LongStream.range(0, KEYS).forEach(key -> two.cache.get(key, id -> "v of " + id));
    pass(Duration.ofSeconds(20));
    readAll();
    pass(Duration.ofSeconds(20));
    readAll();
    assertThat(only().arms()).allSatisfy(arm -> assertThat(arm.meanAgeMillis()).isEqualTo(30_000));
  }

  @Test
  void shorterTtl_isSeenToHaveFewerHits() {
    open(Layout.L1, policy().build());
    trials().start(plan(50, SHORT), "op");
    Random random = new Random(5);
    for (int second = 0; second < 1_800; second++) {
      for (int read = 0; read < 5; read++) {
        read(random.nextInt(KEYS));
      }
      pass(Duration.ofSeconds(1));
    }
    Trial.Arm arm = only().arms().get(1);
    assertThat(arm.verdict()).as(arm.sentence()).isEqualTo(Verdict.FEWER_HITS);
    assertThat(arm.sentence()).startsWith("album: ttl 5 min → 1 min: fewer hits, hit rate ");
    assertThat(arm.meanAgeMillis()).isLessThan(only().arms().get(0).meanAgeMillis());
  }

  /** What the first trial has kept for an hour is still read in the second one. */
  @Test
  void nextTrial_countsWhenEntriesOfTheLastAreOver() {
    open(Layout.L1, policy().build());
    trials().start(plan(10, Duration.ofHours(1)), "op");
    pass(Duration.ofMinutes(1));
    trials().end("album", "op");
    Trial next = trials().preview(plan(10, SHORT));
    assertThat(next.countsFromMillis() - next.startedMillis())
        .isEqualTo(Duration.ofHours(1).toMillis());
  }

  // ---- what is refused

  @ParameterizedTest
  @CsvSource({
    "0,,0 are not 1 to 4",
    "10,PT5M,5 min is the policy's",
    "10,PT0S,0 ms is not 1 ms to 366 days",
    "10,PT8785H,is not 1 ms to 366 days",
    "10,PT59S,59 s is shorter than the cache's idle time of 1 min",
    "10,PT1M PT1M,one is named twice",
    "0,PT1M,0 % for each of 1 is not 1 to 90 %",
    "91,PT1M,91 % for each of 1 is not 1 to 90 %",
    "31,PT1M PT2M PT3M,31 % for each of 3 is not 1 to 30 %; at least 10 % keep the policy's ttl",
    "10,PT400H,4 × the warm-up is over 30 days",
  })
  void planOutOfRange_isRefused(int share, String ttls, String why) {
    open(Layout.L1, policy().idleTime(SHORT).build());
    List<Long> millis = ttls == null
        ? List.of()
        : List.of(ttls.split(" ", -1)).stream()
            .map(ttl -> Duration.parse(ttl).toMillis())
            .toList();
    TrialPlan plan = new TrialPlan("album", millis, share, 0);
    String said = why.startsWith("4 ×") ? "for: 1600 h is not 800 h to 30 d" : why;
    for (Runnable asked :
        List.<Runnable>of(() -> trials().preview(plan), () -> trials().start(plan, "op"))) {
      assertThatThrownBy(asked::run)
          .isInstanceOfSatisfying(
              ManagementException.class,
              refused -> assertThat(refused.reason()).isEqualTo(Reason.WRONG_QUESTION))
          .hasMessageContaining(said);
    }
    assertThat(trials().all()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"PT9M59S", "PT721H"})
  void lengthOutOfRange_isRefused(Duration length) {
    open(Layout.L1, policy().build());
    TrialPlan plan = new TrialPlan("album", List.of(60_000L), 10, length.toMillis());
    assertThatThrownBy(() -> trials().start(plan, "op"))
        .hasMessageContaining("is not 10 min to 30 d; the first 5 min are not counted");
  }

  @Test
  void cachesThatNoTrialMayTouch_areRefused_withTheReason() {
    lab = new Lab(Layout.L1);
    Map<String, CachePolicy<Long, String>> policies = Map.of(
        "it is protected", policy().protect().build(),
        "its values have ttls of their own",
            policy().ttlFrom((id, value) -> TTL).build());
    policies.forEach((why, policy) -> {
      node = lab.node(policy);
      assertThatThrownBy(() -> trials().start(plan(10, SHORT), "op"))
          .isInstanceOfSatisfying(
              ManagementException.class,
              refused -> assertThat(refused.reason()).isEqualTo(Reason.REFUSED))
          .hasMessageContaining(why);
    });
    assertThatThrownBy(() -> trials().start(new TrialPlan("albun", List.of(1L), 10, 0), "op"))
        .hasMessageContaining("no cache 'albun'; there are album");
  }

  @Test
  void secondTrialOfACache_isRefusedWhileTheFirstRuns() {
    open(Layout.L1, policy().build());
    trials().start(plan(10, SHORT), "ann");
    assertThatThrownBy(() -> trials().start(plan(10, Duration.ofMinutes(2)), "op"))
        .hasMessageContaining("there is a trial by ann");
    assertThat(only().arms().get(1).ttlMillis()).isEqualTo(SHORT.toMillis());
  }

  @Test
  void longerTtl_isAllowed_andItsPriceIsSaid() {
    open(Layout.L1, policy().build());
    assertThat(trials().preview(plan(10, SHORT)).notes()).isEmpty();
    assertThat(trials().preview(plan(10, Duration.ofHours(1))).notes())
        .containsExactly(
            "A value that changes without being invalidated may be served for up to 1 h"
                + " on some keys, where the policy allows 5 min.");
    assertThat(trials().all()).isEmpty();
  }
}
