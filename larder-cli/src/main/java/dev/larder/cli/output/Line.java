package dev.larder.cli.output;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of words.
 *
 * @param spans its parts, in order
 */
public record Line(List<Span> spans) implements Block {

  /**
   * A part of a line in one style.
   *
   * @param text what it says
   * @param style how
   */
  public record Span(String text, Style style) {}

  /** Copies. */
  public Line {
    spans = List.copyOf(spans);
  }

  /** A line in one style. */
  public static Line of(String text, Style style) {
    return new Line(List.of(new Span(text, style)));
  }

  /** A plain line. */
  public static Line of(String text) {
    return of(text, Style.PLAIN);
  }

  /** An empty line. */
  public static Line empty() {
    return new Line(List.of());
  }

  /** This line and more. */
  public Line and(String text, Style style) {
    List<Span> all = new ArrayList<>(spans);
    all.add(new Span(text, style));
    return new Line(all);
  }

  @Override
  public List<String> lines(boolean isColoured) {
    StringBuilder text = new StringBuilder();
    for (Span span : spans) {
      text.append(span.style().paint(VisibleText.of(span.text()), isColoured));
    }
    return List.of(text.toString());
  }
}
