package dev.larder.spring.boot;

import dev.larder.Larder;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The actuator's endpoint {@code larder}, where it is exposed. */
@AutoConfiguration(after = LarderAutoConfiguration.class)
@ConditionalOnClass({WebEndpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(Larder.class)
@ConditionalOnAvailableEndpoint(LarderEndpoint.class)
public class LarderEndpointAutoConfiguration {

  /** For Spring. */
  public LarderEndpointAutoConfiguration() {}

  @Bean
  @ConditionalOnMissingBean
  LarderEndpoint larderEndpoint(Larder larder) {
    return new LarderEndpoint(larder);
  }
}
