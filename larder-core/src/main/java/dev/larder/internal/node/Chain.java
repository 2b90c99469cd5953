package dev.larder.internal.node;

import dev.larder.TimeSource;
import dev.larder.log.LogRecord;
import dev.larder.log.Position;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place that a node has come to in one log, and the gate that records pass on their way into the
 * node: each must be the next one, and name the nonce of the one before.
 *
 * <p>Safe for many threads: one lock, never held across I/O.
 */
final class Chain {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.log");

  private final Node node;
  private final int index;
  private final String log;
  private final Object gate = new Object();
  private final TimeSource time;
  private @Nullable Place at;
  private volatile @Nullable Long lostAt;

  /**
   * The last record that was applied.
   *
   * @param nonce the record's
   */
  record Place(Position position, long nonce) {}

  /** The log is not the one that was followed so far; the message says by what it was seen. */
  static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;

    private Broken(String why) {
      super(why, null, false, false);
    }

    String why() {
      return String.valueOf(getMessage());
    }
  }

  /**
   * @param index the log's place in the node
   * @param log its name
   */
  Chain(Node node, int index, String log, TimeSource time) {
    this.time = time;
    this.node = node;
    this.index = index;
    this.log = log;
  }

  /** The last record that was applied; null if the log was not read yet. */
  @Nullable Place at() {
    synchronized (gate) {
      return at;
    }
  }

  private void forget(Position opened) {
    lostAt = time.nanos();
    node.forget(index, opened.epoch());
  }

  /** Time since what was known of the log was lost, and all that was cached with it; null if never. */
  @Nullable Duration lostAgo() {
    Long at = lostAt;
    return at == null ? null : Duration.ofNanos(Math.max(0, time.nanos() - at));
  }

  /** Where the last record that was applied stands; null if the log was not read yet. */
  @Nullable Position position() {
    Place here = at();
    return here == null ? null : here.position();
  }

  /**
   * Applies the oldest records that the log retains; those not known yet, if it was begun meanwhile.
   *
   * @param page not empty, in order
   * @throws Broken as {@link #advance}
   */
  void begin(List<LogRecord> page) throws Broken {
    List<LogRecord> rest = page;
    synchronized (gate) {
      if (at == null) {
        // Only the last epoch counts: entries of older ones are invalid whatever is known.
        int from = 0;
        for (int i = 0; i < page.size(); i++) {
          if (page.get(i).position().epoch() > page.get(from).position().epoch()) {
            from = i;
          }
        }
        LogRecord first = page.get(from);
        node.begin(index, first.position().epoch(), first.position().sequence());
        if (!first.opensEpoch()) {
          node.applyFollowed(index, first);
        }
        at = new Place(first.position(), first.nonce());
        rest = page.subList(from + 1, page.size());
      }
    }
    advance(rest);
  }

  /**
   * Applies what of a batch is new, in order.
   *
   * @throws Broken if a record does not join on; those before it were applied
   */
  void advance(List<LogRecord> batch) throws Broken {
    synchronized (gate) {
      for (int i = 0; i < batch.size(); i++) {
        LogRecord record = batch.get(i);
        Place here = at;
        if (here == null
            || (!record.opensEpoch() && here.position().isAtLeast(record.position()))) {
          continue;
        }
        Position next = record.position();
        if (next.epoch() > here.position().epoch()) {
          if (!record.opensEpoch()) {
            throw new Broken("the opening record of its epoch was trimmed");
          }
          logger.info("{}: epoch {} begins", log, next.epoch());
          forget(next);
        } else if (record.opensEpoch()) {
          continue;
        } else if (next.sequence() != here.position().sequence() + 1) {
          if (laterEpoch(batch, i)) {
            continue;
          }
          throw new Broken(
              "records after " + here.position() + " were trimmed before they were read");
        } else if (record.previousNonce() != here.nonce()) {
          if (laterEpoch(batch, i)) {
            continue;
          }
          throw new Broken("the chain of nonces breaks at " + next);
        } else if (!node.agrees(index, record)) {
          throw new Broken("a record that was acknowledged to this node is gone");
        } else {
          node.applyFollowed(index, record);
        }
        at = new Place(next, record.nonce());
      }
    }
  }

  /** A break does not matter when a later record of the batch opens a new epoch anyway. */
  private static boolean laterEpoch(List<LogRecord> batch, int from) {
    long epoch = batch.get(from).position().epoch();
    return batch.get(batch.size() - 1).position().epoch() > epoch;
  }

  /** Goes to the opening record of a higher epoch, whatever lies between; else has no effect. */
  void jump(LogRecord opening) {
    Position opened = opening.position();
    synchronized (gate) {
      Place here = at;
      if (here != null && opened.epoch() <= here.position().epoch()) {
        return;
      }
      if (here == null) {
        node.begin(index, opened.epoch(), 0);
      } else {
        forget(opened);
      }
      at = new Place(opened, opening.nonce());
    }
  }
}
