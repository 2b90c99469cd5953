package dev.larder.console;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people and configurations write them: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code 1d}, or ISO 8601. */
final class Ttl {

  private static final Pattern SIMPLE = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|min|h|d)?");

  private Ttl() {}

  /**
   * The time; a number alone is seconds, as in the application's configuration.
   *
   * @param name of the setting, for the message
   * @throws Problem 400 if it is none
   */
  static Duration parse(String name, String text) {
    String clean = text.strip().toLowerCase(Locale.ROOT);
    Matcher simple = SIMPLE.matcher(clean);
    try {
      if (!simple.matches()) {
        return Duration.parse(clean);
      }
      long amount = Long.parseLong(simple.group(1));
      String unit = simple.group(2);
      return switch (unit == null ? "s" : unit) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m", "min" -> Duration.ofMinutes(amount);
        case "h" -> Duration.ofHours(amount);
        default -> Duration.ofDays(amount);
      };
    } catch (DateTimeParseException | ArithmeticException wrong) {
      throw Problem.wrong(
          name + ": " + Audit.line(text) + " is not a time such as 500ms, 30s, 5m, 2h or 1d");
    }
  }
}
