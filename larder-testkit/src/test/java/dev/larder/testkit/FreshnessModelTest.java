package dev.larder.testkit;

import dev.larder.testkit.FreshnessModel.Layout;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Any sequence of reads, writes, faults and passing time on three nodes returns nothing older than
 * what was acknowledged: at once on the node that invalidated, within the bound on the others.
 *
 * <p>One thread and fake time: a sequence that fails mostly does so again, and shrinks.
 */
class FreshnessModelTest {

  private static final int TRIES = 300;
  private static final int STEPS = 200;

  /** What a step does. */
  enum Action {
    READ,
    SLOW_READ,
    FINISH_LOAD,
    LOOKUP,
    WRITE,
    WRITE_THROUGH,
    WRITE_TAG,
    WRITE_PREFIX,
    WRITE_CLEAR,
    PASS_SHORT,
    PASS_LONG,
    CUT,
    HALF_CUT,
    DEAFEN,
    HEAL,
    EVICT,
    RESTART
  }

  /**
   * One step.
   *
   * @param node who does it, where that matters
   * @param id of the item, where that matters
   * @param more how many of the next steps happen in the middle of it, where it has a middle
   */
  record Step(Action action, int node, int id, int more) {
    @Override
    public String toString() {
      return action + "(node " + node + ", item " + id + (more > 0 ? ", +" + more : "") + ")";
    }
  }

  @Property(tries = TRIES)
  void l2(@ForAll("steps") List<Step> steps) {
    run(Layout.L2, steps);
  }

  @Property(tries = TRIES)
  void database(@ForAll("steps") List<Step> steps) {
    run(Layout.DATABASE, steps);
  }

  @Property(tries = TRIES)
  void l2AndDatabase(@ForAll("steps") List<Step> steps) {
    run(Layout.L2_AND_DATABASE, steps);
  }

  /** Which of two values is newer is no matter of clocks, so that wrong ones change nothing. */
  @Property(tries = TRIES)
  void nodesWhoseClocksDiffer(@ForAll Layout layout, @ForAll("steps") List<Step> steps) {
    run(layout, Duration.ofMinutes(5), steps);
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Action> actions = Arbitraries.frequency(
        Tuple.of(22, Action.READ),
        Tuple.of(12, Action.SLOW_READ),
        Tuple.of(12, Action.FINISH_LOAD),
        Tuple.of(6, Action.LOOKUP),
        Tuple.of(8, Action.WRITE),
        Tuple.of(5, Action.WRITE_THROUGH),
        Tuple.of(4, Action.WRITE_TAG),
        Tuple.of(2, Action.WRITE_PREFIX),
        Tuple.of(1, Action.WRITE_CLEAR),
        Tuple.of(8, Action.PASS_SHORT),
        Tuple.of(6, Action.PASS_LONG),
        Tuple.of(3, Action.CUT),
        Tuple.of(2, Action.HALF_CUT),
        Tuple.of(2, Action.DEAFEN),
        Tuple.of(4, Action.HEAL),
        Tuple.of(3, Action.EVICT),
        Tuple.of(1, Action.RESTART));
    return Combinators.combine(
            actions,
            Arbitraries.integers().between(0, FreshnessModel.NODES - 1),
            Arbitraries.integers().between(0, FreshnessModel.GROUPS * FreshnessModel.PER_GROUP - 1),
            Arbitraries.integers().between(0, 5))
        .as(Step::new)
        .list()
        .ofMaxSize(STEPS);
  }

  private static void run(Layout layout, List<Step> steps) {
    run(layout, Duration.ZERO, steps);
  }

  private static void run(Layout layout, Duration skew, List<Step> steps) {
    try (FreshnessModel model = new FreshnessModel(layout, skew)) {
      Deque<Step> left = new ArrayDeque<>(steps);
      while (!left.isEmpty()) {
        step(model, left.poll(), left, true);
      }
      model.end();
    }
  }

  private static void step(FreshnessModel model, Step step, Deque<Step> left, boolean outer) {
    switch (step.action()) {
      case READ -> model.read(step.node(), step.id());
      case SLOW_READ -> model.beginSlowRead(step.node(), step.id());
      case FINISH_LOAD -> model.finishLoad();
      case LOOKUP -> model.lookup(step.node(), step.id());
      case WRITE -> model.write(step.node(), step.id());
      case WRITE_THROUGH ->
        model.writeThrough(step.node(), step.id(), () -> {
          for (int i = 0; outer && i < step.more() && !left.isEmpty(); i++) {
            step(model, left.poll(), left, false);
          }
        });
      case WRITE_TAG -> model.writeTag(step.node(), step.id());
      case WRITE_PREFIX -> model.writePrefix(step.node(), step.id());
      case WRITE_CLEAR -> model.writeAndClear(step.node(), step.id());
      case PASS_SHORT -> model.pass(Duration.ofMillis(10L * step.more()));
      case PASS_LONG -> model.pass(Duration.ofMillis(400L * (1 + step.more())));
      case CUT -> model.cut(step.node());
      case HALF_CUT -> model.halfCut(step.node());
      case DEAFEN -> model.deafen(step.node());
      case HEAL -> model.heal(step.node());
      case EVICT -> model.evict(step.id());
      case RESTART -> model.restartL2();
      default -> throw new AssertionError(step);
    }
  }
}
