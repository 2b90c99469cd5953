package dev.larder.showcase.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Says how long ago something was: by the clock for a day, by the date after that. */
public final class Ago {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private final Instant now;

  /** Reckons from the clock's present moment. */
  public Ago(Clock clock) {
    now = clock.instant();
  }

  /** Words such as {@code just now}, {@code 5 min ago}, {@code 3 h ago} or {@code 4 Mar 2025}. */
  public String of(Instant moment) {
    Duration past = Duration.between(moment, now);
    if (past.toMinutes() < 1) {
      return "just now";
    }
    if (past.toHours() < 1) {
      return past.toMinutes() + " min ago";
    }
    return past.toDays() < 1 ? past.toHours() + " h ago" : DATE.format(moment);
  }
}
