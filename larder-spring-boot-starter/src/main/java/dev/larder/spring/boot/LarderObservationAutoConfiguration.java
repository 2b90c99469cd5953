package dev.larder.spring.boot;

import dev.larder.spring.metrics.LoadObservations;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** One observation for each load, in the registry of Spring Boot where there is one. */
@AutoConfiguration(before = LarderAutoConfiguration.class)
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnProperty(name = "larder.observations.enabled", matchIfMissing = true)
public class LarderObservationAutoConfiguration {

  /** For Spring. */
  public LarderObservationAutoConfiguration() {}

  @Bean
  LarderBuilderCustomizer larderLoadObservations(ObjectProvider<ObservationRegistry> registry) {
    return builder -> registry.ifAvailable(found -> builder.observer(new LoadObservations(found)));
  }
}
