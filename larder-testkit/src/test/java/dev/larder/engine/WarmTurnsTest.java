package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Lookup;
import dev.larder.manage.WarmUp.State;
import dev.larder.testkit.Call;
import dev.larder.testkit.FaultyStore;
import dev.larder.warm.WarmPlan;
import dev.larder.warm.WarmPlanBuilder;
import dev.larder.warm.WarmRun;
import dev.larder.warm.WarmRun.Turn;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** One plan on two nodes: one at a time, whatever becomes of it. */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "L1")
class WarmTurnsTest {

  private static final int KEYS = 1_000;
  private static final Duration LEASE = Duration.ofSeconds(15);

  private final Lab lab;
  private final Lab.Node first;
  private final Lab.Node second;
  private final Map<Long, Integer> loads = new TreeMap<>();

  WarmTurnsTest(Layout layout) {
    lab = new Lab(layout);
    first = lab.node();
    second = lab.node();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private void declare(UnaryOperator<WarmPlanBuilder<Long, String>> options) {
    for (Lab.Node node : new Lab.Node[] {first, second}) {
      declare(node, options);
    }
  }

  private void declare(Lab.Node node, UnaryOperator<WarmPlanBuilder<Long, String>> options) {
    node.larder
        .warming()
        .declare(options
            .apply(WarmPlan.of("albums", node.cache)
                .keys(LongStream.range(0, KEYS).boxed().toList())
                .perSecond(100)
                .loader(id -> {
                  loads.merge(id, 1, Integer::sum);
                  return "v" + id;
                }))
            .build());
  }

  private WarmRun start(Lab.Node node) {
    return node.larder.warming().start("albums");
  }

  private static State state(Lab.Node node) {
    return node.larder.warming().status("albums").state();
  }

  @Test
  void otherNode_mayNotBeginUntilItHasEnded() {
    declare(plan -> plan);
    var run = start(first);
    lab.scheduler.advance(Duration.ofSeconds(3));

    WarmRun refused = start(second);
    assertThat(Lab.done(refused.turn())).isEqualTo(Turn.ELSEWHERE);
    assertThat(Lab.isDone(refused.ended())).isTrue();
    assertThat(state(second)).isEqualTo(State.IDLE);
    lab.scheduler.advance(Duration.ofSeconds(10));

    assertThat(Lab.done(run.ended()).done()).isEqualTo(KEYS);
    assertThat(loads.values()).hasSize(KEYS).containsOnly(1);
    second.catchUp();
    WarmRun later = start(second);
    lab.scheduler.advance(Duration.ofSeconds(1));
    assertThat(Lab.done(later.ended()).found()).isEqualTo(KEYS);
    assertThat(second.cache.get(3L)).isInstanceOf(Lookup.Hit.class);
  }

  /** A pause is no end: the turn stays this node's, for as long as it takes. */
  @Test
  void pausedRun_keepsItsTurn() {
    declare(plan -> plan.every(Duration.ofMinutes(1)));
    start(first);
    lab.scheduler.advance(Duration.ofSeconds(3));
    first.larder.warming().pause("albums");
    int before = loads.size();

    lab.scheduler.advance(Duration.ofMinutes(5));

    assertThat(Lab.done(start(second).turn())).isEqualTo(Turn.ELSEWHERE);
    assertThat(loads).hasSize(before);
  }

  /** The holder is gone without a word: its lease runs out, and the other loads what is missing. */
  @Test
  void deadHoldersTurn_runsOut() {
    declare(plan -> plan);
    start(first);
    lab.scheduler.advance(Duration.ofSeconds(5));
    die(first);
    lab.scheduler.advance(Duration.ofSeconds(1));
    int before = loads.size();

    assertThat(Lab.done(start(second).turn())).isEqualTo(Turn.ELSEWHERE);
    lab.scheduler.advance(LEASE);
    second.catchUp();
    WarmRun run = start(second);
    assertThat(Lab.done(run.turn())).isEqualTo(Turn.HERE);
    lab.scheduler.advance(Duration.ofSeconds(10));

    assertThat(Lab.done(run.ended()).found()).isEqualTo(before);
    assertThat(loads).hasSize(KEYS);
    assertThat(loads.values()).containsOnly(1);
  }

  /** What a killed process leaves: nothing of it is heard any more, by the stores either. */
  private void die(Lab.Node node) {
    FaultyStore store = lab.layout.hasL2() ? node.l2 : node.database;
    store.on(Call.TIER_PLANT).drop();
    store.on(Call.TIER_RELEASE).drop();
    node.larder.warming().pause("albums");
  }

  /** A scheduled run that finds another node at it looks again, and takes over when that has died. */
  @Test
  void scheduledRun_takesOverFromADeadHolder() {
    declare(first, plan -> plan);
    declare(second, plan -> plan.every(Duration.ofMinutes(10)));
    lab.scheduler.advance(Duration.ofMinutes(10).minusSeconds(5));
    start(first);
    lab.scheduler.advance(Duration.ofSeconds(4));
    die(first);
    second.catchUp();

    lab.scheduler.advance(LEASE.plusSeconds(15));

    assertThat(state(second)).isEqualTo(State.DONE);
    assertThat(loads).hasSize(KEYS);
  }

  /** Each node has a timer; of all nodes one runs, once in an interval. */
  @Test
  void schedule_runsOnceForAllNodes() {
    UnaryOperator<WarmPlanBuilder<Long, String>> often =
        plan -> plan.perSecond(1_000).onlyMissing(false).every(Duration.ofMinutes(5));
    declare(first, often);
    lab.scheduler.advance(Duration.ofMinutes(2));
    declare(second, often);

    lab.scheduler.advance(Duration.ofMinutes(4));
    assertThat(loads.values()).containsOnly(1);
    lab.scheduler.advance(Duration.ofMinutes(2));
    assertThat(loads.values()).containsOnly(1);
    lab.scheduler.advance(Duration.ofMinutes(3));
    assertThat(loads.values()).containsOnly(2);
  }

  /** A run that an operator cancelled is not taken up by the next node. */
  @Test
  void cancelledScheduledRun_isOverForAllNodes() {
    declare(first, plan -> plan.every(Duration.ofMinutes(5)));
    lab.scheduler.advance(Duration.ofMinutes(1));
    declare(second, plan -> plan.every(Duration.ofMinutes(5)));
    lab.scheduler.advance(Duration.ofMinutes(4).plusSeconds(2));
    first.larder.warming().cancel("albums");
    int before = loads.size();

    lab.scheduler.advance(Duration.ofMinutes(1).plusSeconds(30));

    assertThat(before).isPositive();
    assertThat(loads).hasSizeBetween(before, before + 4);
    assertThat(state(second)).isEqualTo(State.IDLE);
  }

  /** A node that closes gives its turn up at once. */
  @Test
  void closedNode_letsTheOtherGoOn() {
    declare(plan -> plan);
    start(first);
    lab.scheduler.advance(Duration.ofSeconds(3));
    first.larder.close();

    WarmRun run = start(second);

    assertThat(Lab.done(run.turn())).isEqualTo(Turn.HERE);
  }

  /** A process that stood still for longer than its lease finds another at it, and stops. */
  @Test
  void nodeThatStoodStill_stopsWhenAnotherHasItsTurn() {
    declare(plan -> plan);
    var stood = start(first);
    lab.scheduler.runDue();
    lab.time.advance(LEASE.plusMillis(1));
    second.catchUp();
    WarmRun run = start(second);
    assertThat(Lab.done(run.turn())).isEqualTo(Turn.HERE);

    lab.scheduler.advance(Duration.ofSeconds(14));

    assertThat(Lab.done(stood.ended()).state()).isEqualTo(State.FAILED);
    assertThat(Lab.done(stood.ended()).failures().get(0)).contains("another node runs it now");
    assertThat(Lab.done(run.ended()).done()).isEqualTo(KEYS);
    assertThat(loads.values()).containsOnly(1);
  }

  /** Without the tier nobody knows whose turn it is; a stampede of all nodes would hit the source. */
  @Test
  void unreachableTier_beginsNothing() {
    declare(plan -> plan);
    FaultyStore store = lab.layout.hasL2() ? first.l2 : first.database;
    store.on(Call.TIER_PLANT).fail();

    assertThat(Lab.done(start(first).turn())).isEqualTo(Turn.UNREACHABLE);

    assertThat(loads).isEmpty();
    store.heal();
  }

  /** A tier that is lost in a run holds it up; with the tier it goes on, on one node. */
  @Test
  void runWhoseTierIsLost_waitsForIt() {
    declare(plan -> plan.perSecond(20));
    var run = start(first);
    lab.scheduler.advance(Duration.ofSeconds(3));
    FaultyStore store = lab.layout.hasL2() ? first.l2 : first.database;
    store.on(Call.TIER_PLANT).fail();
    lab.scheduler.advance(LEASE.plusSeconds(1));
    int before = loads.size();
    lab.scheduler.advance(Duration.ofMinutes(1));
    assertThat(loads.size()).isLessThan(KEYS).isEqualTo(before);

    store.heal();
    lab.scheduler.advance(Duration.ofMinutes(1));

    assertThat(Lab.done(run.ended()).state()).isEqualTo(State.DONE);
    assertThat(loads.size()).isEqualTo(KEYS);
  }

  /** A tier that was emptied knows no turns: the holder takes its own anew. */
  @Test
  void forgottenTurn_isTakenAnew() {
    declare(plan -> plan);
    var run = start(first);
    lab.scheduler.advance(Duration.ofSeconds(3));
    FaultyStore store = lab.layout.hasL2() ? first.l2 : first.database;
    var slots = Lab.done(store.tier().keys("lab:larder.warm:", "", "", 100)).keys();
    assertThat(slots).hasSize(1);
    Lab.done(store.tier().delete(slots));

    lab.scheduler.advance(Duration.ofSeconds(5));

    assertThat(Lab.done(start(second).turn())).isEqualTo(Turn.ELSEWHERE);
    lab.scheduler.advance(Duration.ofSeconds(10));
    assertThat(Lab.done(run.ended()).done()).isEqualTo(KEYS);
  }

  /** All nodes that start warm themselves: the first from the source, the others from the tier. */
  @Test
  void startingNodes_areReadyOneAfterTheOther() {
    declare(plan ->
        plan.onlyMissing(false).perSecond(200).onStart().beforeReady(1, Duration.ofMinutes(10)));
    lab.scheduler.advance(Duration.ofSeconds(3));
    assertThat(first.larder.warming().isReady()).isFalse();
    assertThat(second.larder.warming().isReady()).isFalse();

    lab.scheduler.advance(Duration.ofSeconds(5));
    assertThat(first.larder.warming().isReady()).isTrue();
    second.catchUp();
    lab.scheduler.advance(Duration.ofSeconds(3));

    assertThat(second.larder.warming().isReady()).isTrue();
    assertThat(loads.values()).hasSize(KEYS).containsOnly(1);
  }
}
