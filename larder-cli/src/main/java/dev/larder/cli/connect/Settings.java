package dev.larder.cli.connect;

import dev.larder.cli.exit.ExitCode;
import dev.larder.cli.exit.Fault;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What options, the environment and the file say together.
 *
 * @param environment variables
 * @param file what {@code larder.yaml} says, or the application's own files with its {@code token}
 * @param folder that file names in options are relative to
 * @param in standard input
 */
record Settings(
    Map<String, String> environment, Map<String, String> file, Path folder, InputStream in) {

  private static final String DEFAULT_PREFIX = "larder";

  /** What kind of target is meant. */
  enum Source {
    APPLICATION,
    STORES
  }

  /** The options that concern stores. */
  record Asked(
      @Nullable String redis,
      @Nullable String redisPasswordFile,
      @Nullable String database,
      @Nullable String databaseUser,
      @Nullable String databasePasswordFile,
      @Nullable String keyPrefix) {}

  /** Whether options, the environment or the file name a target. */
  boolean nameOne(@Nullable String url, @Nullable String redis, @Nullable String database) {
    return url != null
        || redis != null
        || database != null
        || variable("LARDER_URL") != null
        || variable("REDIS_URL") != null
        || variable("DATABASE_URL") != null
        || file.containsKey("url")
        || file.containsKey("redis")
        || file.containsKey("database");
  }

  /** The first of options, environment and file to name a target decides. */
  Source source(@Nullable String url, @Nullable String redis, @Nullable String database) {
    if (url != null) {
      return Source.APPLICATION;
    }
    if (redis != null || database != null) {
      return Source.STORES;
    }
    if (variable("LARDER_URL") != null) {
      return Source.APPLICATION;
    }
    if (variable("REDIS_URL") != null || variable("DATABASE_URL") != null) {
      return Source.STORES;
    }
    if (file.containsKey("url")) {
      return Source.APPLICATION;
    }
    if (file.containsKey("redis") || file.containsKey("database")) {
      return Source.STORES;
    }
    throw new Fault(
        ExitCode.USAGE,
        "whom to ask?",
        "nothing names an application or stores",
        "name one by --url or LARDER_URL (http://host:8080/larder), or the stores by --redis and"
            + " --database");
  }

  /** The application. */
  Target.Application application(@Nullable String url, @Nullable String tokenFile) {
    String text = first(url, variable("LARDER_URL"), file.get("url"));
    URI address;
    try {
      address = new URI(text == null ? "" : text.replaceAll("/+$", ""));
    } catch (URISyntaxException failure) {
      throw wrongUrl(text);
    }
    boolean isHttp = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
    if (!isHttp || address.getHost() == null || address.getRawUserInfo() != null) {
      throw wrongUrl(text);
    }
    String token = tokenFile == null ? variable("LARDER_TOKEN") : secret("--token-file", tokenFile);
    if (token == null && file.containsKey("token-file")) {
      token = secret("token-file of " + SettingsFile.NAME, file.getOrDefault("token-file", ""));
    }
    if (token == null) {
      token = file.get("token");
    }
    return new Target.Application(address, token);
  }

  private static Fault wrongUrl(@Nullable String text) {
    return Fault.usage(
        "--url is " + (text == null ? "empty" : Addresses.shown(text))
            + ", must be http:// or https:// with a host and no user",
        "for example http://localhost:8080/larder");
  }

  /** The stores. */
  Target.Stores stores(Asked asked) {
    String redis = first(asked.redis(), variable("REDIS_URL"), file.get("redis"));
    if (redis != null) {
      redis = Addresses.with(
          redis,
          null,
          password(asked.redisPasswordFile(), "--redis-password-file", "REDIS_PASSWORD", "redis"));
    }
    String database = first(asked.database(), variable("DATABASE_URL"), file.get("database"));
    if (database != null) {
      String usual =
          Addresses.hasUser(database) ? null : first(variable("PGUSER"), file.get("database-user"));
      database = Addresses.with(
          database,
          first(asked.databaseUser(), usual),
          password(
              asked.databasePasswordFile(), "--database-password-file", "PGPASSWORD", "database"));
    }
    String prefix = first(asked.keyPrefix(), variable("LARDER_KEY_PREFIX"), file.get("key-prefix"));
    return new Target.Stores(redis, database, prefix == null ? DEFAULT_PREFIX : prefix);
  }

  private @Nullable String password(
      @Nullable String given, String title, String variable, String key) {
    if (given != null) {
      return secret(title, given);
    }
    String usual = variable(variable);
    String named = file.get(key + "-password-file");
    return usual == null && named != null
        ? secret(key + "-password-file of " + SettingsFile.NAME, named)
        : usual;
  }

  private String secret(String title, String path) {
    return SecretFile.read(title, path, folder, in);
  }

  private @Nullable String variable(String name) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  private static @Nullable String first(@Nullable String... values) {
    for (String value : values) {
      if (value != null) {
        return value;
      }
    }
    return null;
  }
}
