package dev.larder.engine;

import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * A key of one node over L1 and L2 is linearizable: what its readers and writers see on real threads is
 * what a plain map would have told them one after the other. Lincheck draws the scenarios, from the same
 * seed each time; {@link LinearNode} has the operations and says which may overlap.
 *
 * <p>Where the threads switch is left to the machine: Lincheck's model checking, which would choose it,
 * cannot run an engine as large as this. {@link InterleavingTest} chooses it, between calls to stores.
 *
 * <p>More of both: {@code -Dlarder.lincheck.scenarios=200 -Dlarder.lincheck.runs=5000}.
 */
class LinearizabilityLincheckTest {

  private static final int SCENARIOS = Integer.getInteger("larder.lincheck.scenarios", 25);

  /** Of each scenario. */
  private static final int RUNS = Integer.getInteger("larder.lincheck.runs", 200);

  @Test
  void manyWritersThatInvalidate_readAsAMap() {
    check(LinearNode.Invalidating.class);
  }

  @Test
  void oneWriterThatWritesThroughRefreshesAndInvalidates_readsAsAMap() {
    check(LinearNode.OneWriter.class);
  }

  private static void check(Class<? extends LinearNode> node) {
    new StressOptions()
        .iterations(SCENARIOS)
        .invocationsPerIteration(RUNS)
        .threads(3)
        .actorsBefore(1)
        .actorsPerThread(3)
        .actorsAfter(2)
        .sequentialSpecification(LinearNode.Plain.class)
        .check(node);
  }
}
