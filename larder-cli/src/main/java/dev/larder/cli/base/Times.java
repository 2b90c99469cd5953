package dev.larder.cli.base;

import dev.larder.cli.exit.Fault;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads times as people write them. */
public final class Times {

  private static final Duration LONGEST = Duration.ofDays(3_650);
  private static final Pattern SIMPLE = Pattern.compile("(\\d{1,15})(ms|s|m|h|d)");

  private Times() {}

  /**
   * The time.
   *
   * @throws Fault if it is none, or not 1 ms to ten years
   */
  public static Duration parse(String option, String text) {
    Duration time = read(text.strip().toLowerCase(Locale.ROOT));
    if (time.compareTo(Duration.ofMillis(1)) < 0 || time.compareTo(LONGEST) > 0) {
      throw Fault.usage(
          option + " is " + text + ", must be a time of 1ms to 3650d",
          "for example 500ms, 30s, 5m, 2h or 1d");
    }
    return time;
  }

  /**
   * A moment of the last day: a time of day where one is here, the last such before {@code now}, or how
   * long ago.
   *
   * @param now milliseconds since 1970
   * @return milliseconds since 1970
   * @throws Fault if it is neither
   */
  public static long moment(String option, String text, long now) {
    try {
      ZonedDateTime here = Instant.ofEpochMilli(now).atZone(ZoneId.systemDefault());
      ZonedDateTime then = here.with(LocalTime.parse(text.strip()));
      return (then.isAfter(here) ? then.minusDays(1) : then).toInstant().toEpochMilli();
    } catch (DateTimeParseException noTimeOfDay) {
      Duration ago = read(text.strip().toLowerCase(Locale.ROOT));
      if (ago.isZero() || ago.isNegative() || ago.compareTo(LONGEST) > 0) {
        throw Fault.usage(
            option + " is " + text + ", must be a time of day or how long ago",
            "for example 14:02, 14:02:30 or 10m");
      }
      return now - ago.toMillis();
    }
  }

  /**
   * A moment as {@link #moment}, behind another: a time of day is the first such after that, which may be
   * to come.
   */
  public static long momentAfter(long earlier, String option, String text, long now) {
    long then = moment(option, text, now);
    boolean isTimeOfDay = text.contains(":");
    return isTimeOfDay && then <= earlier ? then + Duration.ofDays(1).toMillis() : then;
  }

  private static Duration read(String text) {
    Matcher simple = SIMPLE.matcher(text);
    try {
      if (!simple.matches()) {
        return Duration.parse(text);
      }
      long amount = Long.parseLong(simple.group(1));
      return switch (simple.group(2)) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        case "h" -> Duration.ofHours(amount);
        default -> Duration.ofDays(amount);
      };
    } catch (DateTimeParseException | ArithmeticException e) {
      return Duration.ZERO;
    }
  }
}
