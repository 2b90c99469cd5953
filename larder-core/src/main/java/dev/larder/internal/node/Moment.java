package dev.larder.internal.node;

/**
 * Where a node stood at one instant: what a load that began then is as of. Immutable.
 *
 * <p>Arrays have one place for each log.
 */
public final class Moment {

  private final long sequence;
  private final long[] epochs;
  private final long[] positions;

  Moment(long sequence, long[] epochs, long[] positions) {
    this.sequence = sequence;
    this.epochs = epochs;
    this.positions = positions;
  }

  /** The local number, by which L1 judges. */
  public long sequence() {
    return sequence;
  }

  /** Epoch of a log; 0 if the log had not been read, and then nothing may be stored in its tier. */
  public long epoch(int log) {
    return epochs[log];
  }

  /** Highest position of a log seen anywhere. */
  public long position(int log) {
    return positions[log];
  }
}
