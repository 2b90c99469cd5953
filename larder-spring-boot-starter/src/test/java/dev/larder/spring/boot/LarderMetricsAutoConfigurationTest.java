package dev.larder.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Larder;
import dev.larder.spring.metrics.LarderHealth;
import dev.larder.spring.metrics.LarderMeters;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class LarderMetricsAutoConfigurationTest {

  private final ApplicationContextRunner runner = new ApplicationContextRunner()
      .withConfiguration(AutoConfigurations.of(
          LarderAutoConfiguration.class,
          LarderMetricsAutoConfiguration.class,
          LarderHealthAutoConfiguration.class));

  @Test
  void metersAndHealth_areThere() {
    runner.run(context ->
        assertThat(context).hasSingleBean(LarderMeters.class).hasBean("larderHealthIndicator"));
  }

  @Test
  void withoutMicrometerAndHealth_theLarderIsThereAlone() {
    runner
        .withClassLoader(new FilteredClassLoader(
            MeterRegistry.class.getPackageName(), HealthIndicator.class.getPackageName()))
        .run(context -> assertThat(context)
            .hasNotFailed()
            .hasSingleBean(Larder.class)
            .doesNotHaveBean("larderMeters")
            .doesNotHaveBean("larderHealthIndicator"));
  }

  @Test
  void switchedOff_areNotThere() {
    runner
        .withPropertyValues(
            "larder.metrics.enabled=false", "management.health.larder.enabled=false")
        .run(context -> assertThat(context)
            .doesNotHaveBean(LarderMeters.class)
            .doesNotHaveBean(LarderHealth.class));
  }

  @Test
  void ofTheApplicationsOwn_oursStepBack() {
    runner
        .withBean(
            "own", LarderHealth.class, () -> new LarderHealth(Larder.builder().build()))
        .run(context -> assertThat(context).hasSingleBean(LarderHealth.class).hasBean("own"));
  }

  @Test
  void wrongStatus_isRefusedWithThoseThatAreAllowed() {
    runner
        .withPropertyValues("larder.health.impaired-status=sick")
        .run(context -> assertThat(context.getStartupFailure())
            .rootCause()
            .hasMessageContaining("larder.health.impaired-status=sick")
            .hasMessageContaining("out-of-service"));
  }
}
