package dev.larder.showcase.chaos;

import dev.larder.showcase.start.Announcer;
import dev.larder.showcase.start.RedisAddress;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * The page at {@code /chaos/}, where {@code showcase.chaos=true}: the demo says so when the Redis is its
 * own. Needs {@code showcase.console.token}.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("showcase.chaos")
public class ChaosConfiguration {

  private static String url(Environment environment) {
    return RedisAddress.parse(
            environment.getProperty("REDIS_URL"), environment.getProperty("VALKEY_URL"))
        .orElseThrow(() -> new IllegalStateException("showcase.chaos=true: there is no REDIS_URL"))
        .url();
  }

  @Bean
  DemoRedis chaosRedis(Environment environment) {
    return new DemoRedis(url(environment));
  }

  @Bean
  FreshnessProbe chaosProbe(Environment environment) {
    return new FreshnessProbe(url(environment));
  }

  /** The starting program has started Redis too, and hears of orders on this one's output. */
  @Bean
  @ConditionalOnMissingBean
  RedisOwner chaosRedisOwner() {
    Announcer announcer = new Announcer(System.out, true);
    return order -> announcer.redis(order.name());
  }

  @Bean
  ChaosPage chaosPage(
      DemoRedis redis, RedisOwner owner, FreshnessProbe probe, Environment environment) {
    return new ChaosPage(
        redis, owner, probe, environment.getRequiredProperty("showcase.console.token"));
  }
}
