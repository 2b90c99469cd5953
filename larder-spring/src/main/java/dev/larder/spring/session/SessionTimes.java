package dev.larder.spring.session;

import java.time.Duration;

/** How times of sessions are kept without a write for each request. */
final class SessionTimes {

  private static final long SECOND = 1_000;
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final int SHARE = 100;

  private SessionTimes() {}

  /**
   * How late the stored last use may be, in milliseconds: a hundredth of the idle time, 1 s to 1 day.
   * A session ends this much too early at most, and never too late.
   */
  static long touchStep(long maxIdle) {
    return maxIdle < 0 ? DAY : Math.min(DAY, Math.max(SECOND, maxIdle / SHARE));
  }
}
