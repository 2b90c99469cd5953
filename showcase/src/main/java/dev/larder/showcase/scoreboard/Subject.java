package dev.larder.showcase.scoreboard;

import java.util.List;
import java.util.SplittableRandom;

/**
 * What the scoreboard measures of a system: the same requests with Larder switched off and on. Made
 * in the measuring process, which has nothing of the system but its address.
 */
public interface Subject {

  /** Its context path without the slash. */
  String name();

  /** For people. */
  String title();

  /**
   * The kinds of requests, in the order in which they are shown. May ask the system, to log in or to
   * find out what there is.
   *
   * @param scale of the data set
   */
  List<Asked> rows(SubjectClient client, double scale);

  /**
   * Changes something, looks whether the next reads show it, and undoes it with the same care.
   *
   * @param writer 0 to {@code writers} - 1: each writer changes things of its own, so that none sees
   *     what another does
   * @return writes that took effect
   */
  int change(
      SubjectClient client, SplittableRandom random, int writer, int writers, Findings findings);

  /** What is to be reached. */
  Goals goals();

  /** Fills the caches beforehand, as the system does by itself; false if it has no such thing. */
  default boolean warm(SubjectClient client) {
    return false;
  }

  /** What else was found, asked for when all is measured; a line each. */
  default List<String> remarks(SubjectClient client) {
    return List.of();
  }

  /**
   * Goals of the whole system; 0 for none.
   *
   * @param statementsSaved least share of SQL statements saved when warm, over all rows, 0 to 1
   * @param hitRate least share of keys that a tier answers under load, 0 to 1
   * @param throughput how many times as many requests are answered with the same processor time
   */
  record Goals(double statementsSaved, double hitRate, double throughput) {
    /** None. */
    public static final Goals NONE = new Goals(0, 0, 0);
  }
}
