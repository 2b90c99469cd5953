package dev.larder.internal.manage;

import dev.larder.manage.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a node's own traffic comes to in a minute: single events of it are soon pushed out by others, so this
 * is what tells later how much there was. Not safe for many threads.
 */
final class TrafficMinute {

  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  private long minute = -1;
  private long loads;
  private long keys;
  private long nanos;
  private long failed;
  private long invalidations;
  private long targets;
  private long misses;
  private long refused;
  private long slowestNanos;
  private String slowest = "";
  private Answered before = Answered.NOTHING;
  private Answered answered = Answered.NOTHING;
  private List<String> outages = List.of();

  /** When this minute began. */
  long beganMillis() {
    return minute * MINUTE;
  }

  /** Whether another minute than this has begun. */
  boolean isOver(long nowMillis) {
    return nowMillis / MINUTE != minute;
  }

  /**
   * Takes what lookups came to since the minute began.
   *
   * @param sinceStart lookups since the node started
   * @param last outages of which those count that this minute has a part of
   */
  void end(Answered sinceStart, LastOutages last) {
    outages = last.during(beganMillis(), beganMillis() + MINUTE);
    answered = sinceStart.minus(before);
    before = sinceStart;
  }

  /** Begins anew with the minute of a time. */
  void begin(long nowMillis) {
    minute = nowMillis / MINUTE;
    slowestNanos = 0;
    slowest = "";
    loads = 0;
    keys = 0;
    nanos = 0;
    failed = 0;
    invalidations = 0;
    targets = 0;
    misses = 0;
    refused = 0;
  }

  void count(Event.Kind kind, String subject, long took, long many) {
    switch (kind) {
      case LOAD, LOAD_FAILED -> {
        loads++;
        keys += many;
        nanos += took;
        if (took > slowestNanos) {
          slowestNanos = took;
          slowest = subject;
        }
        failed += kind == Event.Kind.LOAD_FAILED ? 1 : 0;
      }
      case INVALIDATION -> {
        invalidations++;
        targets += many;
      }
      case MISS -> misses++;
      case REFUSED -> refused++;
      default -> {}
    }
  }

  long loads() {
    return loads;
  }

  long nanos() {
    return nanos;
  }

  /** In words; empty if nothing happened. */
  String text() {
    List<String> parts = new ArrayList<>();
    if (answered.all() > 0) {
      parts.add(counted(answered.all(), "lookup", "lookups") + ": " + answered.shares());
    }
    parts.addAll(outages);
    if (loads > 0) {
      parts.add(counted(loads, "load", "loads") + " of " + counted(keys, "key", "keys")
          + (failed == 0 ? "" : ", " + count(failed) + " failed")
          + String.format(
              Locale.ROOT, ", the slowest %,.1f ms, of %s", slowestNanos / 1e6, slowest));
    }
    if (invalidations > 0) {
      parts.add(counted(invalidations, "invalidation", "invalidations") + " of "
          + counted(targets, "target", "targets"));
    }
    if (misses > 0) {
      parts.add(counted(misses, "miss", "misses") + " below L1");
    }
    if (refused > 0) {
      parts.add(counted(refused, "value", "values") + " not stored");
    }
    return String.join("; ", parts);
  }

  private static String counted(long number, String one, String many) {
    return count(number) + " " + (number == 1 ? one : many);
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
