package dev.larder.spring.boot;

import dev.larder.ConfigurationException;
import dev.larder.Larder;
import dev.larder.LarderBuilder;
import dev.larder.LookupListener;
import dev.larder.codec.CodecProvider;
import dev.larder.json.JsonCodecs;
import dev.larder.spring.CachePolicies;
import dev.larder.spring.CacheSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JacksonModule;

/**
 * The {@link Larder} of a Spring Boot application, on the tiers that are there.
 *
 * <p>Every bean steps back for one of the application's own.
 */
@AutoConfiguration(
    afterName = {
      "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
      "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration"
    })
@ConditionalOnProperty(name = "larder.enabled", matchIfMissing = true)
@EnableConfigurationProperties(LarderProperties.class)
public class LarderAutoConfiguration {

  /** For Spring. */
  public LarderAutoConfiguration() {}

  /** What configuration says of each cache. */
  @Bean
  @ConditionalOnMissingBean
  CachePolicies larderCachePolicies(
      LarderProperties properties, ConfigurableEnvironment environment) {
    PropertyFaults.check(properties);
    Map<String, CacheSettings> caches = new LinkedHashMap<>();
    properties.caches().forEach((name, cache) -> caches.put(name, cache.settings()));
    Map<String, Duration> ttl = new LinkedHashMap<>();
    properties.ttl().forEach((name, text) -> ttl.put(name, duration("larder.ttl." + name, text)));
    CachePolicies policies = new CachePolicies(caches, ttl, environment::getProperty);
    PropertyFaults.check(policies, environment.getSystemEnvironment().keySet());
    return policies;
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

  /**
   * Larder's own JSON, which is stricter than that of web pages, with the Jackson modules of the
   * application.
   */
  @Bean
  @ConditionalOnMissingBean
  CodecProvider larderCodecs(ObjectProvider<JacksonModule> modules) {
    return JsonCodecs.of(
        JsonCodecs.mapperBuilder().addModules(modules.orderedStream().toList()).build());
  }

  /** The tiers found, for the larder and for what is said about it at the start. */
  @Bean
  FoundTiers larderFoundTiers(
      LarderProperties properties, Environment environment, ObjectProvider<DataSource> source) {
    return new FoundTiers(
        RedisAddresses.find(properties.redis(), environment),
        FoundDatabase.find(properties.database(), source, environment));
  }

  /** The larder; closed with the application. */
  @Bean(destroyMethod = "close")
  @ConditionalOnMissingBean
  Larder larder(
      LarderProperties properties,
      CachePolicies policies,
      FoundTiers found,
      CodecProvider codecs,
      ObjectProvider<LookupListener> listeners,
      ObjectProvider<LarderBuilderCustomizer> customizers) {
    LarderBuilder builder = Larder.builder()
        .keyPrefix(properties.keyPrefix())
        .codecs(codecs)
        .tierTimeout(properties.tierTimeout())
        .logTimeout(properties.logTimeout())
        .heartbeat(properties.heartbeat())
        .startTimeout(properties.startTimeout())
        .maxTags(properties.maxTags())
        .ringSize(properties.ringSize())
        .retainedRecords(properties.retainedRecords())
        .maxDatabaseEntries(properties.database().maxEntries());
    String secret = properties.keySecret();
    if (secret != null) {
      builder.keySecret(secret.getBytes(StandardCharsets.UTF_8));
    }
    List<byte[]> values = properties.valueSecret().stream()
        .map(each -> each.getBytes(StandardCharsets.UTF_8))
        .toList();
    if (!values.isEmpty()) {
      builder.valueSecret(values.get(0), values.subList(1, values.size()).toArray(new byte[0][]));
    }
    if (found.redis() != null) {
      Integer database = properties.redis().database();
      String url = found.redis().url();
      builder.redis(database == null ? url : SessionSettings.inDatabase(url, database));
      properties.redis().databases().forEach(builder::redisDatabase);
    }
    if (found.database() != null) {
      found.database().addTo(builder);
    }
    listeners.orderedStream().forEach(builder::listener);
    customizers.orderedStream().forEach(each -> each.customize(builder));
    Larder larder = builder.build();
    LarderProperties.Switches switches = properties.switches();
    if (switches.percent() < 100) {
      larder.switches().all().percent(switches.percent());
    }
    switches.caches().forEach((name, percent) -> larder.switches().cache(name).percent(percent));
    return larder;
  }

  /** Says at the start which tiers there are and what is risky. */
  @Bean
  StartReport larderStartReport(
      Larder larder, LarderProperties properties, CachePolicies policies, FoundTiers found) {
    return new StartReport(larder, properties, policies, found);
  }

  /**
   * What was found.
   *
   * @param redis where Redis is
   * @param database where the database is
   */
  record FoundTiers(
      RedisAddresses.@Nullable Found redis, @Nullable FoundDatabase database) {}
}
