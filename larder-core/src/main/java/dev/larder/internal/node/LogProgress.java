package dev.larder.internal.node;

import dev.larder.log.LogRecord;
import dev.larder.log.Position;
import java.util.Map;
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

  /** For how many of the newest records the local numbers are kept. A power of two. */
  private static final int NUMBERED = 4_096;

  /** Nonces of own records that the follower has not come to yet, by sequence. */
  private final NavigableMap<Long, Long> acknowledged = new TreeMap<>();

  /** Local numbers of the newest records that the follower has applied, by sequence. */
  private final long[] numbers = new long[NUMBERED];

  private long epoch;
  private long reached;
  private long followed;
  private long first;

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
    first = reached + 1;
  }

  /** The log goes on in a new epoch. */
  void renew(long epoch) {
    this.epoch = epoch;
    reached = 0;
    followed = 0;
    first = 1;
    acknowledged.clear();
  }

  /** A record at this sequence was applied, whoever it came from. */
  void reach(long sequence) {
    reached = Math.max(reached, sequence);
  }

  /** The follower has applied everything up to this sequence, whose record has this local number. */
  void follow(long sequence, long number) {
    numbers[(int) (sequence & (NUMBERED - 1))] = number;
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

  /** Local number of a record that the follower has applied; -1 if that was long ago, or not yet. */
  long numberAt(long sequence) {
    return sequence >= first && sequence > followed - NUMBERED && sequence <= followed
        ? numbers[(int) (sequence & (NUMBERED - 1))]
        : -1;
  }

  /** Nonce of the first own record behind a sequence that the follower has not come to; 0 if none. */
  long acknowledgedBehind(long sequence) {
    Map.Entry<Long, Long> next = acknowledged.higherEntry(sequence);
    return next == null ? 0 : next.getValue();
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
