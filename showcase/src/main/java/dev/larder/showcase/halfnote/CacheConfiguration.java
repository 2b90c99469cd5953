package dev.larder.showcase.halfnote;

import dev.larder.CacheTier;
import dev.larder.ConfigurationException;
import dev.larder.Larder;
import dev.larder.LarderBuilder;
import dev.larder.showcase.halfnote.cache.CachedReads;
import dev.larder.showcase.halfnote.cache.HalfnoteCaches;
import dev.larder.showcase.halfnote.cache.Invalidations;
import dev.larder.showcase.start.DatabaseAddress;
import dev.larder.showcase.start.RedisAddress;
import dev.larder.showcase.start.StartFailure;
import dev.larder.showcase.trace.TraceLookups;
import dev.larder.showcase.web.CurrentReader;
import dev.larder.warm.Prediction;
import dev.larder.warm.WarmPlan;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Halfnote's larder: Redis or Valkey as L2 where {@code REDIS_URL} or {@code VALKEY_URL} names one,
 * and the database tier always. With {@code larder.no-redis=true} the database tier is used alone.
 * {@code larder.tier-timeout} and {@code larder.log-timeout} are Larder's own, as in {@code 250ms}.
 */
@Configuration(proxyBeanMethods = false)
@Import(HalfnoteCaches.class)
class CacheConfiguration {
  private static final String MOST_REVIEWED =
      "SELECT album_id FROM halfnote.reviews GROUP BY album_id ORDER BY count(*) DESC LIMIT 50";
  private static final Logger log = LoggerFactory.getLogger(CacheConfiguration.class);

  @Bean
  Larder larder(Environment environment, DatabaseAddress database) {
    boolean none = environment.getProperty("larder.no-redis", Boolean.class, false);
    Optional<RedisAddress> redis = none
        ? Optional.empty()
        : RedisAddress.parse(
            environment.getProperty("REDIS_URL"), environment.getProperty("VALKEY_URL"));
    LarderBuilder builder = Larder.builder()
        .keyPrefix("halfnote")
        .database(database.url())
        .listener(new TraceLookups());
    redis.ifPresent(address -> builder.redis(address.url()));
    Optional.ofNullable(environment.getProperty("larder.tier-timeout", Duration.class))
        .ifPresent(builder::tierTimeout);
    Optional.ofNullable(environment.getProperty("larder.log-timeout", Duration.class))
        .ifPresent(builder::logTimeout);
    Larder larder;
    try {
      larder = builder.build();
    } catch (ConfigurationException e) {
      throw new StartFailure(
          Objects.toString(e.getMessage()),
          "Correct REDIS_URL, VALKEY_URL, DATABASE_URL or the properties larder.*.",
          e);
    }
    boolean down =
        larder.tiers().stream().anyMatch(it -> it.tier() == CacheTier.L2 && it.isDegraded());
    if (redis.isEmpty()) {
      log.info("The database tier works alone: {}.", none ? "larder.no-redis" : "no REDIS_URL");
    } else if (down) {
      log.warn(
          "{} is {}: that server does not take part, for the reason that RedisLink logged above. The"
              + " database tier takes over until it does.",
          redis.get().variable(),
          redis.get());
    }
    return larder;
  }

  /** Started by hand, in the console or with {@code larder warm}. */
  @Bean
  WarmPlan<?, ?> famousAlbums(Larder larder, CachedReads reads, JdbcClient jdbc) {
    WarmPlan<?, ?> plan =
        reads.warmAlbums(() -> jdbc.sql(MOST_REVIEWED).query(Long.class).list());
    larder.warming().declare(plan);
    return plan;
  }

  /** The figures are those of {@code predict-feed}, in the console and with {@code larder warm}. */
  @Bean
  Prediction<?, ?> feedGuesses(Larder larder, CachedReads reads) {
    Prediction<?, ?> guesses = reads.feedGuesses(CurrentReader::id);
    larder.warming().predict(guesses);
    return guesses;
  }

  @Bean
  Invalidations invalidations(Larder larder) {
    return new Invalidations(larder);
  }
}
