package dev.larder.cli.output;

import dev.larder.stats.Percent;
import org.jspecify.annotations.Nullable;

/**
 * One place of a table.
 *
 * @param shown for people
 * @param value for programs
 * @param style how it stands out
 */
public record Cell(String shown, @Nullable Object value, Style style) {

  /** Text. */
  public static Cell of(String text) {
    return new Cell(text, text, Style.PLAIN);
  }

  /** Text in a style. */
  public static Cell of(String text, Style style) {
    return new Cell(text, text, style);
  }

  /** A count. */
  public static Cell count(long count) {
    return new Cell(Figures.count(count), count, Style.PLAIN);
  }

  /** A count of which any is bad. */
  public static Cell bad(long count) {
    return new Cell(Figures.count(count), count, count > 0 ? Style.BAD : Style.PLAIN);
  }

  /** A share of 0 to 1. */
  public static Cell share(double share) {
    return new Cell(Percent.of(share), share, Style.PLAIN);
  }

  /** A number as people are shown it. */
  public static Cell number(String shown, Number value) {
    return new Cell(shown, value, Style.PLAIN);
  }
}
