package dev.larder.spring.boot;

import dev.larder.Larder;
import dev.larder.spring.metrics.LarderHealth;
import java.util.Locale;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;

/** The health of the larder, as the contributor {@code larder}. */
@AutoConfiguration(after = LarderAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(Larder.class)
@ConditionalOnEnabledHealthIndicator("larder")
public class LarderHealthAutoConfiguration {

  /** For Spring. */
  public LarderHealthAutoConfiguration() {}

  /** Named as Spring Boot wants it: what stands before the suffix is the contributor's name. */
  @Bean
  @ConditionalOnMissingBean
  LarderHealth larderHealthIndicator(Larder larder, LarderProperties properties) {
    String status =
        properties.health().impairedStatus().toUpperCase(Locale.ROOT).replace('-', '_');
    return new LarderHealth(larder, new Status(status));
  }
}
