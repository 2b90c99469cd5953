package dev.larder.internal.store;

import dev.larder.stats.TierStats.Outage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a store was out, seen by looking at it again and again: a circuit that is tried again every second
 * tells too much. Safe for many threads.
 */
final class OutageWatch {

  /** So long a short outage does not push out a longer one. */
  private static final long KEPT = Duration.ofMinutes(30).toNanos();

  private boolean isOut;
  private long beganAt;
  private @Nullable Past told;

  private record Past(long beganAt, long endedAt) {

    long took() {
      return endedAt - beganAt;
    }
  }

  /**
   * Looks.
   *
   * @param isFailing whether calls fail now
   * @param isSkipped whether it is being skipped, though calls may be answered again
   * @param since when it was known to answer last, in nanoseconds as {@code now}
   * @return the outage that lasts; else the longest of those that ended within half an hour of each other, or the
   *     last; null if there was none
   */
  synchronized @Nullable Outage look(boolean isFailing, boolean isSkipped, long since, long now) {
    if (!isOut && isFailing) {
      isOut = true;
      beganAt = since;
    } else if (isOut && !isFailing && !isSkipped) {
      isOut = false;
      Past ended = new Past(beganAt, now);
      Past before = told;
      if (before == null || now - before.endedAt() >= KEPT || ended.took() >= before.took()) {
        told = ended;
      }
    }
    if (isOut) {
      return new Outage(ago(beganAt, now), null);
    }
    Past past = told;
    return past == null ? null : new Outage(ago(past.beganAt(), now), ago(past.endedAt(), now));
  }

  private static Duration ago(long at, long now) {
    return Duration.ofNanos(Math.max(0, now - at));
  }
}
