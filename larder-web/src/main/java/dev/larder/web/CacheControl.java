package dev.larder.web;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The directives of {@code Cache-Control}: RFC 9111, section 5.2. Immutable.
 *
 * <p>What can be read in two ways is read in the stricter one: of two lifetimes the shorter counts, a
 * lifetime that is no number is 0, and a directive limited to some fields holds for the response.
 */
final class CacheControl {

  /** What Spring Security sends with every response unless told otherwise. */
  private static final Map<String, String> SECURITY_DEFAULT =
      Map.of("no-cache", "", "no-store", "", "max-age", "0", "must-revalidate", "");

  /** RFC 9111, section 1.2.2: at least so many seconds are representable. */
  private static final long MOST_SECONDS = Integer.MAX_VALUE;

  private final Map<String, String> directives;
  private final boolean isTargeted;

  private CacheControl(Map<String, String> directives, boolean isTargeted) {
    this.directives = directives;
    this.isTargeted = isTargeted;
  }

  /**
   * What a response says to this cache: a targeted field goes before all others.
   *
   * @param targeted name of the field that this cache listens to; empty for none
   */
  static CacheControl of(CapturedHead head, String targeted) {
    Map<String, String> said =
        targeted.isEmpty() ? null : TargetedControl.parse(head.values(targeted));
    return said == null ? parse(head.values("Cache-Control")) : new CacheControl(said, true);
  }

  static CacheControl parse(Collection<String> lines) {
    Map<String, String> directives = new HashMap<>();
    for (String element : FieldList.elements(lines)) {
      int equals = element.indexOf('=');
      String name = (equals < 0 ? element : element.substring(0, equals)).toLowerCase(Locale.ROOT);
      String value = equals < 0 ? "" : element.substring(equals + 1);
      directives.merge(name, value, CacheControl::stricter);
    }
    return new CacheControl(directives, false);
  }

  private static String stricter(String one, String other) {
    return seconds(one) <= seconds(other) ? one : other;
  }

  /** Whether it comes from a targeted field, so that {@code Expires} says nothing either. */
  boolean isTargeted() {
    return isTargeted;
  }

  boolean isEmpty() {
    return directives.isEmpty();
  }

  boolean has(String directive) {
    return directives.containsKey(directive);
  }

  /** The seconds of a directive; empty if it is absent, 0 if what it says is no number. */
  OptionalLong seconds(String... inOrderOfPrecedence) {
    for (String directive : inOrderOfPrecedence) {
      String value = directives.get(directive);
      if (value != null) {
        return OptionalLong.of(seconds(value));
      }
    }
    return OptionalLong.empty();
  }

  boolean isSecurityDefault() {
    return !isTargeted && directives.equals(SECURITY_DEFAULT);
  }

  private static long seconds(String value) {
    String digits = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
        ? value.substring(1, value.length() - 1)
        : value;
    if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return 0;
    }
    return digits.length() > 10 ? MOST_SECONDS : Math.min(MOST_SECONDS, Long.parseLong(digits));
  }
}
