package dev.larder.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.CachePolicy;
import dev.larder.Larder;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a developer reads when an application of theirs does not start. */
@ExtendWith(OutputCaptureExtension.class)
class FailureAnalyzersTest {

  private static void start(Class<?> application, String... properties) {
    assertThatThrownBy(() -> new SpringApplicationBuilder(application)
            .properties(
                "spring.main.banner-mode=off",
                // On the class path of these tests, and it wants a schema.
                "spring.autoconfigure.exclude="
                    + "org.springframework.boot.graphql.autoconfigure.GraphQlAutoConfiguration")
            .properties(properties)
            .run()
            .close())
        .isInstanceOf(Exception.class);
  }

  @Test
  void malformedRedisAddress(CapturedOutput output) {
    start(Plain.class, "REDIS_URL=redis://:secret@");

    assertThat(output)
        .contains("APPLICATION FAILED TO START")
        .contains("Larder cannot be configured so: redis store: redis: '")
        .contains("Correct the address in larder.redis.url, REDIS_URL")
        .doesNotContain("secret");
  }

  @Test
  void unreachableRedis(CapturedOutput output) {
    // Nobody listens at port 1.
    start(
        Plain.class,
        "REDIS_URL=redis://:secret@127.0.0.1:1",
        "larder.fail-fast=true",
        "larder.start-timeout=100ms");

    assertThat(output)
        .contains("tier L2 does not answer: redis://127.0.0.1:1 (REDIS_URL)")
        .contains("Start the server, or correct its address")
        .doesNotContain("secret");
  }

  @Test
  void missingStore(CapturedOutput output) {
    start(Plain.class, "larder.redis.url=memcached://localhost");

    assertThat(output)
        .contains("nothing on the class path opens this address")
        .contains("dev.larder:larder-redis");
  }

  @Test
  void wrongProperty(CapturedOutput output) {
    start(Plain.class, "larder.max-tags=1");

    assertThat(output)
        .contains("larder.max-tags=1 is not 100 to 100000000")
        .contains("docs/spring-boot.md");
  }

  @Test
  void wrongVariable(CapturedOutput output) {
    start(Album.class, "CACHE_ALBUM_TTL=soon");

    assertThat(output)
        .contains("CACHE_ALBUM_TTL=soon is not a number of seconds")
        .contains("Correct the variable in the environment");
  }

  @Test
  void duplicateCache(CapturedOutput output) {
    start(Twice.class);

    assertThat(output)
        .contains("cache album: there is one of this name already")
        .contains("Give one of the two caches another name");
  }

  @Test
  void wrongPolicy(CapturedOutput output) {
    start(Wrong.class);

    assertThat(output)
        .contains("ttl: PT0S is not PT0.001S")
        .contains("Correct the policy where the cache is made");
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Plain {}

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Album {
    @Bean
    InitializingBean album(dev.larder.spring.CachePolicies policies) {
      return () -> policies.ttl("album", Duration.ZERO);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Twice {
    @Bean
    InitializingBean twice(Larder larder) {
      return () -> {
        larder.cache("album", CachePolicy.of(Long.class, String.class).build());
        larder.cache("album", CachePolicy.of(Long.class, String.class).build());
      };
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Wrong {
    @Bean
    InitializingBean wrong(Larder larder) {
      return () -> larder.cache(
          "album", CachePolicy.of(Long.class, String.class).ttl(Duration.ZERO).build());
    }
  }
}
