package dev.larder.showcase.scoreboard;

import java.util.List;

/**
 * What requests of one kind cost in one version.
 *
 * @param requests how many were measured
 * @param p50Millis half took at most so many milliseconds, sent to received
 * @param p99Millis 99 % took at most so many; with fewer than 100 requests the slowest
 * @param statements SQL statements per request, on average
 */
public record Measured(int requests, double p50Millis, double p99Millis, double statements) {

  /** Sums up at least one answer. */
  static Measured of(List<Answer> answers) {
    double[] millis = answers.stream().mapToDouble(Answer::millis).sorted().toArray();
    return new Measured(
        millis.length,
        quantile(millis, 0.50),
        quantile(millis, 0.99),
        answers.stream().mapToInt(Answer::statements).average().orElse(0));
  }

  /** The smallest value that is not below the share of all values. */
  static double quantile(double[] sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(1, rank) - 1];
  }
}
