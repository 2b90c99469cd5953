package dev.larder.log;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in one invalidation log.
 *
 * <p>Shape: {@code log} names the log (positions of different logs are never compared); {@code
 * epoch} grows whenever the log was found broken, and carries 32 random low bits so that an epoch
 * number is never met twice; {@code sequence} counts from 0, the record that opens the epoch.
 *
 * <p>The text form is {@code log/epoch-sequence}, for example {@code redis/4294967297-42}. It is
 * safe to hand to other processes, which read their writes with it.
 *
 * @param log name of the log, letters, digits and hyphens
 * @param epoch epoch, greater than 0
 * @param sequence place within the epoch, 0 or greater
 */
public record Position(String log, long epoch, long sequence) {

  private static final Pattern TEXT = Pattern.compile("([A-Za-z0-9-]+)/(\\d{1,19})-(\\d{1,19})");

  /** Checks the ranges. */
  public Position {
    if (!log.matches("[A-Za-z0-9-]+")) {
      throw new IllegalArgumentException("log: '" + log + "' is not letters, digits and hyphens");
    }
    if (epoch < 1) {
      throw new IllegalArgumentException("epoch: " + epoch + " is not 1 or greater");
    }
    if (sequence < 0) {
      throw new IllegalArgumentException("sequence: " + sequence + " is not 0 or greater");
    }
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException if the text is not {@code log/epoch-sequence}
   */
  public static Position parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "position: '" + text + "' is not of the form log/epoch-sequence, as in redis/1-42");
    }
    return new Position(
        matcher.group(1), Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3)));
  }

  /** Whether this position is the other one or later. Both must be of the same log. */
  public boolean isAtLeast(Position other) {
    if (!log.equals(other.log)) {
      throw new IllegalArgumentException(
          "positions of different logs are not comparable: " + this + " and " + other);
    }
    return epoch > other.epoch || (epoch == other.epoch && sequence >= other.sequence);
  }

  /** The position behind this one, in the same epoch. */
  public Position next() {
    return new Position(log, epoch, sequence + 1);
  }

  /** The text form; {@link #parse} reads it back. */
  @Override
  public String toString() {
    return log + "/" + epoch + "-" + sequence;
  }
}
