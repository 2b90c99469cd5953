package dev.larder.internal.warm;

import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The keys of a run, read by one thread at a time: streams over cursors stand no more. */
final class KeyFeed<K> implements AutoCloseable {

  private final ReentrantLock lock = new ReentrantLock();
  private final Stream<? extends K> stream;
  private final Iterator<? extends K> keys;
  private boolean hasEnded;

  KeyFeed(Stream<? extends K> stream) {
    this.stream = stream;
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
      if (!hasEnded && keys.hasNext()) {
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

  @Override
  public void close() {
    lock.lock();
    try {
      hasEnded = true;
    } finally {
      lock.unlock();
    }
    stream.close();
  }
}
