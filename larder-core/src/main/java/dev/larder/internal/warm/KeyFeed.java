package dev.larder.internal.warm;

import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys of a run, read by one thread at a time: streams over cursors stand no more. */
final class KeyFeed<K> {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.warm");

  private final ReentrantLock lock = new ReentrantLock();
  private final Stream<? extends K> stream;
  private final Iterator<? extends K> keys;
  private long left;
  private boolean hasEnded;

  /** @param most how many keys at most; 0 for all */
  KeyFeed(Stream<? extends K> stream, long most) {
    this.stream = stream;
    this.left = most == 0 ? Long.MAX_VALUE : most;
    try {
      this.keys = stream.iterator();
    } catch (RuntimeException | Error failure) {
      stream.close();
      throw failure;
    }
  }

  /** The next key, or null after the last. */
  @Nullable K next() {
    lock.lock();
    try {
      if (!hasEnded && left > 0 && keys.hasNext()) {
        left--;
        return Objects.requireNonNull(keys.next(), "a key of the plan is null");
      }
      hasEnded = true;
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the last key was read. */
  boolean hasEnded() {
    lock.lock();
    try {
      return hasEnded;
    } finally {
      lock.unlock();
    }
  }

  /** Reads no more. What closing the stream throws goes to the log: the run has ended. */
  void close(String plan) {
    lock.lock();
    try {
      hasEnded = true;
    } finally {
      lock.unlock();
    }
    try {
      stream.close();
    } catch (RuntimeException failure) {
      logger.warn("warm-up {}: closing the keys failed", plan, failure);
    }
  }
}
