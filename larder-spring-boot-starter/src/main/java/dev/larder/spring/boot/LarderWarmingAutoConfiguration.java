package dev.larder.spring.boot;

import dev.larder.Larder;
import dev.larder.spring.warm.DeclaredWarmUps;
import dev.larder.spring.warm.LarderWarmUps;
import dev.larder.warm.WarmPlan;
import dev.larder.warm.Warming;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Warm-ups: {@code @Warms}, beans of type {@code WarmPlan}, and readiness that waits for them. */
@AutoConfiguration(after = LarderAnnotationsAutoConfiguration.class)
@ConditionalOnBean(Larder.class)
@ConditionalOnMissingBean(DeclaredWarmUps.class)
@ConditionalOnProperty(name = "larder.warming.enabled", matchIfMissing = true)
@Import(LarderWarmUps.class)
public class LarderWarmingAutoConfiguration {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.warm");

  /** For Spring. */
  public LarderWarmingAutoConfiguration() {}

  /** What the other nodes are asked for most comes into L1 of one that starts. */
  @Bean
  @ConditionalOnExpression("${larder.warming.hottest:0} != 0")
  WarmPlan<?, ?> larderHottest(Larder larder, LarderProperties properties) {
    int most = properties.warming().hottest();
    return WarmPlan.ofCalls("larder-hottest", () -> larder.warming().hottest(most))
        .onStart()
        .perSecond(1_000)
        .beforeReady(1, Duration.ofSeconds(30))
        .build();
  }

  /**
   * Holds the application's readiness: Spring Boot accepts traffic when the last runner has returned.
   * Each warm-up says for how long at most.
   */
  @Bean
  @Order(Ordered.LOWEST_PRECEDENCE)
  @ConditionalOnProperty("larder.warming.hold-readiness")
  ApplicationRunner larderReadiness(Larder larder) {
    return arguments -> {
      Warming warming = larder.warming();
      if (!warming.isReady()) {
        logger.info("readiness waits for warm-ups");
        warming.ready().toCompletableFuture().get();
      }
    };
  }
}
