package dev.larder.internal.warm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** What a run has done so far. */
final class Tally<K> {

  /** Failed keys that are kept to be run again. */
  static final int MOST_FAILED = 10_000;

  private static final int MOST_SHOWN = 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final List<K> failedKeys = new ArrayList<>();
  private final Deque<String> failures = new ArrayDeque<>();
  private long found;
  private long loaded;
  private long failed;
  private int inARow;

  /**
   * The counts at one moment.
   *
   * @param failures the last failures, key and reason
   */
  record Count(long found, long loaded, long failed, List<String> failures) {
    long done() {
      return found + loaded;
    }

    long read() {
      return found + loaded + failed;
    }
  }

  void found() {
    lock.lock();
    try {
      found++;
    } finally {
      lock.unlock();
    }
  }

  void loaded(int keys) {
    lock.lock();
    try {
      loaded += keys;
      inARow = 0;
    } finally {
      lock.unlock();
    }
  }

  /** Notes a load that failed. How many have in a row. */
  int failed(List<K> keys, String reason) {
    lock.lock();
    try {
      failed += keys.size();
      for (K key : keys) {
        if (failedKeys.size() < MOST_FAILED) {
          failedKeys.add(key);
        }
      }
      note(reason);
      return ++inARow;
    } finally {
      lock.unlock();
    }
  }

  /** Notes what stopped the run. */
  void stopped(String reason) {
    lock.lock();
    try {
      note(reason);
    } finally {
      lock.unlock();
    }
  }

  private void note(String reason) {
    if (failures.size() == MOST_SHOWN) {
      failures.removeFirst();
    }
    failures.addLast(reason);
  }

  List<K> failedKeys() {
    lock.lock();
    try {
      return List.copyOf(failedKeys);
    } finally {
      lock.unlock();
    }
  }

  Count count() {
    lock.lock();
    try {
      return new Count(found, loaded, failed, List.copyOf(failures));
    } finally {
      lock.unlock();
    }
  }
}
