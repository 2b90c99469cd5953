package dev.larder.cli.output;

/**
 * Text of others, such as keys and tags, made safe to print: what would steer a terminal, move text or
 * hide itself is shown as an escape such as {@code \u001b}.
 */
public final class VisibleText {

  private VisibleText() {}

  /** The text with all that is not visible escaped; the same text if all of it is visible. */
  public static String of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return escaped(text);
      }
    }
    return text;
  }

  private static String escaped(String text) {
    StringBuilder shown = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(point -> {
      if (isHidden(point)) {
        for (char unit : Character.toChars(point)) {
          shown.append(String.format("\\u%04x", (int) unit));
        }
      } else {
        shown.appendCodePoint(point);
      }
    });
    return shown.toString();
  }

  private static boolean isHidden(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED -> true;
      default -> false;
    };
  }
}
