package dev.larder.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.spring.metrics.LarderHealth;
import dev.larder.spring.metrics.LarderMeters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
          LarderObservationAutoConfiguration.class,
          LarderHealthAutoConfiguration.class));

  @Test
  void metersAndHealth_areThere() {
    runner.run(context ->
        assertThat(context).hasSingleBean(LarderMeters.class).hasBean("larderHealthIndicator"));
  }

  @Test
  void loads_areObserved_unlessSwitchedOff() {
    TestObservations observations = new TestObservations();
    ApplicationContextRunner observed =
        runner.withBean(ObservationRegistry.class, observations::registry);
    observed.run(context -> {
      load(context.getBean(Larder.class));
      assertThat(observations.names()).containsExactly("larder.load");
    });
    observed
        .withPropertyValues("larder.observations.enabled=false")
        .run(context -> load(context.getBean(Larder.class)));
    assertThat(observations.names()).hasSize(1);
  }

  private static void load(Larder larder) {
    larder.cache("album", CachePolicy.of(Long.class, String.class).build()).get(1L, id -> "one");
  }

  /** A registry that keeps the names of what was observed. */
  private static final class TestObservations {
    private final List<String> names = new CopyOnWriteArrayList<>();

    ObservationRegistry registry() {
      ObservationRegistry registry = ObservationRegistry.create();
      registry.observationConfig().observationHandler(new ObservationHandler<>() {
        @Override
        public void onStop(Observation.Context context) {
          names.add(String.valueOf(context.getName()));
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
          return true;
        }
      });
      return registry;
    }

    List<String> names() {
      return names;
    }
  }

  @Test
  void withoutMicrometerAndHealth_theLarderIsThereAlone() {
    runner
        .withClassLoader(new FilteredClassLoader(
            MeterRegistry.class.getPackageName(),
            ObservationRegistry.class.getPackageName(),
            HealthIndicator.class.getPackageName()))
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
