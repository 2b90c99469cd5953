package dev.larder.jdbc;

import java.time.Duration;

/** Lives of rows, in a form that the server can add to its clock. */
final class Lives {

  private static final Duration LONGEST = Duration.ofDays(36_525);

  private Lives() {}

  /** Milliseconds; a life under one counts as one, and one over a century as a century. */
  static long millis(Duration life) {
    return life.compareTo(LONGEST) > 0 ? LONGEST.toMillis() : Math.max(1, life.toMillis());
  }
}
