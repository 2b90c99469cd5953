package dev.larder.showcase.start;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where the database is, as {@code DATABASE_URL} says it: {@code postgres://user:password@host:5432/name}
 * or {@code jdbc:postgresql://host:5432/name?user=…&password=…}.
 *
 * @param url the value itself, with password
 * @param jdbcUrl without user and password, unless they stood in its parameters
 * @param user null to leave it to the driver
 * @param password null for none
 * @param shown the value as it may be shown to people
 */
public record DatabaseAddress(
    String url,
    String jdbcUrl,
    @Nullable String user,
    @Nullable String password,
    String shown) {
  /** The environment variable. */
  public static final String VARIABLE = "DATABASE_URL";

  private static final int GREATEST_PORT = 65_535;
  private static final String FORMS =
      "postgres://user:password@host:5432/name or jdbc:postgresql://host:5432/name";
  private static final String ACTION = "Set "
      + VARIABLE
      + " to the address of a PostgreSQL database you may create a schema in, or run"
      + " ./larder demo, which starts one by itself.";

  /**
   * Reads the variable.
   *
   * @throws StartFailure if it is missing, empty or has another form
   */
  public static DatabaseAddress parse(@Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new StartFailure(VARIABLE + " is not set, must be " + FORMS + ".", ACTION, null);
    }
    String text = value.strip();
    String shown = Masked.address(text);
    if (text.startsWith("jdbc:postgresql:")) {
      return new DatabaseAddress(text, text, null, null, shown);
    }
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw wrong(shown, "it is not an address: " + e.getReason());
    }
    String scheme = uri.getScheme();
    if (!"postgres".equals(scheme) && !"postgresql".equals(scheme)) {
      throw wrong(shown, "it begins with neither postgres:// nor jdbc:postgresql:");
    }
    if (uri.getHost() == null) {
      throw wrong(shown, "it names no host");
    }
    if (uri.getPort() > GREATEST_PORT) {
      throw wrong(shown, "its port is " + uri.getPort() + ", more than " + GREATEST_PORT);
    }
    String name = uri.getPath();
    if (name == null || name.length() < 2) {
      throw wrong(shown, "it names no database");
    }
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String url = "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query;
    String userInfo = uri.getRawUserInfo();
    if (userInfo == null) {
      return new DatabaseAddress(text, url, null, null, shown);
    }
    int colon = userInfo.indexOf(':');
    return colon < 0
        ? new DatabaseAddress(text, url, decoded(userInfo), null, shown)
        : new DatabaseAddress(
            text,
            url,
            decoded(userInfo.substring(0, colon)),
            decoded(userInfo.substring(colon + 1)),
            shown);
  }

  /** The failure to tell when the server behind the address refuses. */
  StartFailure refused(String why, Throwable cause) {
    return new StartFailure(VARIABLE + " is " + shown + ": " + why + ".", ACTION, cause);
  }

  @Override
  public String toString() {
    return shown;
  }

  private static StartFailure wrong(String shown, String why) {
    return new StartFailure(
        VARIABLE + " is " + shown + ", must be " + FORMS + ": " + why + ".", ACTION, null);
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
