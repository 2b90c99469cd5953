package dev.larder.showcase.algoitny.domain;

import java.util.List;

/** Where problems come from. */
public final class Platforms {
  /** All of them, in the order of the tabs. */
  public static final List<String> ALL =
      List.of("baekjoon", "codeforces", "leetcode", "programmers");

  private Platforms() {}
}
