package dev.larder.internal.warm;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Holds loads to a rate: evenly spaced, save for a little credit that makes up for late timers, and never more
 * than the rate in any second, whatever came late. For that the times of the last loads are kept, eight
 * bytes each.
 *
 * <p>The rate can be lowered and raised again up to the one it was made with; what was loaded before counts.
 *
 * <p>A load asks when its time has come and is told how long to wait; nothing is reserved, so a load that
 * is held meanwhile keeps nobody waiting.
 */
final class Pace {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long CREDIT = TimeUnit.MILLISECONDS.toNanos(50);

  private final ReentrantLock lock = new ReentrantLock();
  private final long[] begun;
  private int rate;
  private long count;
  private long due;

  /** @param perSecond most keys in any second, ever */
  Pace(int perSecond) {
    begun = new long[perSecond];
    rate = perSecond;
  }

  /** @param perSecond most keys in any second from now on, up to the one it was made with */
  void limit(int perSecond) {
    lock.lock();
    try {
      rate = Math.min(perSecond, begun.length);
    } finally {
      lock.unlock();
    }
  }

  /** Most keys in any second now. */
  int rate() {
    lock.lock();
    try {
      return rate;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes the right to ask for keys now, or says how many nanoseconds to wait before asking again.
   *
   * @param keys how many; more than the rate have no right yet, and none is ever given
   * @return 0 if the right was given
   */
  long take(int keys, long now) {
    lock.lock();
    try {
      if (keys > rate) {
        return SECOND / rate;
      }
      if (count == 0) {
        due = now;
      }
      long wait = due - CREDIT - now;
      long last = count + keys - 1 - rate;
      if (last >= 0) {
        // The load that would leave the window for the last of these keys.
        wait = Math.max(wait, begun[(int) (last % begun.length)] + SECOND - now);
      }
      if (wait > 0) {
        return wait;
      }
      for (int i = 0; i < keys; i++) {
        begun[(int) (count++ % begun.length)] = now;
      }
      due = now + Math.max(0, due - now) + SECOND / rate * keys;
      return 0;
    } finally {
      lock.unlock();
    }
  }
}
