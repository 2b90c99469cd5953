package dev.larder.showcase.scoreboard;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What was measured.
 *
 * @param scale of the data set
 * @param tiers what Larder had to store in, for people
 * @param latencyMillis what each round trip to PostgreSQL and Redis was made to take longer
 * @param rows all rows, in the order of {@link Row}
 */
public record Scoreboard(
    String scale,
    String tiers,
    double latencyMillis,
    Map<Row, Versions> rows,
    Load load,
    ColdStart coldStart) {

  /** The least share of SQL statements to be saved. */
  public static final double STATEMENTS_GOAL = 0.90;

  /** The least hit rate. */
  public static final double HIT_RATE_GOAL = 0.75;

  /** The least share of a cold start's time to be saved. */
  public static final double COLD_START_GOAL = 0.60;

  /**
   * The same requests in four ways.
   *
   * @param naive one statement per line and thing, no cache
   * @param optimised few statements, no cache
   * @param cold behind Larder, each for the first time
   * @param warm behind Larder, each once more
   */
  public record Versions(Measured naive, Measured optimised, Measured cold, Measured warm) {
    /** The share of the naive version's time that a warm Larder saves, at the median. */
    public double saved() {
      return 1 - warm.p50Millis() / naive.p50Millis();
    }
  }

  /**
   * Many users at once, a few of them famous.
   *
   * @param reads reads that were counted
   * @param writes writes among them
   * @param hitRate share of the keys asked for that a tier answered
   * @param withoutSql share of the reads that sent no SQL statement
   * @param checks reads right after a write that were looked at
   * @param stale those that did not show the write
   * @param examples some of these, for people
   */
  public record Load(
      int reads,
      int writes,
      double hitRate,
      double withoutSql,
      int checks,
      int stale,
      List<String> examples) {}

  /**
   * Milliseconds to the first feed that a new process answers, the median of some starts: from the
   * start of the process, and from when it is ready.
   *
   * @param naiveMillis by the naive version
   * @param larderMillis by Larder, whose shared tier outlived the process before
   * @param naiveRequestMillis the request's own part of it
   * @param larderRequestMillis the request's own part of it
   */
  public record ColdStart(
      double naiveMillis,
      double larderMillis,
      double naiveRequestMillis,
      double larderRequestMillis) {
    /** The share of the request's time that Larder saves. */
    public double saved() {
      return 1 - larderRequestMillis / naiveRequestMillis;
    }

    /** The same with the start of the process in it, which no cache makes shorter. */
    public double savedWithStart() {
      return 1 - larderMillis / naiveMillis;
    }
  }

  /** The share of the naive version's SQL statements that a warm Larder saves, over all rows. */
  public double statementsSaved() {
    double naive = sum(versions -> versions.naive().statements());
    double warm = sum(versions -> versions.warm().statements());
    return naive == 0 ? 0 : 1 - warm / naive;
  }

  private double sum(ToDoubleFunction<Versions> part) {
    return rows.values().stream().mapToDouble(part).sum();
  }
}
