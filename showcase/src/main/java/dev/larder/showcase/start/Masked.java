package dev.larder.showcase.start;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses as they may be shown and logged. */
final class Masked {
  // Up to the last "@", since a password that is not encoded may hold any character.
  private static final Pattern USER_INFO = Pattern.compile("(?s)^([A-Za-z][\\w+.-]*:/{1,2})?(.*)@");
  private static final Pattern PARAMETER = Pattern.compile("(?i)(password=)[^&\\s]*");

  private Masked() {}

  /** The address with {@code ***} wherever a password stands or may stand, in well-formed ones or not. */
  static String address(String address) {
    // A JDBC address has its password among the parameters, where a user may have an "@" in the
    // name.
    int parameters = address.startsWith("jdbc:") ? address.indexOf('?') : -1;
    int end = parameters < 0 ? address.length() : parameters;
    String masked = USER_INFO
        .matcher(address.substring(0, end))
        .replaceAll(found -> Matcher.quoteReplacement(
            (found.group(1) == null ? "" : found.group(1)) + user(found.group(2)) + "***@"));
    return PARAMETER.matcher(masked + address.substring(end)).replaceAll("$1***");
  }

  private static String user(String userInfo) {
    int colon = userInfo.indexOf(':');
    // Without a colon it may be a user or, in Redis addresses of old, a password: show neither.
    return colon < 0 ? "" : userInfo.substring(0, colon) + ":";
  }
}
