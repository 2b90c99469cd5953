package dev.larder.internal.advise;

import dev.larder.key.KeyEncoder;
import java.util.regex.Pattern;

/** Tells keys that nobody is likely to ask for again by their parts: times to the second, random ids. */
public final class KeyNames {

  /** A UUID; seconds or milliseconds since 1970 of the years 2017 to 2033; a date with a time of day. */
  private static final Pattern VOLATILE = Pattern.compile("(?<![0-9A-Za-z])(?:"
      + "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
      + "|1[5-9]\\d{8}(?:\\d{3})?L?"
      + "|20\\d\\d-\\d\\d-\\d\\dT\\d\\d(?:%3A|:)?\\d\\d[^:,]*"
      + ")(?![0-9A-Za-z])");

  private final KeyEncoder keys;

  public KeyNames(KeyEncoder keys) {
    this.keys = keys;
  }

  boolean isVolatile(Object key) {
    String slot = keys.encodeSlot(key);
    return isVolatile(slot.substring(Math.min(slot.length(), keys.base().length())));
  }

  /** Whether the parts of a slot key have such a part among them. */
  static boolean isVolatile(String parts) {
    return VOLATILE.matcher(parts).find();
  }
}
