package dev.larder.internal.warm;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Guesses that are still to come true, and how the last 200 ended. Times are nanoseconds of the node. Not
 * safe for many threads.
 */
final class Guesses<K> {

  private static final int JUDGED = 200;
  private static final int MOST_OPEN = 10_000;

  /** From so many judged guesses on the precision counts. */
  private static final int LEAST_JUDGED = 20;

  /** What has stopped goes on when it is this much better, so that it does not flutter. */
  private static final double BETTER = 0.1;

  private final double leastPrecision;
  private final Map<K, Long> open = new LinkedHashMap<>();
  private final ArrayDeque<Boolean> judged = new ArrayDeque<>();
  private int right;
  private long made;
  private long cameTrue;
  private boolean pays = true;

  Guesses(double leastPrecision) {
    this.leastPrecision = leastPrecision;
  }

  /** Makes a guess unless it is open already. */
  boolean guess(K key, long now, long window) {
    expire(now);
    if (open.size() >= MOST_OPEN || open.putIfAbsent(key, now + window) != null) {
      return false;
    }
    made++;
    return true;
  }

  /** A key was asked for. */
  void asked(K key, long now) {
    expire(now);
    if (open.remove(key) != null) {
      judge(true);
    }
  }

  /** Windows differ, so one that ends early may wait behind one that ends late. */
  private void expire(long now) {
    Iterator<Long> ends = open.values().iterator();
    while (ends.hasNext() && ends.next() - now <= 0) {
      ends.remove();
      judge(false);
    }
  }

  private void judge(boolean isRight) {
    judged.add(isRight);
    right += isRight ? 1 : 0;
    cameTrue += isRight ? 1 : 0;
    if (judged.size() > JUDGED && judged.remove()) {
      right--;
    }
    if (judged.size() >= LEAST_JUDGED) {
      double precision = precision();
      pays = pays ? precision >= leastPrecision : precision >= Math.min(1, leastPrecision + BETTER);
    }
  }

  /** Whether loading for guesses pays. */
  boolean pays() {
    return pays;
  }

  /** Share of the judged guesses that came true; -1 before there is one. */
  double precision() {
    return judged.isEmpty() ? -1 : (double) right / judged.size();
  }

  long made() {
    return made;
  }

  long cameTrue() {
    return cameTrue;
  }
}
