package dev.larder.key;

import java.util.HexFormat;

/**
 * Text inside slot keys.
 *
 * <p>Escaping works on UTF-16 units and is decided by fixed ranges, never by the running JDK's
 * Unicode tables: two nodes on different JDKs must name the same slot.
 */
final class KeyText {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final String STRUCTURAL = ":%*?[]\\{}(),";
  private static final boolean[] ESCAPED = new boolean[128];

  static {
    for (int c = 0; c <= ' '; c++) {
      ESCAPED[c] = true;
    }
    ESCAPED[0x7F] = true;
    for (int i = 0; i < STRUCTURAL.length(); i++) {
      ESCAPED[STRUCTURAL.charAt(i)] = true;
    }
  }

  private KeyText() {}

  /**
   * Appends a string part. It stands as it is, except that one which begins like another kind of
   * part (a digit, {@code -}, {@code ~}), with the mark itself, or not at all is marked with a
   * leading {@code '}.
   */
  static void string(StringBuilder out, String text) {
    if (text.isEmpty() || needsMark(text.charAt(0))) {
      out.append('\'');
    }
    escaped(out, text);
  }

  private static boolean needsMark(char first) {
    return (first >= '0' && first <= '9') || first == '-' || first == '~' || first == '\'';
  }

  /** Appends text with everything escaped that has a meaning in keys, in globs or on terminals. */
  static void escaped(StringBuilder out, String text) {
    int done = 0;
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < 128) {
        if (!ESCAPED[c]) {
          continue;
        }
      } else if (Character.isHighSurrogate(c)
          && i + 1 < length
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
        continue;
      } else if (!escapedAboveAscii(c)) {
        continue;
      }
      out.append(text, done, i);
      escape(out, c);
      done = i + 1;
    }
    out.append(text, done, length);
  }

  private static void escape(StringBuilder out, char c) {
    if (c < 128) {
      out.append('%').append(HEX.toHexDigits((byte) c));
    } else {
      out.append("%u").append(HEX.toHexDigits(c));
    }
  }

  /** Surrogates (only lone ones come here), C1 controls, and what reorders, breaks or hides text. */
  private static boolean escapedAboveAscii(char c) {
    return Character.isSurrogate(c)
        || c <= 0xA0
        || c == 0xAD
        || c == 0x61C
        || (c >= 0x2000 && c <= 0x200F)
        || (c >= 0x2028 && c <= 0x202F)
        || (c >= 0x205F && c <= 0x206F)
        || c == 0x3000
        || c == 0xFEFF
        || c >= 0xFFF0;
  }

  /** Whether the text takes more than the given bytes in UTF-8. */
  static boolean longerThan(CharSequence text, int bytes) {
    int length = text.length();
    if (length > bytes) {
      return true;
    }
    if (length * 3L <= bytes) {
      return false;
    }
    int size = length;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        // Each half of a pair adds one: four bytes for two chars.
        size += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
      }
    }
    return size > bytes;
  }

  /** A short, harmless form of a wrong name, for messages. */
  static String shown(String name) {
    StringBuilder out = new StringBuilder();
    escaped(out, name.length() > 80 ? name.substring(0, 80) + "…" : name);
    return out.toString();
  }
}
