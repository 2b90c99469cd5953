package dev.larder.internal.node;

import dev.larder.log.LogRecord;
import dev.larder.log.Position;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How far a node knows one log: the epoch, what its follower has applied, and which records were
 * acknowledged to the node before the follower came to them.
 *
 * <p>Guarded by the node's lock.
 */
final class LogProgress {

  private static final int MAX_ACKNOWLEDGED = 10_000;

  /** Nonces of own records that the follower has not come to yet, by sequence. */
  private final NavigableMap<Long, Long> acknowledged = new TreeMap<>();

  private long epoch;
  private long reached;
  private long followed;

  /**
   * The last record of a log that was acknowledged to this node and is not followed yet.
   *
   * @param epoch current epoch, 0 before the log was read
   * @param sequence its sequence in that epoch; 0 if there is none
   */
  record Acknowledged(long epoch, long sequence) {}

  /** Current epoch; 0 before the log was read. */
  long epoch() {
    return epoch;
  }

  /** Highest sequence of the epoch seen anywhere: by the follower or in an acknowledgement. */
  long reached() {
    return reached;
  }

  /** The follower is about to apply what the log retains, from {@code floor} on. */
  void begin(long epoch, long floor) {
    this.epoch = epoch;
    reached = Math.max(0, floor - 1);
    followed = reached;
  }

  /** The log goes on in a new epoch. */
  void renew(long epoch) {
    this.epoch = epoch;
    reached = 0;
    followed = 0;
    acknowledged.clear();
  }

  /** A record at this sequence was applied, whoever it came from. */
  void reach(long sequence) {
    reached = Math.max(reached, sequence);
  }

  /** The follower has applied everything up to this sequence. */
  void follow(long sequence) {
    followed = sequence;
    acknowledged.headMap(sequence, true).clear();
  }

  /** An own record was acknowledged; the follower will come to it. */
  void acknowledge(LogRecord record) {
    long place = record.position().sequence();
    if (place > followed && acknowledged.size() < MAX_ACKNOWLEDGED) {
      acknowledged.put(place, record.nonce());
    }
  }

  /** False if another record was acknowledged to this node at the place of this one. */
  boolean agrees(LogRecord record) {
    Long own = acknowledged.get(record.position().sequence());
    return own == null || own == record.nonce() || record.position().epoch() != epoch;
  }

  Acknowledged lastAcknowledged() {
    return new Acknowledged(epoch, acknowledged.isEmpty() ? 0 : acknowledged.lastKey());
  }

  /** Whether a position is of the current epoch and the follower has applied it. */
  boolean isFollowed(Position position) {
    return position.epoch() == epoch && position.sequence() <= followed;
  }

  /** Whether the follower has applied all of an epoch up to a sequence. */
  boolean hasFollowed(long epoch, long sequence) {
    return epoch == this.epoch && sequence <= followed;
  }

  /** Whether a position was applied by the follower, or a later epoch made it moot. */
  boolean hasReached(Position position) {
    return epoch > position.epoch() || isFollowed(position);
  }
}
