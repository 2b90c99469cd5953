package dev.larder.showcase.algoitny.cache;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Lets steps begin no faster than a rate; one that came late is not made up for. Used by one thread.
 */
final class Pace {
  private final long gapNanos;
  private final LongSupplier nanos;
  private final LongConsumer park;
  private long next;

  Pace(int perSecond, LongSupplier nanos, LongConsumer park) {
    gapNanos = 1_000_000_000L / perSecond;
    this.nanos = nanos;
    this.park = park;
    next = nanos.getAsLong();
  }

  static Pace perSecond(int steps) {
    return new Pace(steps, System::nanoTime, LockSupport::parkNanos);
  }

  /** Waits for the next step's moment; false if the thread was interrupted meanwhile. */
  boolean next() {
    for (long now = nanos.getAsLong(); now < next; now = nanos.getAsLong()) {
      park.accept(next - now);
      if (Thread.currentThread().isInterrupted()) {
        return false;
      }
    }
    next = Math.max(next, nanos.getAsLong()) + gapNanos;
    return true;
  }
}
