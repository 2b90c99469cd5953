package dev.larder.showcase.scoreboard;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of one system.
 *
 * @param rows in the order of {@link Subject#rows}
 * @param remarks what the system itself says of its caches
 */
public record SubjectBoard(
    String name,
    String title,
    Subject.Goals goals,
    List<Figures> rows,
    Scoreboard.Load load,
    Throughput throughput,
    List<String> remarks) {

  /**
   * The same requests with Larder off, and on: each for the first time, and each once more.
   *
   * @param warmed the first requests after the system has filled its caches by itself; null if it
   *     does not
   */
  public record Figures(
      Asked row,
      Measured off,
      Measured cold,
      Measured warm,
      @Nullable Measured warmed) {
    /** The share of the time that a warm Larder saves, at the median. */
    public double saved() {
      return 1 - warm.p50Millis() / off.p50Millis();
    }

    /** Whether the goal of the row is reached; true where there is none. */
    public boolean isMet() {
      return saved() >= row.goal();
    }
  }

  /**
   * How many requests are answered, with some users at a time, while nothing is written.
   *
   * @param off a second with Larder off
   * @param on a second with Larder on
   * @param offPerCpuSecond with one second of the processes' processor time, Larder off
   * @param onPerCpuSecond the same with Larder on
   */
  public record Throughput(double off, double on, double offPerCpuSecond, double onPerCpuSecond) {
    /** How many times as many with the same processor time. */
    public double atEqualCpu() {
      return onPerCpuSecond / offPerCpuSecond;
    }
  }

  /** The share of SQL statements that a warm Larder saves, over all rows. */
  public double statementsSaved() {
    double off = sum(row -> row.off().statements());
    double warm = sum(row -> row.warm().statements());
    return off == 0 ? 0 : 1 - warm / off;
  }

  private double sum(ToDoubleFunction<Figures> part) {
    return rows.stream().mapToDouble(part).sum();
  }
}
