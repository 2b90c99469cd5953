package dev.larder.showcase.halfnote.domain;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A picture drawn from two choices, so that no file has to be stored or served.
 *
 * <p>Shape of the text form: {@code shape-hue}, for example {@code ring-210}.
 *
 * @param shape one of {@link #SHAPES}
 * @param hue degrees on the colour circle, 0 to 359
 */
public record Avatar(String shape, int hue) {
  /** The shapes that can be drawn. */
  public static final List<String> SHAPES =
      List.of("ring", "disc", "note", "bars", "wave", "star", "grid", "moon");

  private static final Pattern TEXT = Pattern.compile("([a-z]{1,10})-(\\d{1,3})");

  /** The avatar a text names, or empty when the shape is unknown or the hue is over 359. */
  public static Optional<Avatar> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches() || !SHAPES.contains(parts.group(1))) {
      return Optional.empty();
    }
    int hue = Integer.parseInt(parts.group(2));
    return hue > 359 ? Optional.empty() : Optional.of(new Avatar(parts.group(1), hue));
  }

  @Override
  public String toString() {
    return shape + "-" + hue;
  }
}
