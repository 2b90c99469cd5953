package dev.larder.showcase.start;

import java.util.regex.Pattern;

/** Addresses as they may be shown and logged. */
final class Masked {
  private static final Pattern USER_INFO = Pattern.compile("(//)([^/?#]*)@");
  private static final Pattern PARAMETER = Pattern.compile("(?i)(password=)[^&\\s]*");

  private Masked() {}

  /** The address with {@code ***} wherever a password stands or may stand. */
  static String address(String address) {
    String masked =
        USER_INFO.matcher(address).replaceAll(found -> "$1" + user(found.group(2)) + "***@");
    return PARAMETER.matcher(masked).replaceAll("$1***");
  }

  private static String user(String userInfo) {
    int colon = userInfo.indexOf(':');
    // Without a colon it may be a user or, in Redis addresses of old, a password: show neither.
    return colon < 0
        ? ""
        : java.util.regex.Matcher.quoteReplacement(userInfo.substring(0, colon)) + ":";
  }
}
