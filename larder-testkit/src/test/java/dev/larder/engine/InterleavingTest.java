package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Readers and writers of one key in many orders of their steps, over the real classes: no answer is
 * older than what was acknowledged when it was asked for, and once all nodes have caught up none
 * serves anything but the source's value.
 *
 * <p>Each scenario says in which layouts <em>every</em> order of its steps is run, and fails if one was
 * left out. In the others there are too many: the first {@value #FIRST} of a depth-first search are
 * run, which differ in their last steps, and {@value #DRAWN} that are drawn at random with fixed seeds.
 */
class InterleavingTest {

  /** Where every order is claimed; the largest of these scenarios has 12,012. */
  private static final int EVERY_AT_MOST = 15_000;

  private static final int FIRST = 6_000;
  private static final int DRAWN = 1_500;

  private static final Set<Layout> EVERYWHERE = EnumSet.allOf(Layout.class);
  private static final Set<Layout> BUT_OF_THREE_TIERS =
      EnumSet.complementOf(EnumSet.of(Layout.L1_L2_DATABASE));
  private static final Set<Layout> NOWHERE = EnumSet.noneOf(Layout.class);

  /** Reader and writer on one node. */
  @ParameterizedTest
  @EnumSource
  void readerAndWriterOnOneNode(Layout layout) {
    explore(layout, 1, EVERYWHERE, steps -> {
      steps.reader(0);
      steps.keyWriter(0);
    });
  }

  /** The same by tag. */
  @ParameterizedTest
  @EnumSource
  void readerAndTagWriterOnOneNode(Layout layout) {
    explore(layout, 1, EVERYWHERE, steps -> {
      steps.reader(0);
      steps.tagWriter(0);
    });
  }

  /** Two readers who may share a flight, and a writer. */
  @ParameterizedTest
  @EnumSource
  void twoReadersAndAWriterOnOneNode(Layout layout) {
    explore(layout, 1, BUT_OF_THREE_TIERS, steps -> {
      steps.reader(0);
      steps.reader(0);
      steps.keyWriter(0);
    });
  }

  /** The reader's node hears of the writer at any moment, or not at all. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "L1")
  void readerAndWriterOnTwoNodes(Layout layout) {
    explore(layout, 2, EVERYWHERE, steps -> {
      steps.reader(0);
      steps.keyWriter(1);
      steps.follower(0);
    });
  }

  /** The same by tag. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "L1")
  void readerAndTagWriterOnTwoNodes(Layout layout) {
    explore(layout, 2, EVERYWHERE, steps -> {
      steps.reader(0);
      steps.tagWriter(1);
      steps.follower(0);
    });
  }

  /** Readers on both nodes, so that one backfills what the other fills. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "L1")
  void readersOnBothNodesAndAWriter(Layout layout) {
    explore(layout, 2, NOWHERE, steps -> {
      steps.reader(0);
      steps.reader(1);
      steps.keyWriter(0);
      steps.follower(1);
    });
  }

  /** Two writers, of the key and of a tag. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "L1")
  void readerAndTwoWriters(Layout layout) {
    explore(layout, 2, NOWHERE, steps -> {
      steps.reader(0);
      steps.keyWriter(0);
      steps.tagWriter(1);
      steps.follower(0);
    });
  }

  /** A slot vanishes at any moment: evicted, expired, or lost in a fail-over. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "L1")
  void slotIsEvictedAtAnyMoment(Layout layout) {
    explore(layout, 2, NOWHERE, steps -> {
      steps.reader(0);
      steps.reader(1);
      steps.keyWriter(1);
      steps.eviction();
    });
  }

  /** The reader's node is switched off at any moment and on again at any later one. */
  @ParameterizedTest
  @EnumSource
  void readersNodeIsSwitchedOffAndOn(Layout layout) {
    explore(layout, 1, BUT_OF_THREE_TIERS, steps -> {
      steps.reader(0);
      steps.keyWriter(0);
      steps.switching(0);
    });
  }

  /** The writer's node is switched off and on, the reader's is not. */
  @ParameterizedTest
  @EnumSource(names = "L1_L2")
  void writersNodeIsSwitchedOffAndOn(Layout layout) {
    explore(layout, 2, NOWHERE, steps -> {
      steps.reader(0);
      steps.tagWriter(1);
      steps.switching(1);
      steps.follower(0);
    });
  }

  /**
   * Runs a scenario.
   *
   * @param every layouts in which every order is run, and only there
   */
  private static void explore(
      Layout layout, int nodes, Set<Layout> every, Consumer<Steps> scenario) {
    int most = every.contains(layout) ? EVERY_AT_MOST : FIRST;
    List<Integer> path = new ArrayList<>();
    int runs = 0;
    do {
      List<Integer> widths = run(layout, nodes, scenario, new Follow(path));
      next(path, widths);
      runs++;
    } while (!path.isEmpty() && runs < most);
    assertThat(runs).isGreaterThan(1);
    assertThat(path.isEmpty())
        .as("whether every order was run, in %s runs", runs)
        .isEqualTo(every.contains(layout));
    if (!path.isEmpty()) {
      for (int i = 0; i < DRAWN; i++) {
        run(layout, nodes, scenario, new Draw(i));
      }
    }
  }

  private static List<Integer> run(
      Layout layout, int nodes, Consumer<Steps> scenario, Choice choice) {
    List<Integer> widths = new ArrayList<>();
    try (Steps steps = new Steps(layout, nodes)) {
      scenario.accept(steps);
      while (steps.width() > 0) {
        int width = steps.width();
        widths.add(width);
        steps.take(choice.of(widths.size() - 1, width));
      }
      steps.settle();
    }
    return widths;
  }

  /** The path after this one in the order of a depth-first search; empty if it was the last. */
  private static void next(List<Integer> path, List<Integer> widths) {
    while (path.size() < widths.size()) {
      path.add(0);
    }
    while (!path.isEmpty()) {
      int last = path.size() - 1;
      int choice = path.get(last) + 1;
      if (choice < widths.get(last)) {
        path.set(last, choice);
        return;
      }
      path.remove(last);
    }
  }

  private interface Choice {
    int of(int depth, int width);
  }

  private record Follow(List<Integer> path) implements Choice {
    @Override
    public int of(int depth, int width) {
      return depth < path.size() ? path.get(depth) : 0;
    }
  }

  private static final class Draw implements Choice {
    private final Random random;

    Draw(long seed) {
      random = new Random(seed);
    }

    @Override
    public int of(int depth, int width) {
      return random.nextInt(width);
    }
  }
}
