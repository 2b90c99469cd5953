package dev.larder.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Dates in HTTP fields, in the three forms of RFC 9110, section 5.6.7. */
final class HttpDates {

  private static final DateTimeFormatter FIXED = DateTimeFormatter.ofPattern(
          "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
      .withZone(ZoneOffset.UTC);

  private static final List<DateTimeFormatter> FORMS = List.of(
      form(new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'")),
      form(new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendPattern("EEEE, dd-MMM-")
          .appendValueReduced(ChronoField.YEAR, 2, 2, 1970)
          .appendPattern(" HH:mm:ss 'GMT'")),
      form(new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendPattern("EEE MMM ppd HH:mm:ss uuuu")));

  private HttpDates() {}

  /** The day of the week says nothing that the date does not. */
  private static DateTimeFormatter form(DateTimeFormatterBuilder form) {
    return form.toFormatter(Locale.US)
        .withZone(ZoneOffset.UTC)
        .withResolverStyle(ResolverStyle.STRICT)
        .withResolverFields(
            ChronoField.YEAR,
            ChronoField.MONTH_OF_YEAR,
            ChronoField.DAY_OF_MONTH,
            ChronoField.HOUR_OF_DAY,
            ChronoField.MINUTE_OF_HOUR,
            ChronoField.SECOND_OF_MINUTE);
  }

  /** The form that is sent. */
  static String format(long millis) {
    return FIXED.format(Instant.ofEpochMilli(millis));
  }

  /** Milliseconds since 1970; empty if the text is not a date. */
  static OptionalLong parse(String text) {
    String date = text.strip();
    for (DateTimeFormatter form : FORMS) {
      try {
        return OptionalLong.of(ZonedDateTime.parse(date, form).toInstant().toEpochMilli());
      } catch (DateTimeException other) {
        // The next form may fit.
      }
    }
    return OptionalLong.empty();
  }
}
