package dev.larder.cli.connect;

import dev.larder.cli.exit.Fault;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Properties of a Spring Boot application, and what they say of whom to ask. Its texts may hold secrets:
 * none is repeated in a message.
 */
final class ApplicationProperties {

  private static final int DEEPEST = 10;

  private final Map<String, String> properties;
  private final Map<String, String> environment;

  ApplicationProperties(Map<String, String> properties, Map<String, String> environment) {
    Map<String, String> relaxed = new LinkedHashMap<>();
    properties.forEach((name, value) -> relaxed.put(relaxed(name), value));
    this.properties = relaxed;
    this.environment = environment;
  }

  private static String relaxed(String name) {
    return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
  }

  /**
   * A property with its placeholders filled in: that of the variable by Spring's naming if there is one;
   * null if it is nowhere, or empty.
   *
   * @throws Fault if a placeholder has no value
   */
  @Nullable String get(String name) {
    String value = raw(name);
    String text = value == null ? "" : filled(name, value, 0).strip();
    return text.isEmpty() ? null : text;
  }

  private @Nullable String raw(String name) {
    String variable = name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    String value = environment.get(variable);
    return value != null ? value : properties.get(relaxed(name));
  }

  private String filled(String name, String text, int depth) {
    int from = text.indexOf("${");
    if (from < 0) {
      return text;
    }
    int end = end(text, from + 2);
    if (end < 0 || depth > DEEPEST) {
      throw Fault.usage(
          name + " of the application has a placeholder that does not end", "close it by }");
    }
    String inner = filled(name, text.substring(from + 2, end), depth + 1);
    int colon = inner.indexOf(':');
    String wanted = colon < 0 ? inner : inner.substring(0, colon);
    String found = environment.get(wanted);
    if (found == null) {
      found = raw(wanted);
    }
    if (found == null && colon < 0) {
      throw Fault.usage(
          name + " of the application needs " + said(text.substring(from + 2, end))
              + ", which is not set",
          "set the variable as for the application, or name whom to ask by --url, --redis or"
              + " --database");
    }
    String value = found == null ? inner.substring(colon + 1) : filled(name, found, depth + 1);
    return text.substring(0, from) + value + filled(name, text.substring(end + 1), depth);
  }

  /** A placeholder as it stands, if it looks like one: anything else may be a part of a secret. */
  private static String said(String inner) {
    return inner.matches("[A-Z][A-Z0-9_]*|[a-z0-9-]+([.][a-z0-9-]+)+")
        ? "${" + inner + "}"
        : "a placeholder";
  }

  /** Where the placeholder ends whose text begins here; -1 if nowhere. */
  private static int end(String text, int from) {
    int open = 1;
    for (int i = from; i < text.length(); i++) {
      if (text.startsWith("${", i)) {
        open++;
      } else if (text.charAt(i) == '}' && --open == 0) {
        return i;
      }
    }
    return -1;
  }

  private String get(String name, String usual) {
    String value = get(name);
    return value == null ? usual : value;
  }

  private boolean isOff(String name) {
    return "false".equalsIgnoreCase(get(name));
  }

  /** The same as what {@code larder.yaml} says, by its keys, and {@code token}. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    if (properties.isEmpty()) {
      return settings;
    }
    put(settings, "key-prefix", get("larder.key-prefix"));
    if ("true".equalsIgnoreCase(get("larder.console.enabled"))) {
      settings.put("url", console());
      put(settings, "token", get("larder.console.token"));
      return settings;
    }
    if (!isOff("larder.redis.enabled")) {
      put(settings, "redis", redis());
    }
    if (!isOff("larder.database.enabled")) {
      put(settings, "database", database());
    }
    return settings;
  }

  private static void put(Map<String, String> settings, String key, @Nullable String value) {
    if (value != null) {
      settings.put(key, value);
    }
  }

  private String console() {
    String scheme =
        get("server.ssl.bundle") != null || get("server.ssl.key-store") != null ? "https" : "http";
    String context = get("server.servlet.context-path", "");
    return scheme + "://localhost:" + get("server.port", "8080")
        + (context.equals("/") ? "" : context) + get("larder.console.path", "/larder");
  }

  private @Nullable String redis() {
    String url = get("larder.redis.url");
    if (url == null) {
      url = get("spring.data.redis.url");
    }
    if (url != null) {
      return url;
    }
    String host = get("spring.data.redis.host");
    if (host == null) {
      return null;
    }
    String scheme =
        "true".equalsIgnoreCase(get("spring.data.redis.ssl.enabled")) ? "rediss" : "redis";
    String database = get("spring.data.redis.database");
    return Addresses.with(
        scheme + "://" + host + ":" + get("spring.data.redis.port", "6379")
            + (database == null ? "" : "/" + database),
        get("spring.data.redis.username"),
        get("spring.data.redis.password"));
  }

  private @Nullable String database() {
    String own = get("larder.database.url");
    String url = own == null ? get("spring.datasource.url") : own;
    // The database tier is one of PostgreSQL; what else an application reads from is its own
    // affair.
    boolean isKnown =
        url != null && (url.startsWith("jdbc:postgresql:") || url.startsWith("postgres"));
    if (url == null || !isKnown) {
      return null;
    }
    return Addresses.with(
        url,
        Addresses.hasUser(url) ? null : get("spring.datasource.username"),
        get("spring.datasource.password"));
  }
}
