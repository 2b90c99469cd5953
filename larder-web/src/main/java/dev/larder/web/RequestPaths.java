package dev.larder.web;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Looks at raw request paths. */
final class RequestPaths {

  private static final String RAW = "-._~!$&'()*+,=:@/";
  private static final String NEVER_ENCODED = "-._~/\\%;";

  private RequestPaths() {}

  /**
   * Whether a path can be read in one way only: no path parameters, no encoded delimiters, dots or
   * letters, no controls, no empty or dot segments, no bytes that are not UTF-8. Others reach their
   * handler and nothing of them is stored, whoever would read them in which way.
   */
  static boolean isPlain(String path) {
    if (!path.startsWith("/") || path.contains("//") || hasDotSegment(path)) {
      return false;
    }
    ByteArrayOutputStream decoded = new ByteArrayOutputStream();
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '%') {
        int value = i + 2 < path.length() ? hex(path.charAt(i + 1), path.charAt(i + 2)) : -1;
        if (value < ' ' || value == 0x7f || isNeverEncoded((char) value)) {
          return false;
        }
        decoded.write(value);
        i += 2;
      } else if (isLetterOrDigit(c) || RAW.indexOf(c) >= 0) {
        decoded.write(c);
      } else {
        return false;
      }
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded.toByteArray()));
      return true;
    } catch (CharacterCodingException notText) {
      return false;
    }
  }

  private static boolean hasDotSegment(String path) {
    for (String segment : path.split("/", -1)) {
      if (segment.equals(".") || segment.equals("..")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNeverEncoded(char c) {
    return isLetterOrDigit(c) || NEVER_ENCODED.indexOf(c) >= 0;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static int hex(char high, char low) {
    int value = Character.digit(high, 16);
    int other = Character.digit(low, 16);
    return value < 0 || other < 0 ? -1 : value * 16 + other;
  }
}
