package dev.larder.showcase.algoitny.data;

import java.util.SplittableRandom;

/** Invents titles, statements and test cases. Not safe for use by many threads. */
final class Words {
  private static final String[] KINDS = {
    "Shortest", "Longest", "Balanced", "Hidden", "Circular", "Weighted", "Sorted", "Broken",
    "Mirrored", "Greedy", "Sparse", "Nested", "Minimal", "Maximal", "Colourful", "Rotating"
  };
  private static final String[] THINGS = {
    "Path",
    "Tree",
    "Knapsack",
    "Subsequence",
    "Matrix",
    "Bridge",
    "Palindrome",
    "Queue",
    "Graph",
    "Interval",
    "Permutation",
    "Stack",
    "Staircase",
    "Maze",
    "Lantern",
    "Ladder",
    "Partition",
    "Sort",
    "Islands",
    "Necklace",
    "Tournament",
    "Calendar",
    "Elevator",
    "Orchard"
  };
  private static final String[] ENDS = {
    "",
    "",
    "",
    "",
    " II",
    " III",
    " with Obstacles",
    " in a Grid",
    " by Night",
    " of Strings",
    " with Updates",
    " under Constraints",
    " and Queries"
  };
  private static final String[] SENTENCES = {
    "You are given a sequence of integers and asked for its best rearrangement.",
    "Each of the towns is joined to some others by roads that take a known time.",
    "A move takes two neighbouring elements and replaces them by their difference.",
    "Count the ways to do so; as they are many, answer the count modulo 1,000,000,007.",
    "The machine reads its input once, from left to right, and remembers one number.",
    "Every query asks for the greatest value in a range that changes between queries.",
    "Two players take turns and both play as well as can be played.",
    "The grid has walls that open and close in a rhythm told in the input.",
    "No element may be used more often than it occurs.",
    "If there are several answers, print the one that comes first in order."
  };
  private static final String LANGUAGES = "python python python java java cpp cpp cpp kotlin rust";
  private static final String[] LANGUAGE = LANGUAGES.split(" ", -1);

  private final SplittableRandom random;

  Words(SplittableRandom random) {
    this.random = random;
  }

  String title() {
    return pick(KINDS) + " " + pick(THINGS) + pick(ENDS);
  }

  String statement() {
    StringBuilder text = new StringBuilder();
    int sentences = random.nextInt(4, 10);
    for (int i = 0; i < sentences; i++) {
      text.append(i == 0 ? "" : " ").append(pick(SENTENCES));
    }
    return text.append("\n\nInput: the count n on the first line, then n integers.")
        .append("\nOutput: one integer.")
        .toString();
  }

  /** A count and so many numbers; one in two hundred is as long as the limits allow. */
  String input() {
    int count = random.nextInt(200) == 0 ? random.nextInt(2_000, 4_000) : random.nextInt(4, 32);
    StringBuilder text = new StringBuilder().append(count).append('\n');
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : " ").append(random.nextInt(1_000));
    }
    return text.toString();
  }

  String output() {
    return Integer.toString(random.nextInt(1_000_000_007));
  }

  String language() {
    return pick(LANGUAGE);
  }

  private String pick(String[] from) {
    return from[random.nextInt(from.length)];
  }
}
