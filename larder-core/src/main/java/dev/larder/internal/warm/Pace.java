package dev.larder.internal.warm;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Holds loads to a rate: evenly spaced, save for a little credit that makes up for late timers, and never more
 * than the rate in any second, whatever came late. For that the times at which the last loads ended are
 * kept, eight bytes each.
 *
 * <p>A load counts from the moment it has the right until a second after its end. When in between the source
 * is asked nobody here knows: a thread may stand still before it, and a request lie in a queue. Counted from
 * its beginning alone, it could reach the source in a second that has its full rate already.
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
  private final long[] ended;
  private int rate;
  private int underWay;
  private long count;
  private long due;
  private boolean isBegun;

  /** @param perSecond most keys in any second, ever */
  Pace(int perSecond) {
    ended = new long[perSecond];
    rate = perSecond;
  }

  /** @param perSecond most keys in any second from now on, up to the one it was made with */
  void limit(int perSecond) {
    lock.lock();
    try {
      rate = Math.min(perSecond, ended.length);
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
   * Takes the right to ask for keys now, or says how many nanoseconds to wait before asking again. Who has
   * it calls {@link #ended} when they are loaded, whether that succeeds or not.
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
      if (!isBegun) {
        isBegun = true;
        due = now;
      }
      long wait = due - CREDIT - now;
      int room = rate - underWay - keys;
      if (room < 0) {
        // One of those under way has to end, and that at the earliest now.
        wait = Math.max(wait, SECOND);
      } else if (count > room) {
        // The load that would leave the window for the last of these keys.
        wait = Math.max(wait, ended[(int) ((count - 1 - room) % ended.length)] + SECOND - now);
      }
      if (wait > 0) {
        return wait;
      }
      underWay += keys;
      due = now + Math.max(0, due - now) + SECOND / rate * keys;
      return 0;
    } finally {
      lock.unlock();
    }
  }

  /** Keys for which the right was given are loaded, or failed. */
  void ended(int keys, long now) {
    lock.lock();
    try {
      underWay -= keys;
      for (int i = 0; i < keys; i++) {
        ended[(int) (count++ % ended.length)] = now;
      }
    } finally {
      lock.unlock();
    }
  }
}
