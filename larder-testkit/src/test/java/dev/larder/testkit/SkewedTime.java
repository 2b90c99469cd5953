package dev.larder.testkit;

import dev.larder.TimeSource;
import java.time.Duration;

/** The time of a machine whose wall clock is set wrong: it passes as fast as elsewhere. */
public final class SkewedTime implements TimeSource {

  private final TimeSource right;
  private volatile Duration ahead;

  /**
   * A clock.
   *
   * @param right the right time
   * @param ahead by how much the wall clock is ahead; negative if it is behind
   */
  public SkewedTime(TimeSource right, Duration ahead) {
    this.right = right;
    this.ahead = ahead;
  }

  /** Sets the wall clock ahead by so much, or behind by a negative time; the ticker hears nothing of it. */
  public void set(Duration ahead) {
    this.ahead = ahead;
  }

  @Override
  public long nanos() {
    return right.nanos();
  }

  @Override
  public long millis() {
    return right.millis() + ahead.toMillis();
  }
}
