package dev.larder.internal.node;

import dev.larder.internal.node.MetChanges.Met;
import dev.larder.log.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which local numbers places in the logs have, and the other way round. Called under the node's lock. */
final class Places {

  private final List<String> logs;
  private final LogProgress[] progress;
  private final MetChanges met;

  Places(List<String> logs, LogProgress[] progress, MetChanges met) {
    this.logs = logs;
    this.progress = progress;
    this.met = met;
  }

  /**
   * Where the last record of a target stands; null if no log had one. A log that fell silent knows an
   * older one: local numbers tell which is the last, positions of different logs do not.
   */
  @Nullable Position lastOf(Mark mark) {
    Position last = null;
    long number = Long.MIN_VALUE;
    for (int log = 0; log < progress.length; log++) {
      long place = mark.position(log);
      if (!mark.isBound(log) && !mark.isPoisoned() && place > 0) {
        long its = progress[log].numberAt(place);
        if (last == null || its > number) {
          last = new Position(logs.get(log), progress[log].epoch(), place);
          number = its;
        }
      }
    }
    return last;
  }

  /**
   * The least asOf of entries that do not stand before a place, as a local number: that of the record
   * behind it. So a place can be judged that this node has not met, or has gone past without a trace.
   *
   * @param sequence number of the last record applied
   * @return -1 if this is not known: another log, another epoch, or too long ago
   */
  long numberBehind(Position place, long sequence) {
    int log = logs.indexOf(place.log());
    if (log < 0) {
      return -1;
    }
    LogProgress here = progress[log];
    if (here.epoch() == 0 || place.epoch() < here.epoch()) {
      return -1;
    }
    if (place.epoch() > here.epoch()) {
      return sequence + 1;
    }
    if (here.hasFollowed(place.epoch(), place.sequence() + 1)) {
      return here.numberAt(place.sequence() + 1);
    }
    Met own = met.find(here.acknowledgedBehind(place.sequence()));
    return own == null ? sequence + 1 : own.number;
  }
}
