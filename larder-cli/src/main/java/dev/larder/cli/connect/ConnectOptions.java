package dev.larder.cli.connect;

import dev.larder.cli.exit.Fault;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options that say whom to ask. Options have the first word, then the environment, then {@code
 * larder.yaml}, then the files of a Spring Boot application.
 */
public final class ConnectOptions {

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The console of a running application, such as http://localhost:8080/larder."
          + " Default: LARDER_URL. Its token: LARDER_TOKEN or --token-file.")
  private @Nullable String url;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "A file with the token; - reads it from standard input.")
  private @Nullable String tokenFile;

  @Option(
      names = "--redis",
      paramLabel = "ADDRESS",
      description = "Asks the stores where no application runs: the address of L2,"
          + " redis://user@host:6379/0. Default: REDIS_URL. Its password: REDIS_PASSWORD or"
          + " --redis-password-file.")
  private @Nullable String redis;

  @Option(
      names = "--redis-password-file",
      paramLabel = "FILE",
      description = "A file with the password of --redis.")
  private @Nullable String redisPasswordFile;

  @Option(
      names = "--database",
      paramLabel = "ADDRESS",
      description = "The address of the database tier, postgres://user@host:5432/name."
          + " Default: DATABASE_URL. Its password: PGPASSWORD or --database-password-file.")
  private @Nullable String database;

  @Option(
      names = "--database-user",
      paramLabel = "NAME",
      description = "Who connects to --database. Default: PGUSER, or whom the address names.")
  private @Nullable String databaseUser;

  @Option(
      names = "--database-password-file",
      paramLabel = "FILE",
      description = "A file with the password of --database.")
  private @Nullable String databasePasswordFile;

  @Option(
      names = "--key-prefix",
      paramLabel = "PREFIX",
      description = "With --redis and --database: the key prefix of the application."
          + " Default: LARDER_KEY_PREFIX, or larder.")
  private @Nullable String keyPrefix;

  /** For picocli. */
  public ConnectOptions() {}

  /**
   * Whom to ask.
   *
   * @param environment variables
   * @param folder where {@code larder.yaml} may be
   * @param in where a token may come from
   * @throws Fault if nothing names a target, or options exclude each other
   */
  public Target target(Map<String, String> environment, Path folder, InputStream in) {
    rejectSecret(
        "--redis", redis, "give it in REDIS_URL or REDIS_PASSWORD or in --redis-password-file");
    rejectSecret(
        "--database",
        database,
        "give it in DATABASE_URL or PGPASSWORD or in --database-password-file");
    if (url != null && (redis != null || database != null)) {
      throw Fault.usage(
          "--url and " + (redis == null ? "--database" : "--redis") + " exclude each other",
          "name the application or its stores");
    }
    Settings settings = new Settings(environment, SettingsFile.read(folder), folder, in);
    if (!settings.nameOne(url, redis, database)) {
      // Only here: a token of its files must not go to an address that somebody else names.
      Map<String, String> all =
          new LinkedHashMap<>(ApplicationFiles.read(folder, environment).settings());
      all.putAll(settings.file());
      settings = new Settings(environment, all, folder, in);
    }
    Settings.Source source = settings.source(url, redis, database);
    return switch (source) {
      case APPLICATION -> settings.application(url, tokenFile);
      case STORES ->
        settings.stores(new Settings.Asked(
            redis, redisPasswordFile, database, databaseUser, databasePasswordFile, keyPrefix));
    };
  }

  /**
   * Returns if no password stands in an address that was given as an option.
   *
   * @param option the option
   * @param place where the password can be given instead, as a clause
   * @throws Fault without the password
   */
  public static void rejectSecret(String option, @Nullable String address, String place) {
    if (address != null && Addresses.hasPassword(address)) {
      throw Fault.usage(
          option + " holds a password, which others on this machine can read in the list of"
              + " processes",
          place);
    }
  }
}
