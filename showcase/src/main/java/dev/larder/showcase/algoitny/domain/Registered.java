package dev.larder.showcase.algoitny.domain;

import java.util.List;

/**
 * The registered problems, newest first.
 *
 * @param total how many there are
 * @param problems the newest of them, at most {@value #MOST}
 */
public record Registered(long total, List<ProblemLine> problems) {
  /** How many are listed: one entry must stay of a size that a reader waits for. */
  public static final int MOST = 1_000;
}
