package dev.larder.internal.manage;

import java.util.List;

/**
 * A question to all nodes, pinned to the board; each answers under a topic of the question's own.
 *
 * @param id of this question
 * @param to the node that is asked; empty for all
 * @param kind {@code explain}, {@code refresh}, {@code touch}, {@code verify}, {@code warm}, {@code
 *     warm-limited}, {@code distributions}, {@code hot}, {@code routes}, {@code sessions}, {@code advise} or {@code simulate}
 * @param subject slot key, or name of a warm-up or cache
 * @param argument time to live in milliseconds, what to do and how much of it, how many at most, or other settings
 * @param changes for {@code verify}: encoded changes with their positions
 */
public record Ask(
    String id,
    String to,
    String kind,
    String subject,
    String argument,
    List<CheckedChange> changes) {

  /**
   * A change that copies are checked against.
   *
   * @param change {@link dev.larder.log.Change#encode}
   * @param position where it stands; empty if it has none
   * @param ageMillis since it was applied where the question comes from
   */
  public record CheckedChange(String change, String position, long ageMillis) {}
}
