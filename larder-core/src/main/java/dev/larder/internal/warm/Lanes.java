package dev.larder.internal.warm;

import dev.larder.manage.WarmUp;
import dev.larder.manage.WarmUp.State;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where a run stands, and its lanes: how many there are, how many there may be, and what those will do
 * that are parked. All of it changes under one lock. Safe for many threads.
 */
final class Lanes {

  private final WarmLease lease;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Runnable> parked = new ArrayDeque<>();
  private State state = State.RUNNING;
  private int most;
  private boolean isOpen;

  /** Before it is open there is one lane, which asks for the keys. */
  private int lanes = 1;

  /** What a lane does next. */
  enum Answer {
    GO_ON,
    /** Nothing, until it is unparked. */
    PARKED,
    /** It is to {@link #end}: the run goes on no more. */
    END
  }

  Lanes(WarmLease lease, int most) {
    this.lease = lease;
    this.most = most;
  }

  State state() {
    lock.lock();
    try {
      return state;
    } finally {
      lock.unlock();
    }
  }

  /** The keys are there: how many lanes are to begin on them. */
  int open() {
    lock.lock();
    try {
      isOpen = true;
      lanes = most;
      return lanes;
    } finally {
      lock.unlock();
    }
  }

  /** Ends a lane if fewer are wanted since the run went on: then at least one other is there. */
  boolean endSurplus() {
    lock.lock();
    try {
      if (lanes <= most) {
        return false;
      }
      lanes--;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * What a lane may do.
   *
   * @param next what it does when it is unparked
   */
  Answer ask(Runnable next) {
    lock.lock();
    try {
      if (state == State.RUNNING && lease.isHeld()) {
        return Answer.GO_ON;
      }
      if (state == State.RUNNING || state == State.PAUSED) {
        parked.add(next);
        return Answer.PARKED;
      }
      return Answer.END;
    } finally {
      lock.unlock();
    }
  }

  /** What lanes that were parked do next: they no longer are. */
  List<Runnable> unparked() {
    lock.lock();
    try {
      List<Runnable> going = List.copyOf(parked);
      parked.clear();
      return going;
    } finally {
      lock.unlock();
    }
  }

  /** Ends a lane. Whether it was the last: then a run that nobody stopped is done. */
  boolean end() {
    lock.lock();
    try {
      if (--lanes > 0) {
        return false;
      }
      if (state == State.RUNNING || state == State.PAUSED) {
        state = State.DONE;
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** False if it does not stand there. */
  boolean turn(State from, State to) {
    lock.lock();
    try {
      if (state != from) {
        return false;
      }
      state = to;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Lets a paused run go on under limits: how many more lanes are to begin; -1 if it is not paused. */
  int resume(WarmUp.Limits limits, Pace pace) {
    lock.lock();
    try {
      if (state != State.PAUSED) {
        return -1;
      }
      if (limits.perSecond() > 0) {
        // Before anything goes on.
        pace.limit(limits.perSecond());
      }
      state = State.RUNNING;
      if (limits.concurrency() > 0) {
        most = limits.concurrency();
      }
      int more = isOpen ? Math.max(0, most - lanes) : 0;
      lanes += more;
      return more;
    } finally {
      lock.unlock();
    }
  }
}
