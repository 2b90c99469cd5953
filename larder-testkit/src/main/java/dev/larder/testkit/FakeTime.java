package dev.larder.testkit;

import dev.larder.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Time that moves only when a test says so: a nanosecond ticker and a wall clock that agree.
 *
 * <p>The ticker starts one second before it overflows, as {@link System#nanoTime} may: code that
 * compares its values by {@code <} instead of by difference fails at once. Safe for use by many
 * threads.
 */
public final class FakeTime implements TimeSource {

  private static final long START_NANOS = Long.MAX_VALUE - 1_000_000_000L;

  private final long startMillis;
  private final AtomicLong elapsedNanos = new AtomicLong();

  /** Time that stands at a fixed instant. */
  public FakeTime() {
    this(1_750_000_000_000L);
  }

  /** Time that stands at the given instant, in milliseconds since 1970. */
  public FakeTime(long startMillis) {
    this.startMillis = startMillis;
  }

  /** The ticker, as {@link System#nanoTime}: only differences mean anything. */
  @Override
  public long nanos() {
    return START_NANOS + elapsedNanos.get();
  }

  /** The wall clock, in milliseconds since 1970. */
  @Override
  public long millis() {
    return startMillis + elapsedNanos.get() / 1_000_000;
  }

  /** What has passed since the beginning. */
  public Duration elapsed() {
    return Duration.ofNanos(elapsedNanos.get());
  }

  /**
   * Lets time pass.
   *
   * @throws IllegalArgumentException if the duration is negative
   */
  public void advance(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("time: " + time + " is negative");
    }
    elapsedNanos.addAndGet(time.toNanos());
  }
}
