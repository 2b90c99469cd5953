package dev.larder.showcase.halfnote.domain;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The last activity of a page: the next page starts after it, however much was added on top
 * meanwhile.
 *
 * <p>Shape of the text form: {@code microseconds since 1970 - id}, for example {@code
 * 1719705600000000-42}.
 *
 * @param createdAt when the last activity happened, to the microsecond
 * @param id its number, which orders activities of the same moment
 */
public record FeedCursor(Instant createdAt, long id) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,17})-(\\d{1,18})");

  /** The cursor behind an activity. */
  public static FeedCursor after(Activity activity) {
    return new FeedCursor(activity.createdAt(), activity.id());
  }

  /** The cursor a text names, or empty when it has another shape. */
  public static Optional<FeedCursor> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    long micros = Long.parseLong(parts.group(1));
    Instant at = Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000);
    return Optional.of(new FeedCursor(at, Long.parseLong(parts.group(2))));
  }

  @Override
  public String toString() {
    return createdAt.getEpochSecond() * 1_000_000 + createdAt.getNano() / 1_000 + "-" + id;
  }
}
