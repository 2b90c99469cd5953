package dev.larder.internal.advise;

import java.util.Locale;

/** Figures as an adviser writes them. */
public final class Words {

  private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB"};
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private Words() {}

  /** {@code 12,345}. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** {@code 46.1} of 0.461. */
  public static String points(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  /** {@code 1.6 %} of 0.016. */
  public static String percent(double share) {
    double points = 100 * share;
    return points >= 99.95
        ? "100 %"
        : String.format(Locale.ROOT, points < 0.1 ? "%.3f %%" : "%.1f %%", points);
  }

  /** {@code 270 MB}. */
  public static String bytes(long bytes) {
    double rest = bytes;
    int unit = 0;
    while (rest >= 1_000 && unit < UNITS.length - 1) {
      rest /= 1_000;
      unit++;
    }
    return String.format(
        Locale.ROOT, rest < 10 && unit > 0 ? "%.1f %s" : "%.0f %s", rest, UNITS[unit]);
  }

  /** {@code 5 min}, {@code 90 s}: the largest unit that divides it, if there is one near. */
  public static String time(long millis) {
    if (millis >= DAY && millis % HOUR == 0) {
      return millis % DAY == 0 ? millis / DAY + " d" : millis / HOUR + " h";
    }
    if (millis >= HOUR && millis % MINUTE == 0) {
      return millis % HOUR == 0 ? millis / HOUR + " h" : millis / MINUTE + " min";
    }
    if (millis >= MINUTE && millis % MINUTE == 0) {
      return millis / MINUTE + " min";
    }
    return millis >= SECOND && millis % SECOND == 0
        ? millis / SECOND + " s"
        : millis >= 10 * SECOND ? Math.round(millis / 1e3) + " s" : millis + " ms";
  }

  /** {@code 14 min}: about. */
  public static String about(long millis) {
    if (millis >= 2 * DAY) {
      return millis / DAY + " d";
    }
    if (millis >= 2 * HOUR) {
      return millis / HOUR + " h";
    }
    return millis >= 2 * MINUTE ? millis / MINUTE + " min" : millis / SECOND + " s";
  }

  /** {@code 1m}: as Spring Boot reads a time. */
  public static String setting(long millis) {
    if (millis % DAY == 0) {
      return millis / DAY + "d";
    }
    if (millis % HOUR == 0) {
      return millis / HOUR + "h";
    }
    if (millis % MINUTE == 0) {
      return millis / MINUTE + "m";
    }
    return millis % SECOND == 0 ? millis / SECOND + "s" : millis + "ms";
  }
}
