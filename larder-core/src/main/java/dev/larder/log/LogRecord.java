package dev.larder.log;

/**
 * A change at its position in one log.
 *
 * <p>Each record names its predecessor's nonce, so that a follower sees a lost or replaced tail by
 * the chain alone. The record that opens an epoch has sequence 0, no targets, and {@code
 * previousNonce} 0: the chain begins anew there.
 *
 * @param position where it stands
 * @param previousNonce nonce of the record before it in the same epoch, 0 at the opening
 * @param change what was invalidated
 * @param forwarded in a log that is the origin of another: whether the other has this record
 *     already; otherwise false
 */
public record LogRecord(Position position, long previousNonce, Change change, boolean forwarded) {

  /** The nonce of the change. */
  public long nonce() {
    return change.nonce();
  }

  /** Whether this record opens an epoch. */
  public boolean opensEpoch() {
    return position.sequence() == 0;
  }
}
