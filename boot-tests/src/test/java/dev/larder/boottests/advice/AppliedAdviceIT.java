package dev.larder.boottests.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.boottests.Instances;
import dev.larder.manage.Explanation;
import dev.larder.manage.KeyQuery;
import dev.larder.manage.Management;
import dev.larder.spring.CachePolicies;
import dev.larder.spring.annotation.Cached;
import dev.larder.testkit.EmbeddedRedis;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code larder advise --apply-to} writes holds in the application that is started with it. */
@Timeout(300)
class AppliedAdviceIT {

  private final EmbeddedRedis redis = EmbeddedRedis.start();
  private final Instances instances = new Instances(redis);

  @TempDir
  Path folder;

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Shop {
    @Bean
    Cache<Long, String> feeds(Larder larder, CachePolicies policies) {
      return larder.cache(
          "feed",
          policies.apply(
              "feed",
              CachePolicy.of(Long.class, String.class)
                  .ttl(Duration.ofHours(1))
                  .jitter(0)
                  .l1MaxEntries(100)
                  .build()));
    }

    @Bean
    Tops tops() {
      return new Tops();
    }
  }

  /** Its cache has a name with which properties have trouble. */
  static class Tops {
    @Cached(cache = "top_10.v2", ttl = "1h")
    public String top(long id) {
      return "top " + id;
    }
  }

  @AfterEach
  void stop() {
    instances.close();
    redis.close();
  }

  private ConfigurableApplicationContext start(Path configuration) {
    return instances.start(Shop.class, "--spring.config.location=" + configuration.toUri());
  }

  private static Cache<?, ?> cache(ConfigurableApplicationContext of, String name) {
    return of.getBean(Larder.class).find(name).orElseThrow();
  }

  /** A command in a process of its own, which is told of the stores alone. */
  private void larder(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        "dev.larder.cli.LarderCommand"));
    command.addAll(List.of(words));
    Path output = Files.createTempFile(folder, "larder", ".log");
    ProcessBuilder builder = new ProcessBuilder(command)
        .directory(Files.createTempDirectory(folder, "empty").toFile())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.matches("REDIS_URL|VALKEY_URL|DATABASE_URL|LARDER_.*"));
    builder.environment().put("REDIS_URL", redis.uri());
    builder.environment().put("LARDER_KEY_PREFIX", "shop");
    Process process = builder.start();
    try {
      assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue())
        .as(Files.readString(output, StandardCharsets.UTF_8))
        .isZero();
  }

  /** Reads one entry of each cache anew. */
  @SuppressWarnings("unchecked")
  private static void read(ConfigurableApplicationContext of) {
    Larder larder = of.getBean(Larder.class);
    larder.clear();
    Cache<Long, String> feeds = of.getBean("feeds", Cache.class);
    assertThat(feeds.get(7L, id -> "seven")).isEqualTo("seven");
    assertThat(of.getBean(Tops.class).top(7)).isEqualTo("top 7");
  }

  /** How long the entry in Redis may still be served, as an operator sees it. */
  private static Duration life(ConfigurableApplicationContext of, String cache) {
    Management management = of.getBean(Larder.class).management();
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> management.keys(new KeyQuery(cache, "", 10)).keys().stream()
                .flatMap(slot -> management.explain(slot).copies().stream())
                .filter(copy -> copy.tier().equals("L2"))
                .filter(copy -> copy.state() == Explanation.State.FRESH)
                .map(copy -> Duration.ofMillis(copy.freshMillis()))
                .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "application.properties | larder.key-prefix=shop%nlarder.caches.feed.ttl=30m",
        "application.yaml | larder:%n  key-prefix: shop%n  caches:%n    feed:%n      ttl: 30m%n",
      })
  void applicationStartedWithWhatWasWritten_hasTheSettings(String name, String before)
      throws Exception {
    Path file = Files.writeString(folder.resolve(name), before.formatted());
    ConfigurableApplicationContext old = start(file);
    assertThat(cache(old, "feed").policy().ttl()).isEqualTo(Duration.ofMinutes(30));
    read(old);
    assertThat(life(old, "feed")).isBetween(Duration.ofMinutes(25), Duration.ofMinutes(30));
    assertThat(life(old, "top_10.v2")).isGreaterThan(Duration.ofMinutes(50));

    for (String cache : List.of("feed", "top_10.v2")) {
      larder(
          "advise",
          cache,
          "--simulate",
          "ttl=10m,size=5000",
          "--apply-to",
          file.toString(),
          "--yes");
    }
    ConfigurableApplicationContext made = start(file);

    for (String cache : List.of("feed", "top_10.v2")) {
      CachePolicy<?, ?> policy = cache(made, cache).policy();
      assertThat(policy.ttl()).as(cache).isEqualTo(Duration.ofMinutes(10));
      assertThat(policy.l1Maximum()).as(cache).isEqualTo(5_000);
    }
    assertThat(made.getBean(Larder.class).management().overview().keyPrefix()).isEqualTo("shop");
    read(made);
    for (String cache : List.of("feed", "top_10.v2")) {
      assertThat(life(made, cache))
          .as(cache)
          .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(10));
    }
  }

  @Test
  void fileThatIsNotThere_isMade_andHolds() throws Exception {
    Path file = folder.resolve("new.properties");
    start(Files.writeString(folder.resolve("first.properties"), "larder.key-prefix=shop\n"));
    larder("advise", "feed", "--simulate", "ttl=7m", "--apply-to", file.toString(), "--yes");

    ConfigurableApplicationContext made = start(file);
    assertThat(cache(made, "feed").policy().ttl()).isEqualTo(Duration.ofMinutes(7));
    assertThat(cache(made, "feed").policy().l1Maximum()).isEqualTo(100);
    assertThat(cache(made, "top_10.v2").policy().ttl()).isEqualTo(Duration.ofHours(1));
  }
}
