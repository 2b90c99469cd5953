package dev.larder.internal.store;

import dev.larder.stats.TierStats.Outage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a store was out last, seen by looking at it again and again: a circuit that is tried again every
 * second tells too much. Safe for many threads.
 */
final class OutageWatch {

  private boolean isOut;
  private boolean wasOut;
  private long beganAt;
  private long endedAt;

  /**
   * Looks.
   *
   * @param isFailing whether calls fail now
   * @param isSkipped whether it is being skipped, though calls may be answered again
   * @param since when it was known to answer last, in nanoseconds as {@code now}
   * @return the outage that lasts, or the last one; null if there was none
   */
  synchronized @Nullable Outage look(boolean isFailing, boolean isSkipped, long since, long now) {
    if (!isOut && isFailing) {
      isOut = true;
      wasOut = true;
      beganAt = since;
    } else if (isOut && !isFailing && !isSkipped) {
      isOut = false;
      endedAt = now;
    }
    return wasOut
        ? new Outage(
            Duration.ofNanos(Math.max(0, now - beganAt)),
            isOut ? null : Duration.ofNanos(Math.max(0, now - endedAt)))
        : null;
  }
}
