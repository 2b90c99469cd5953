package dev.larder.warm;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a plan runs by itself. Safe for many threads. */
public interface WarmSchedule {

  /** For people: {@code every 5m}, or the cron text. */
  String text();

  /** The first time after another at which the plan is due; null if there is none. */
  @Nullable Instant next(Instant after);

  /**
   * At a fixed pace.
   *
   * @throws IllegalArgumentException if it is not 1 s to 366 days
   */
  static WarmSchedule every(Duration interval) {
    if (interval.compareTo(Duration.ofSeconds(1)) < 0
        || interval.compareTo(Duration.ofDays(366)) > 0) {
      throw new IllegalArgumentException("every: " + interval + " is not PT1S to P366D");
    }
    return new WarmSchedule() {
      @Override
      public String text() {
        return "every " + interval.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
      }

      @Override
      public Instant next(Instant after) {
        return after.plus(interval);
      }
    };
  }
}
