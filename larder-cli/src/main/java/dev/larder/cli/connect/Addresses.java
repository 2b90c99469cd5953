package dev.larder.cli.connect;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses of servers with and without what is secret in them. */
final class Addresses {

  // scheme://user:password@rest. A password ought to be percent-encoded; one that is not may hold
  // '/'
  // and '@' and must not be shown either, so all up to the last '@' before the parameters is taken.
  private static final Pattern USER_PASSWORD =
      Pattern.compile("^([A-Za-z0-9+.:-]+?://)([^:@/?]*)(?::([^?]*))?@([^?@]*(?:[?].*)?)$");
  private static final Pattern PARAMETER =
      Pattern.compile("([?&;])((?i:[a-z]*password|[a-z]*secret))=([^&;]*)");

  private Addresses() {}

  /** Whether a password stands in the address. */
  static boolean hasPassword(String address) {
    Matcher matcher = USER_PASSWORD.matcher(address);
    return (matcher.matches() && matcher.group(3) != null && !matcher.group(3).isEmpty())
        || PARAMETER.matcher(address).find();
  }

  /** Whether a user stands in the address. */
  static boolean hasUser(String address) {
    return USER_PASSWORD.matcher(address).matches() || address.matches(".*[?&]user=.*");
  }

  /** The address for people. */
  static String shown(String address) {
    Matcher matcher = USER_PASSWORD.matcher(address);
    String bare = matcher.matches() ? matcher.group(1) + matcher.group(4) : address;
    return PARAMETER.matcher(bare).replaceAll("$1$2=…");
  }

  /** The address with a user and a password, where these are given and it has none of its own. */
  static String with(String address, @Nullable String user, @Nullable String password) {
    boolean isOdd = !address.startsWith("jdbc:") && !address.contains("://");
    if (isOdd || hasPassword(address) || (user == null && password == null)) {
      return address;
    }
    if (address.startsWith("jdbc:")) {
      String named = user == null ? address : parameter(address, "user", user);
      return password == null ? named : parameter(named, "password", password);
    }
    Matcher matcher = USER_PASSWORD.matcher(address);
    boolean hasUser = matcher.matches();
    String scheme = hasUser ? matcher.group(1) : address.substring(0, address.indexOf("://") + 3);
    String own = hasUser ? matcher.group(2) : "";
    String rest = hasUser ? matcher.group(4) : address.substring(scheme.length());
    String name = user == null ? own : encoded(user);
    return scheme + name + (password == null ? "" : ":" + encoded(password)) + "@" + rest;
  }

  private static String parameter(String address, String name, String value) {
    return address + (address.contains("?") ? "&" : "?") + name + "=" + encoded(value);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
