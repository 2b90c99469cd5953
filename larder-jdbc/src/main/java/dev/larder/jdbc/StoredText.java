package dev.larder.jdbc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Java's texts as PostgreSQL can hold them: it has no character 0 and no lone surrogates, and an index
 * takes no more than about 2,600 bytes.
 *
 * <p>U+0001 begins an escape: {@code 0} stands for U+0000, {@code 1} for U+0001 itself, {@code s} and
 * four hexadecimal digits for a surrogate, {@code #} for a hash. Different texts stay different.
 */
final class StoredText {

  private static final char ESCAPE = '\u0001';

  /** At most three bytes each in UTF-8. */
  private static final int MARKER_CHARS = 700;

  private static final int KEPT_CHARS = 100;

  private StoredText() {}

  /** The form in the database; nearly always the text itself. */
  static String of(String text) {
    int first = firstToEscape(text, 0);
    if (first < 0) {
      return text;
    }
    StringBuilder stored = new StringBuilder(text.length() + 16);
    int from = 0;
    for (int at = first; at >= 0; at = firstToEscape(text, from)) {
      char c = text.charAt(at);
      stored.append(text, from, at).append(ESCAPE);
      if (c <= ESCAPE) {
        stored.append((char) ('0' + c));
      } else {
        stored.append('s').append(HexFormat.of().toHexDigits(c));
      }
      from = at + 1;
    }
    return stored.append(text, from, text.length()).toString();
  }

  /** The text that {@link #of} made this of. */
  static String back(String stored) {
    int at = stored.indexOf(ESCAPE);
    if (at < 0) {
      return stored;
    }
    StringBuilder text = new StringBuilder(stored.length());
    int from = 0;
    while (at >= 0) {
      text.append(stored, from, at);
      if (stored.charAt(at + 1) == 's') {
        text.append((char) HexFormat.fromHexDigits(stored, at + 2, at + 6));
        from = at + 6;
      } else {
        text.append((char) (stored.charAt(at + 1) - '0'));
        from = at + 2;
      }
      at = stored.indexOf(ESCAPE, from);
    }
    return text.append(stored, from, stored.length()).toString();
  }

  /** The form of a marker's name: a long one keeps its beginning, for people, and a hash. */
  static String marker(String name) {
    String stored = of(name);
    if (stored.length() <= MARKER_CHARS) {
      return stored;
    }
    // Escapes may be cut and nobody minds: such a name is not turned back.
    return of(stored.substring(0, KEPT_CHARS)) + ESCAPE + '#' + hash(name, 32);
  }

  /** The first bytes of a text's SHA-256 in hexadecimal digits; surrogates count as they are. */
  static String hash(String text, int bytes) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(of(text).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static int firstToEscape(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ESCAPE) {
        return i;
      }
      if (Character.isSurrogate(c)) {
        if (Character.isHighSurrogate(c)
            && i + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(i + 1))) {
          i++;
        } else {
          return i;
        }
      }
    }
    return -1;
  }
}
