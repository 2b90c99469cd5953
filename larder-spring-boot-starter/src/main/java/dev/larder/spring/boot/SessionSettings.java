package dev.larder.spring.boot;

import dev.larder.ConfigurationException;
import dev.larder.codec.CodecProvider;
import dev.larder.spring.session.AttributeTypes;
import dev.larder.spring.session.LarderSessionRepository;
import dev.larder.spring.session.LarderSessions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.env.Environment;
import org.springframework.session.FlushMode;
import org.springframework.session.SaveMode;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/** What configuration says of sessions, and the repository that follows from it. */
final class SessionSettings {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.spring.boot");
  private static final Duration TWO_WEEKS = Duration.ofDays(14);
  private static final List<String> TIMEOUTS =
      List.of("spring.session.timeout", "server.servlet.session.timeout");
  private static final Pattern ADDRESS = Pattern.compile("([^:]+)(://[^/?#]*)(/[^?#]*)?(.*)");
  private static final Pattern LIST = Pattern.compile("(?:java\\.util\\.)?List<\\s*([^<>]+?)\\s*>");

  private final LarderProperties properties;
  private final LarderAutoConfiguration.FoundTiers found;
  private final Environment environment;

  SessionSettings(
      LarderProperties properties,
      LarderAutoConfiguration.FoundTiers found,
      Environment environment) {
    this.properties = properties;
    this.found = found;
    this.environment = environment;
  }

  /**
   * The repository, with one line about it.
   *
   * @throws ConfigurationException if sessions can't lie where they are to
   */
  LarderSessionRepository repository(
      CodecProvider codecs, AttributeTypes types, ApplicationEventPublisher events) {
    LarderProperties.Session session = properties.session();
    LarderSessions settings = LarderSessions.builder(codecs)
        .keyPrefix(properties.keyPrefix())
        .types(types)
        .timeout(timeout())
        .cleanupInterval(session.cleanupInterval())
        .createTables(session.createTables())
        .maxInMemory(session.maxInMemory())
        .saveMode(SaveMode.valueOf(constant(session.saveMode())))
        .flushMode(FlushMode.valueOf(constant(session.flushMode())))
        .tierTimeout(properties.tierTimeout())
        .logTimeout(properties.logTimeout())
        .startTimeout(properties.startTimeout())
        .events(events);
    String secret = properties.keySecret();
    if (secret != null) {
      settings.secret(secret.getBytes(StandardCharsets.UTF_8));
    }
    RedisAddresses.Found redis = found.redis();
    if (redis != null) {
      settings.redis(inDatabase(redis.url(), session.redisDatabase()));
    }
    DataSource source = source();
    if (source != null) {
      settings.database(source);
    }
    LarderSessionRepository repository = settings.build();
    logger.info("Larder '{}': sessions lie {}", properties.keyPrefix(), repository.description());
    return repository;
  }

  private @Nullable DataSource source() {
    Boolean isAsked = properties.session().database();
    if (Boolean.FALSE.equals(isAsked)) {
      return null;
    }
    FoundDatabase database = found.database();
    DataSource source = database == null ? null : database.source();
    if (source == null && Boolean.TRUE.equals(isAsked)) {
      throw new ConfigurationException("larder.session.database=true: the database tier is not in a"
          + " DataSource of this application; add larder-jdbc and one DataSource of PostgreSQL, and"
          + " set neither larder.database.url nor larder.database.enabled=false");
    }
    return source;
  }

  private Duration timeout() {
    Duration own = properties.session().timeout();
    if (own != null) {
      return own;
    }
    for (String property : TIMEOUTS) {
      String text = environment.getProperty(property);
      if (StringUtils.hasText(text)) {
        Duration timeout = duration(property, text);
        // As Spring Boot has it: neither zero nor less ever ends.
        return timeout.isZero() || timeout.isNegative() ? Duration.ofSeconds(-1) : timeout;
      }
    }
    return TWO_WEEKS;
  }

  private static Duration duration(String property, String text) {
    try {
      return DurationStyle.detectAndParse(text, ChronoUnit.SECONDS);
    } catch (IllegalArgumentException notADuration) {
      throw new ConfigurationException(
          property + "=" + text + " is neither a number of seconds nor a time such as 30m",
          notADuration);
    }
  }

  /** An address with another database in it; clusters have but one. */
  static String inDatabase(String url, int database) {
    Matcher parts = ADDRESS.matcher(url);
    return !parts.matches() || parts.group(1).toLowerCase(Locale.ROOT).endsWith("-cluster")
        ? url
        : parts.group(1) + parts.group(2) + "/" + database + parts.group(4);
  }

  /**
   * Declares a type that configuration names: a class, or a list of one.
   *
   * @throws ConfigurationException if there is no such class, or it has no stable form
   */
  static void declare(AttributeTypes.Builder types, String name, String type) {
    Matcher list = LIST.matcher(type.strip());
    String element = list.matches() ? list.group(1) : type.strip();
    Class<?> found;
    try {
      found = ClassUtils.forName(element, SessionSettings.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError missing) {
      throw new ConfigurationException(
          "larder.session.attribute-types."
              + name
              + "="
              + type
              + ": there is no class "
              + element
              + " on the class path; write its full name, or a list of it as"
              + " java.util.List<com.acme.Item>",
          missing);
    }
    if (list.matches()) {
      types.addListOf(name, found);
    } else {
      types.add(name, found);
    }
  }

  private static String constant(String property) {
    return property.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
