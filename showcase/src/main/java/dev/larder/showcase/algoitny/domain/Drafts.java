package dev.larder.showcase.algoitny.domain;

import java.util.List;

/**
 * The drafts, the latest edited first.
 *
 * @param total how many there are
 * @param problems the latest of them, at most {@value #MOST}
 */
public record Drafts(long total, List<DraftLine> problems) {
  /** How many are listed. */
  public static final int MOST = 1_000;
}
