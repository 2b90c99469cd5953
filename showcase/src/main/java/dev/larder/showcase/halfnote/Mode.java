package dev.larder.showcase.halfnote;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which of three versions answers a request. All answer the same; they differ in cost. */
public enum Mode {
  /** One statement per line and thing, no cache. */
  NAIVE,
  /** A few statements, no cache. */
  OPTIMISED,
  /** The optimised statements behind Larder. */
  LARDER;

  /** The request header that chooses. */
  public static final String HEADER = "X-Halfnote-Mode";

  /** The request parameter that chooses where there is no header, for links between pages. */
  public static final String PARAMETER = "mode";

  /** The words for all of them. */
  public static final String WORDS = "naive, optimised or larder";

  /** The word in header and property. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The mode a word names, or empty. */
  public static Optional<Mode> of(String word) {
    return Arrays.stream(values()).filter(mode -> mode.word().equals(word)).findFirst();
  }
}
