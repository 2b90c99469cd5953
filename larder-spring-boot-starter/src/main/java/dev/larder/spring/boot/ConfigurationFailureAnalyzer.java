package dev.larder.spring.boot;

import dev.larder.ConfigurationException;
import java.util.List;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says what to do about a configuration that cannot work. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<ConfigurationException> {

  /** What a message has in it, and what to do then; the first that fits is taken. */
  private record Mend(String sign, String action) {}

  private static final List<Mend> MENDS = List.of(
      new Mend(
          "nothing on the class path opens",
          "Add the missing store to the application: dev.larder:larder-redis for Redis or Valkey,"
              + " dev.larder:larder-jdbc (and the PostgreSQL driver) for the database; or take the"
              + " address out of the configuration."),
      new Mend(
          "@Warms on",
          "Correct the annotation or the method; docs/warming.md says what a warm-up may return and"
              + " when it may run."),
      new Mend(
          "warm-up ",
          "Correct the plan where it is built; docs/warming.md lists each option with its range."),
      new Mend(
          "there is one of this name already",
          "Give one of the two caches another name. A cache that code makes with"
              + " larder.cache(...) and a cache of Spring's annotations can't share a name."),
      new Mend(
          "redis: '",
          "Correct the address in larder.redis.url, REDIS_URL, VALKEY_URL or spring.data.redis.*,"
              + " whichever is set first in this order, or set larder.redis.enabled=false."),
      new Mend(
          "larder.database.enabled=true: there is",
          "Configure one DataSource (spring.datasource.url), mark one as @Primary, or set"
              + " larder.database.url."),
      new Mend(
          "the tables of the database tier are missing",
          "Make them as an owner of the database, by larder setup or by the statements of"
              + " JdbcSchema.createStatements(), or give the application's user the right to create"
              + " a schema; larder.database.enabled=false does without the tier."),
      new Mend(
          "the table larder.session is missing",
          "Make the tables of sessions as an owner of the database, or give the application the right"
              + " to; larder.session.database=false keeps sessions out of the database."),
      new Mend(
          "larder.",
          "Correct the value in the application's properties or environment; docs/spring-boot.md"
              + " lists each property with its range."),
      new Mend(
          "CACHE_",
          "Correct the variable in the environment: a whole number of seconds, up to 366 days."),
      new Mend(
          "cache policy of",
          "Correct the policy where the cache is made; docs/caches.md lists each setting with its"
              + " range and what it does not go with."));

  ConfigurationFailureAnalyzer() {}

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, ConfigurationException cause) {
    String message = String.valueOf(cause.getMessage());
    String action = MENDS.stream()
        .filter(mend -> message.contains(mend.sign()))
        .map(Mend::action)
        .findFirst()
        .orElse("Correct the configuration as the description says.");
    return new FailureAnalysis("Larder cannot be configured so: " + message, action, cause);
  }
}
