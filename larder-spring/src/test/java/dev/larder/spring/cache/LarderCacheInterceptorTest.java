package dev.larder.spring.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.larder.Larder;
import dev.larder.spring.CachePolicies;
import dev.larder.spring.CacheSettings;
import dev.larder.testkit.FakeTime;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.cache.annotation.CachingConfigurer;
import org.springframework.cache.interceptor.CacheErrorHandler;
import org.springframework.cache.interceptor.LoggingCacheErrorHandler;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** What the interceptor must not lose of Spring's, and what it adds. */
class LarderCacheInterceptorTest {

  private final FakeTime time = new FakeTime();
  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();

  @AfterEach
  void close() {
    context.close();
  }

  private AnnotatedService start(CacheSettings texts) {
    context.registerBean(Larder.class, () -> Larder.builder().time(time).build());
    context.registerBean(
        CachePolicies.class,
        () -> new CachePolicies(Map.of("texts", texts), Map.of(), name -> null));
    context.register(AnnotatedApplication.Caching.class);
    context.refresh();
    return context.getBean(AnnotatedService.class);
  }

  @Test
  void staleEntry_isServedWhileTheMethodRunsAgainInTheBackground() {
    AnnotatedService service = start(new CacheSettings(
        null,
        null,
        Duration.ofMinutes(1),
        Duration.ofHours(1),
        null,
        null,
        0.0,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null));
    assertThat(service.find("a")).isEqualTo("a#1");

    time.advance(Duration.ofMinutes(2));

    assertThat(service.find("a")).isEqualTo("a#1");
    await()
        .atMost(60, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(service.find("a")).isEqualTo("a#2"));
    time.advance(Duration.ofMinutes(2));
    assertThat(service.find("a")).isEqualTo("a#2");
    await()
        .atMost(60, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(service.find("a")).isEqualTo("a#3"));
  }

  @Test
  void failingMethod_isNoFaultOfTheCache_soItRunsOnce() {
    context.registerBean(CachingConfigurer.class, () -> new CachingConfigurer() {
      @Override
      public CacheErrorHandler errorHandler() {
        return new LoggingCacheErrorHandler();
      }
    });
    AnnotatedService service = start(CacheSettings.NONE);

    assertThatThrownBy(() -> service.findOrFail("a")).isInstanceOf(IOException.class);
    assertThat(AnnotatedApplication.target(service).runs).hasValue(1);
    assertThatThrownBy(() -> service.failLater("a").get(60, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .hasMessage("no a");
    assertThat(AnnotatedApplication.target(service).runs).hasValue(2);
  }

  @Test
  void unstableKey_withAForgivingErrorHandler_runsTheMethodUncached() {
    context.registerBean(CachingConfigurer.class, () -> new CachingConfigurer() {
      @Override
      public CacheErrorHandler errorHandler() {
        return new LoggingCacheErrorHandler();
      }
    });
    AnnotatedService service = start(CacheSettings.NONE);

    assertThat(service.findByTwoThings(new Object(), "a")).isEqualTo("a#1");
    assertThat(service.findByTwoThings(new Object(), "a")).isEqualTo("a#2");
  }
}
