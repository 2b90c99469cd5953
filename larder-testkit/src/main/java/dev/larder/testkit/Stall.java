package dev.larder.testkit;

import dev.larder.TierUnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A place at which calls to a {@link FaultyStore} stand still until a test lets them go on.
 *
 * <p>What is let go runs on the thread that lets it go, one call after the other, so that a test
 * which uses memory stores decides every step. Safe for use by many threads.
 */
public final class Stall {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Consumer<@Nullable RuntimeException>> held = new ArrayDeque<>();
  private final Runnable ended;
  private boolean open;

  /** A stall; {@code ended} runs when it is let go altogether. */
  Stall(Runnable ended) {
    this.ended = ended;
  }

  /** How many calls stand here. */
  public int held() {
    lock.lock();
    try {
      return held.size();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until a call stands here.
   *
   * @throws AssertionError if none has come in 30 s
   */
  public Stall awaitHeld() {
    return awaitHeld(1);
  }

  /**
   * Waits until at least so many calls stand here.
   *
   * @throws AssertionError if they have not come in 30 s
   */
  public Stall awaitHeld(int calls) {
    lock.lock();
    try {
      long left = PATIENCE.toNanos();
      while (held.size() < calls) {
        if (left <= 0) {
          throw new AssertionError(held.size() + " calls stand here, not " + calls);
        }
        left = changed.awaitNanos(left);
      }
      return this;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets the call that came first go on; later ones still stop here.
   *
   * @throws IllegalStateException if none stands here
   */
  public void releaseOne() {
    first().accept(null);
  }

  /** Fails the call that came first: before the store, nothing has happened; after it, it has. */
  public void failOne() {
    first().accept(new TierUnavailableException("failed by the test"));
  }

  /** Lets all calls go on, in the order of their coming, and stops no more. */
  public void release() {
    open(null);
  }

  /** Fails all calls that stand here, and stops no more. */
  public void fail() {
    open(new TierUnavailableException("failed by the test"));
  }

  /** Stops a call: {@code go} runs when it is let go, with what it is to fail with, or null. */
  void hold(Consumer<@Nullable RuntimeException> go) {
    lock.lock();
    try {
      if (!open) {
        held.add(go);
        changed.signalAll();
        return;
      }
    } finally {
      lock.unlock();
    }
    go.accept(null);
  }

  private Consumer<@Nullable RuntimeException> first() {
    lock.lock();
    try {
      Consumer<@Nullable RuntimeException> first = held.poll();
      if (first == null) {
        throw new IllegalStateException("no call stands here");
      }
      return first;
    } finally {
      lock.unlock();
    }
  }

  private void open(@Nullable RuntimeException failure) {
    List<Consumer<@Nullable RuntimeException>> all;
    lock.lock();
    try {
      open = true;
      all = new ArrayList<>(held);
      held.clear();
    } finally {
      lock.unlock();
    }
    ended.run();
    all.forEach(go -> go.accept(failure));
  }
}
