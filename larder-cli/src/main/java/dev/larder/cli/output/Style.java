package dev.larder.cli.output;

/** How text stands out on a terminal. Colour only repeats what the words say. */
public enum Style {
  /** As it is. */
  PLAIN(""),
  /** Something to look at first. */
  BOLD("1"),
  /** Something of little weight. */
  FAINT("2"),
  /** Well. */
  GOOD("32"),
  /** Not quite well. */
  WARNING("33"),
  /** Wrong. */
  BAD("31");

  private final String code;

  Style(String code) {
    this.code = code;
  }

  /** The text in this style for a terminal that shows colours, and as it is for any other. */
  String paint(String text, boolean isColoured) {
    return !isColoured || this == PLAIN || text.isEmpty()
        ? text
        : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
