package dev.larder.spring.warm;

import dev.larder.Larder;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Turns {@link Warms} and beans of type {@link dev.larder.warm.WarmPlan} on in an application that has a
 * {@link Larder}. The starter imports this; without it, {@code @Import(LarderWarmUps.class)} does.
 */
@Configuration(proxyBeanMethods = false)
public class LarderWarmUps {

  /** For Spring. */
  public LarderWarmUps() {}

  /** The warm-ups of the application. */
  @Bean
  public DeclaredWarmUps larderDeclaredWarmUps(
      Larder larder, ApplicationContext context, ConfigurableListableBeanFactory beans) {
    return new DeclaredWarmUps(larder, context, beans);
  }
}
