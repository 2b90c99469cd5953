package dev.larder.showcase.start;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis or Valkey is, as {@code REDIS_URL} or {@code VALKEY_URL} says it: {@code
 * redis://user:password@host:6379/0}, or {@code rediss://} for TLS.
 *
 * @param url the value itself, with password
 * @param shown the value as it may be shown to people
 * @param variable the environment variable it came from
 */
public record RedisAddress(String url, String shown, String variable) {
  private static final int GREATEST_PORT = 65_535;
  private static final String FORM = "redis://user:password@host:6379/0 or rediss://…";

  /**
   * Reads the variables.
   *
   * @return empty if neither is set: the database tier is used alone
   * @throws StartFailure if a value has another form, or if both are set and differ
   */
  public static Optional<RedisAddress> parse(@Nullable String redis, @Nullable String valkey) {
    Optional<RedisAddress> first = one("REDIS_URL", redis);
    Optional<RedisAddress> second = one("VALKEY_URL", valkey);
    if (first.isPresent()
        && second.isPresent()
        && !Objects.equals(first.get().url(), second.get().url())) {
      throw new StartFailure(
          "REDIS_URL is "
              + first.get().shown()
              + " and VALKEY_URL is "
              + second.get().shown()
              + ": they name different servers.",
          "Set one of the two.",
          null);
    }
    return first.isPresent() ? first : second;
  }

  private static Optional<RedisAddress> one(String variable, @Nullable String value) {
    if (value == null || value.isBlank()) {
      return Optional.empty();
    }
    String text = value.strip();
    String shown = Masked.address(text);
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw wrong(variable, shown, "it is not an address: " + e.getReason());
    }
    String scheme = Objects.requireNonNullElse(uri.getScheme(), "");
    if (scheme.equals("valkey") || scheme.equals("valkeys")) {
      text = "redis" + text.substring("valkey".length());
    } else if (!scheme.equals("redis") && !scheme.equals("rediss")) {
      throw wrong(variable, shown, "it begins with neither redis:// nor rediss://");
    }
    if (uri.getHost() == null) {
      throw wrong(variable, shown, "it names no host");
    }
    if (uri.getPort() > GREATEST_PORT) {
      throw wrong(variable, shown, "its port is " + uri.getPort() + ", more than " + GREATEST_PORT);
    }
    String path = Objects.requireNonNullElse(uri.getPath(), "");
    if (!path.matches("/?|/\\d{1,4}")) {
      throw wrong(variable, shown, "what stands behind the host must be the number of a database");
    }
    return Optional.of(new RedisAddress(text, shown, variable));
  }

  @Override
  public String toString() {
    return shown;
  }

  private static StartFailure wrong(String variable, String shown, String why) {
    return new StartFailure(
        variable + " is " + shown + ", must be " + FORM + ": " + why + ".",
        "Correct "
            + variable
            + ", or leave it out: ./larder demo then starts a Redis by itself, and the showcase alone"
            + " works with the database tier.",
        null);
  }
}
