package dev.larder.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Figures as people read them, each with its unit. */
public final class Figures {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern(
          "yyyy-MM-dd HH:mm:ss", Locale.ROOT)
      .withZone(ZoneId.systemDefault());
  private static final String[] BYTES = {"B", "KB", "MB", "GB", "TB"};
  private static final long THOUSAND = 1_000;

  private Figures() {}

  /** {@code 12,345}. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** {@code 3 keys}, {@code 1 key}. */
  public static String counted(long count, String one, String many) {
    return count(count) + " " + (count == 1 ? one : many);
  }

  /** {@code 1.5 KB}, which are 1,500 bytes; a dash if unknown. */
  public static String bytes(long bytes) {
    if (bytes < 0) {
      return "-";
    }
    double rest = bytes;
    int unit = 0;
    while (rest >= THOUSAND && unit < BYTES.length - 1) {
      rest /= THOUSAND;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", rest, BYTES[unit]);
  }

  /** {@code 1.2 ms}: a time of nanoseconds to minutes. */
  public static String nanos(long nanos) {
    if (nanos < 0) {
      return "-" + nanos(-nanos);
    }
    if (nanos < THOUSAND) {
      return nanos + " ns";
    }
    if (nanos < THOUSAND * THOUSAND) {
      return String.format(Locale.ROOT, "%.1f µs", nanos / 1e3);
    }
    if (nanos < THOUSAND * THOUSAND * THOUSAND) {
      return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
    }
    return nanos < 60_000_000_000L
        ? String.format(Locale.ROOT, "%.1f s", nanos / 1e9)
        : millis(nanos / 1_000_000);
  }

  /** {@code 41 s}, {@code 3 min 20 s}, {@code 2 h 5 min}, {@code 3 d 4 h}: the two largest units. */
  public static String millis(long millis) {
    if (millis < THOUSAND) {
      return millis + " ms";
    }
    Duration time = Duration.ofMillis(millis);
    if (time.toMinutes() == 0) {
      return time.toSeconds() + " s";
    }
    if (time.toHours() == 0) {
      return two(time.toMinutes(), "min", time.toSecondsPart(), "s");
    }
    return time.toDays() == 0
        ? two(time.toHours(), "h", time.toMinutesPart(), "min")
        : two(time.toDays(), "d", time.toHoursPart(), "h");
  }

  private static String two(long great, String greatUnit, long small, String smallUnit) {
    return great + " " + greatUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
  }

  /** The time of day where one is here; with the day if it is more than 20 hours from {@code now}. */
  public static String time(long atMillis, long now) {
    boolean isNear = Math.abs(now - atMillis) < Duration.ofHours(20).toMillis();
    return (isNear ? TIME : DAY).format(Instant.ofEpochMilli(atMillis));
  }

  /** {@code 1,234/s}; with a decimal below 10. */
  public static String rate(double perSecond) {
    return perSecond(perSecond) + "/s";
  }

  /** As {@link #rate}, where the heading has the unit. */
  public static String perSecond(double perSecond) {
    return String.format(Locale.ROOT, perSecond < 10 ? "%,.1f" : "%,.0f", perSecond);
  }
}
