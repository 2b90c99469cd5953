package dev.larder.spring.boot;

import dev.larder.Larder;
import dev.larder.spring.metrics.LarderMeters;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** The meters of the larder in the registries of Spring Boot. For applications with Micrometer. */
@AutoConfiguration(after = LarderAutoConfiguration.class)
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(Larder.class)
@ConditionalOnProperty(name = "larder.metrics.enabled", matchIfMissing = true)
public class LarderMetricsAutoConfiguration {

  /** For Spring. */
  public LarderMetricsAutoConfiguration() {}

  /** Spring Boot binds it to every registry. */
  @Bean
  @ConditionalOnMissingBean
  LarderMeters larderMeters(Larder larder) {
    return new LarderMeters(larder);
  }
}
