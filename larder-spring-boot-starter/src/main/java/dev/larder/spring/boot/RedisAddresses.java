package dev.larder.spring.boot;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** Where Redis is, as far as the environment of the application says. */
final class RedisAddresses {

  private static final List<String> BY_NAME =
      List.of("REDIS_URL", "VALKEY_URL", "spring.data.redis.url");

  private RedisAddresses() {}

  /**
   * An address and who gave it.
   *
   * @param url may have a password in it
   * @param from name of the property
   */
  record Found(String url, String from) {

    @Override
    public String toString() {
      return plain(url);
    }

    /** Without user, password and options. */
    static String plain(String url) {
      String bare = url.replaceFirst("[?#].*", "");
      int at = bare.lastIndexOf('@');
      int start = bare.indexOf("://");
      return at < 0 || start < 0 ? bare : bare.substring(0, start + 3) + bare.substring(at + 1);
    }
  }

  /** The first address that is set, or null. */
  static @Nullable Found find(LarderProperties.Redis properties, Environment environment) {
    if (!properties.enabled()) {
      return null;
    }
    if (StringUtils.hasText(properties.url())) {
      return new Found(properties.url(), "larder.redis.url");
    }
    for (String name : BY_NAME) {
      String url = environment.getProperty(name);
      if (StringUtils.hasText(url)) {
        return new Found(url, name);
      }
    }
    String host = environment.getProperty("spring.data.redis.host");
    return StringUtils.hasText(host)
        ? new Found(ofParts(host, environment), "spring.data.redis.host")
        : null;
  }

  private static String ofParts(String host, Environment environment) {
    String user = environment.getProperty("spring.data.redis.username", "");
    String password = environment.getProperty("spring.data.redis.password", "");
    boolean isTls = environment.getProperty("spring.data.redis.ssl.enabled", Boolean.class, false);
    String database = environment.getProperty("spring.data.redis.database", "0");
    String credentials = password.isEmpty()
        ? ""
        : (user.isEmpty() ? "" : encoded(user)) + ":" + encoded(password) + "@";
    return (isTls ? "rediss://" : "redis://")
        + credentials
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + environment.getProperty("spring.data.redis.port", "6379")
        + (database.equals("0") ? "" : "/" + database);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
