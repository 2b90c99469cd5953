package dev.larder.jdbc;

import dev.larder.ConfigurationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is, as the driver wants to hear it.
 *
 * @param url {@code jdbc:postgresql:…}; may hold a password in its parameters
 * @param user given apart from the URL, or null
 * @param password given apart from the URL, or null
 */
record Address(String url, @Nullable String user, @Nullable String password) {

  private static final String JDBC = "jdbc:postgresql:";

  /**
   * Reads {@code jdbc:postgresql:…} as it is, and {@code postgres://user:password@host:port/database?…}
   * (also {@code postgresql://}); null if the address has another scheme.
   *
   * @throws ConfigurationException if the address is wrong; its message holds no password
   */
  static @Nullable Address parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.startsWith(JDBC)) {
      return new Address(JDBC + text.substring(JDBC.length()), null, null);
    }
    if (!lower.startsWith("postgres://") && !lower.startsWith("postgresql://")) {
      return null;
    }
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw wrong("it is not a URI: " + e.getReason());
    }
    String host = uri.getHost();
    String path = uri.getRawPath();
    if (host == null) {
      throw wrong("it names no host");
    }
    if (path == null || path.length() < 2) {
      throw wrong("it names no database on " + host);
    }
    StringBuilder url = new StringBuilder(JDBC).append("//").append(host);
    if (uri.getPort() >= 0) {
      url.append(':').append(uri.getPort());
    }
    url.append(path);
    if (uri.getRawQuery() != null) {
      url.append('?').append(uri.getRawQuery());
    }
    String info = uri.getRawUserInfo();
    if (info == null) {
      return new Address(url.toString(), null, null);
    }
    int colon = info.indexOf(':');
    return colon < 0
        ? new Address(url.toString(), decode(info), null)
        : new Address(
            url.toString(), decode(info.substring(0, colon)), decode(info.substring(colon + 1)));
  }

  static ConfigurationException wrong(String why) {
    return new ConfigurationException("database address: " + why
        + "; expected postgres://user:password@host:port/database or jdbc:postgresql://…");
  }

  /** Host, port and database of a URL, without the parameters that may hold a password; empty of null. */
  static String shown(@Nullable String url) {
    String known = url == null ? "" : url;
    int parameters = known.indexOf('?');
    String place = parameters < 0 ? known : known.substring(0, parameters);
    return place.substring(place.startsWith(JDBC + "//") ? JDBC.length() + 2 : 0);
  }

  /** Leaves the secrets out. */
  @Override
  public String toString() {
    int parameters = url.indexOf('?');
    return parameters < 0 ? url : url.substring(0, parameters) + "?…";
  }

  private static String decode(String part) {
    // A plus sign stands for itself in this part of a URI.
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
