package dev.larder.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.ConfigurationException;
import dev.larder.Larder;
import dev.larder.manage.WarmUp;
import dev.larder.spring.warm.DeclaredWarmUps;
import dev.larder.spring.warm.Warms;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Warm-ups in an application of Spring Boot. */
class LarderWarmingTest {

  private static final AutoConfigurations ALL =
      AutoConfigurations.of(LarderAutoConfiguration.class, LarderWarmingAutoConfiguration.class);

  static class Warmer {
    final CountDownLatch mayLoad = new CountDownLatch(1);
    final CountDownLatch loaded = new CountDownLatch(1);

    @Warms(name = "first", onStart = true, beforeReady = true, readyLimit = "1h")
    public List<Callable<Boolean>> first() {
      return List.of(() -> {
        boolean went = mayLoad.await(1, TimeUnit.MINUTES);
        loaded.countDown();
        return went;
      });
    }
  }

  static class Wrong {
    @Warms(every = "never")
    public List<Runnable> calls() {
      return List.of();
    }
  }

  @Test
  void annotatedMethod_isDeclaredUnlessTurnedOff() {
    ApplicationContextRunner runner =
        new ApplicationContextRunner().withConfiguration(ALL).withBean(Warmer.class);
    runner.run(context -> {
      assertThat(context.getBean(Larder.class).warming().status())
          .extracting(WarmUp::name)
          .containsExactly("first");
      context.getBean(Warmer.class).mayLoad.countDown();
    });
    runner.withPropertyValues("larder.warming.enabled=false").run(context -> {
      assertThat(context).doesNotHaveBean(DeclaredWarmUps.class);
      assertThat(context.getBean(Larder.class).warming().status()).isEmpty();
    });
  }

  @Test
  void whatCannotWork_stopsTheStartAndSaysTheMend() {
    new ApplicationContextRunner().withConfiguration(ALL).withBean(Wrong.class).run(context -> {
      assertThat(context).getFailure().isInstanceOf(ConfigurationException.class);
      var analysis = new ConfigurationFailureAnalyzer().analyze(context.getStartupFailure());
      assertThat(analysis.getDescription()).contains("every = never is no time");
      assertThat(analysis.getAction()).contains("docs/warming.md");
    });
  }

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration({LarderAutoConfiguration.class, LarderWarmingAutoConfiguration.class})
  static class Application {
    @Bean
    Warmer warmer() {
      return new Warmer();
    }
  }

  /** Traffic is accepted after the warm-up, not before. */
  @Test
  void readiness_waitsForTheWarmUpWhereSaid() throws Exception {
    AtomicReference<Warmer> warmer = new AtomicReference<>();
    CountDownLatch started = new CountDownLatch(1);
    AtomicReference<Boolean> wasLoaded = new AtomicReference<>();
    SpringApplication application = new SpringApplication(Application.class);
    application.setRegisterShutdownHook(false);
    application.addListeners(
        (ApplicationListener<org.springframework.boot.context.event.ApplicationStartedEvent>)
            event -> {
              warmer.set(event.getApplicationContext().getBean(Warmer.class));
              started.countDown();
            });
    application.addListeners((ApplicationListener<AvailabilityChangeEvent<?>>) event -> {
      if (event.getState() == ReadinessState.ACCEPTING_TRAFFIC) {
        wasLoaded.set(warmer.get().loaded.getCount() == 0);
      }
    });
    Thread opener = new Thread(() -> {
      try {
        started.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      warmer.get().mayLoad.countDown();
    });
    opener.start();

    try (var context = application.run(
        "--larder.warming.hold-readiness=true",
        "--spring.main.web-application-type=none",
        "--larder.redis.enabled=false")) {
      opener.join();
      assertThat(wasLoaded.get()).isTrue();
      assertThat(context.getBean(Larder.class).warming().isReady()).isTrue();
    }
  }
}
