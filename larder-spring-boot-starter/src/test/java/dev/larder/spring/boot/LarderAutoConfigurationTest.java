package dev.larder.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.CacheTier;
import dev.larder.ConfigurationException;
import dev.larder.Larder;
import dev.larder.Switches;
import dev.larder.codec.CodecProvider;
import dev.larder.json.JsonCodecs;
import dev.larder.memory.MemoryStore;
import dev.larder.spring.CachePolicies;
import dev.larder.spring.cache.LarderCacheManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cache.CacheManager;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;

/** What the starter makes of properties and beans, without servers. */
class LarderAutoConfigurationTest {

  private final ApplicationContextRunner runner = new ApplicationContextRunner()
      .withConfiguration(
          AutoConfigurations.of(LarderAutoConfiguration.class, LarderCacheAutoConfiguration.class));

  private static final CachePolicy<Long, String> DECLARED =
      CachePolicy.of(Long.class, String.class).ttl(Duration.ofMinutes(1)).build();

  @Test
  void nothingConfigured_makesALarderOfOneTier() {
    runner.run(context -> {
      assertThat(context.getBean(Larder.class).tiers()).isEmpty();
      assertThat(context.getBean(CacheManager.class)).isInstanceOf(LarderCacheManager.class);
      Cache<Long, String> cache = context.getBean(Larder.class).cache("album", DECLARED);
      assertThat(cache.get(1L, id -> "one")).isEqualTo("one");
      assertThat(cache.get(1L)).matches(found -> found.isAnswered());
    });
  }

  @Test
  void disabled_makesNothing() {
    runner
        .withPropertyValues("larder.enabled=false")
        .run(context ->
            assertThat(context).doesNotHaveBean(Larder.class).doesNotHaveBean(CacheManager.class));
    runner
        .withPropertyValues("larder.spring-cache.enabled=false")
        .run(context ->
            assertThat(context).hasSingleBean(Larder.class).doesNotHaveBean(CacheManager.class));
  }

  @Test
  void beansOfTheApplication_replaceOurs() {
    Larder own = Larder.builder().build();
    CacheManager manager = new ConcurrentMapCacheManager();
    CachePolicies policies = CachePolicies.none();
    CodecProvider codecs = new JsonCodecs();
    runner
        .withBean(Larder.class, () -> own)
        .withBean(CacheManager.class, () -> manager)
        .withBean(CachePolicies.class, () -> policies)
        .withBean(CodecProvider.class, () -> codecs)
        .run(context -> {
          assertThat(context.getBean(Larder.class)).isSameAs(own);
          assertThat(context.getBean(CacheManager.class)).isSameAs(manager);
          assertThat(context.getBean(CachePolicies.class)).isSameAs(policies);
          assertThat(context.getBean(CodecProvider.class)).isSameAs(codecs);
        });
  }

  @Test
  void customizer_hasTheLastWord() {
    runner
        .withBean(LarderBuilderCustomizer.class, () -> builder -> builder.l2(MemoryStore.create()))
        .run(context -> assertThat(context.getBean(Larder.class).tiers())
            .singleElement()
            .matches(tier -> tier.tier() == CacheTier.L2));
  }

  @Test
  void caches_overrideWhatIsDeclared() {
    runner
        .withPropertyValues(
            "larder.caches.problem_list.ttl=300",
            "larder.caches.problem_list.stale-for=1h",
            "larder.caches.problem_list.tiers=l1,l2",
            "larder.caches.problem_list.l1-max-entries=7",
            "larder.caches.problem_list.jitter=0.2",
            "larder.caches.problem_list.negative-ttl=30",
            "larder.ttl.long=1800",
            "larder.ttl.short=500ms")
        .run(context -> {
          CachePolicies policies = context.getBean(CachePolicies.class);
          CachePolicy<Long, String> policy = policies.apply("problem_list", DECLARED);
          assertThat(policy.ttl()).isEqualTo(Duration.ofMinutes(5));
          assertThat(policy.staleFor()).isEqualTo(Duration.ofHours(1));
          assertThat(policy.tiers()).containsExactlyInAnyOrder(CacheTier.L1, CacheTier.L2);
          assertThat(policy.l1Maximum()).isEqualTo(7);
          assertThat(policy.jitter()).isEqualTo(0.2);
          assertThat(policy.negativeTtl()).isEqualTo(Duration.ofSeconds(30));
          assertThat(policies.apply("other", DECLARED)).isSameAs(DECLARED);
          assertThat(policies.ttlClass("long")).contains(Duration.ofMinutes(30));
          assertThat(policies.ttlClass("short")).contains(Duration.ofMillis(500));
          assertThat(policies.ttlClass("none")).isEmpty();
          assertThat(policies.ttl("problem_list", Duration.ZERO)).isEqualTo(Duration.ofMinutes(5));
          assertThat(policies.ttl("other", Duration.ofDays(1))).isEqualTo(Duration.ofDays(1));
        });
  }

  /** An album. */
  record Album(long id, String title) {}

  @Test
  void cacheMadeByHand_isAsConfigured() {
    runner.withPropertyValues("larder.caches.album.ttl=60").run(context -> {
      Larder larder = context.getBean(Larder.class);
      CachePolicies policies = context.getBean(CachePolicies.class);
      Cache<Long, Album> albums = larder.cache(
          "album",
          policies.apply(
              "album",
              CachePolicy.of(Long.class, Album.class).ttl(Duration.ofMinutes(5)).build()));
      assertThat(albums.policy().ttl()).isEqualTo(Duration.ofMinutes(1));
    });
  }

  @Test
  void cachesDefault_isForAllThatSayNothingElse() {
    runner
        .withPropertyValues(
            "larder.caches.default.l1-ttl=60",
            "larder.caches.default.l1-max-entries=1000",
            "larder.caches.large.l1-max-entries=5000",
            "larder.caches.far.tiers=l2")
        .run(context -> {
          CachePolicies policies = context.getBean(CachePolicies.class);
          CachePolicy<Long, String> policy = policies.apply("any", DECLARED);
          assertThat(policy.ttl()).isEqualTo(DECLARED.ttl());
          assertThat(policy.l1Ttl()).isEqualTo(Duration.ofMinutes(1));
          assertThat(policy.l1Maximum()).isEqualTo(1000);
          assertThat(policies.apply("large", DECLARED).l1Maximum()).isEqualTo(5000);
          assertThat(policies.apply("large", DECLARED).l1Ttl()).isEqualTo(Duration.ofMinutes(1));
          assertThat(policies.apply("far", DECLARED).l1Ttl()).isZero();
        });
  }

  @Test
  void variables_overrideTtls() {
    runner
        .withPropertyValues(
            "larder.caches.problem-list.ttl=60",
            "larder.ttl.long=1800",
            "CACHE_PROBLEM_LIST_TTL=300",
            "CACHE_LONG_TTL=3600",
            "CACHE_EXTRA_TTL=5")
        .run(context -> {
          CachePolicies policies = context.getBean(CachePolicies.class);
          assertThat(policies.apply("problem_list", DECLARED).ttl())
              .isEqualTo(Duration.ofMinutes(5));
          assertThat(policies.ttl("problem-list", Duration.ZERO)).isEqualTo(Duration.ofMinutes(5));
          assertThat(policies.ttlClass("long")).contains(Duration.ofHours(1));
          assertThat(policies.ttlClass("extra")).contains(Duration.ofSeconds(5));
        });
  }

  @Test
  void switches_areAsConfiguredAtTheStart() {
    runner
        .withPropertyValues(
            "larder.switches.percent=40",
            "larder.switches.caches.album=0",
            "larder.switches.caches.user-reviews=30")
        .run(context -> {
          Switches switches = context.getBean(Larder.class).switches();
          assertThat(switches.all().percent()).isEqualTo(40);
          assertThat(switches.limited()).isEqualTo(Map.of("album", 0, "user-reviews", 30));
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "larder.key-prefix=a b|larder.key-prefix=a b is not 1 to 64 letters",
        "larder.tier-timeout=5m|larder.tier-timeout=PT5M is not PT0.001S to PT1M",
        "larder.log-timeout=0|larder.log-timeout=PT0S is not PT0.001S to PT1M",
        "larder.heartbeat=2m|larder.heartbeat=PT2M is not PT0.001S to PT1M",
        "larder.start-timeout=6m|larder.start-timeout=PT6M is not PT0S to PT5M",
        "larder.max-tags=1|larder.max-tags=1 is not 100 to 100000000",
        "larder.ring-size=1|larder.ring-size=1 is not 100 to 10000000",
        "larder.retained-records=1|larder.retained-records=1 is not 10000 to 100000000",
        "larder.database.max-entries=1|larder.database.max-entries=1 is not 10 to 100000000",
        "larder.redis.database=-1|larder.redis.database=-1 is not 0 or more",
        "larder.redis.databases.query=-1|larder.redis.databases.query=-1 is not 0 or more",
        "larder.redis.databases.[Query]=1|larder.redis.databases.Query: the purpose is not 1 to 13",
        "larder.switches.percent=101|larder.switches.percent=101 is not 0 to 100",
        "larder.switches.caches.album=-1|larder.switches.caches.album=-1 is not 0 to 100",
        "larder.key-secret=short|larder.key-secret has fewer than 16 bytes",
        "larder.ttl.long=soon|larder.ttl.long=soon is neither a number of seconds nor a time",
        "larder.ttl.long=0|larder.ttl.long=PT0S is not 1 ms to 366 days",
        "larder.caches.album.ttl=0|larder.caches.album: cache policy",
        "larder.caches.album.jitter=2|jitter: 2.0 is not 0 to 0.5",
        "larder.caches.album.l1-max-entries=0|l1MaxEntries: 0 is not 1 or more",
        "larder.caches.album.lease=1ms|lease: PT0.001S is not PT0.05S to PT10M",
        "larder.database.enabled=true|larder.database.enabled=true: there is no DataSource",
        "larder.redis.url=redis:/nowhere|redis: 'redis:/nowhere'",
        "larder.redis.url=http://nowhere|nothing on the class path opens this address",
      })
  void wrongValues_stopTheStartAndAreNamed(String property, String message) {
    runner.withPropertyValues(property).run(context -> {
      assertThat(context).hasFailed();
      assertThat(context.getStartupFailure())
          .hasStackTraceContaining(ConfigurationException.class.getName())
          .hasStackTraceContaining(message);
    });
  }

  @Test
  void severalWrongValues_areNamedTogether() {
    runner
        .withPropertyValues("larder.max-tags=1", "larder.heartbeat=2m")
        .run(context -> assertThat(context.getStartupFailure())
            .rootCause()
            .hasMessageContaining("larder.max-tags=1")
            .hasMessageContaining("larder.heartbeat=PT2M"));
  }

  @Test
  void redisAddress_isFoundInOrder() {
    List<String> all = List.of(
        "larder.redis.url=redis://first:1",
        "REDIS_URL=redis://second:2",
        "VALKEY_URL=redis://third:3",
        "spring.data.redis.url=redis://fourth:4",
        "spring.data.redis.host=fifth");
    List<String> expected = List.of(
        "redis://first:1",
        "redis://second:2",
        "redis://third:3",
        "redis://fourth:4",
        "redis://fifth:6379");
    for (int i = 0; i < all.size(); i++) {
      String address = expected.get(i);
      runner
          .withPropertyValues(all.subList(i, all.size()).toArray(String[]::new))
          .withPropertyValues("larder.start-timeout=0")
          .run(context -> assertThat(found(context).redis()).hasToString(address));
    }
    runner
        .withPropertyValues("REDIS_URL=redis://second:2", "larder.redis.enabled=false")
        .run(context -> assertThat(found(context).redis()).isNull());
  }

  private static LarderAutoConfiguration.FoundTiers found(
      org.springframework.context.ApplicationContext context) {
    return context.getBean(LarderAutoConfiguration.FoundTiers.class);
  }

  @Test
  void redisParts_makeAnAddressWhoseSecretsAreNotShown() {
    runner
        .withPropertyValues(
            "spring.data.redis.host=cache.example",
            "spring.data.redis.port=6390",
            "spring.data.redis.username=app",
            "spring.data.redis.password=p@ss:w/rd",
            "spring.data.redis.database=3",
            "spring.data.redis.ssl.enabled=true",
            "larder.start-timeout=0")
        .run(context -> {
          assertThat(found(context).redis().url())
              .isEqualTo("rediss://app:p%40ss%3Aw%2Frd@cache.example:6390/3");
          assertThat(found(context).redis()).hasToString("rediss://cache.example:6390/3");
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "larder.caches.a.hashed-keys=true|larder.caches.a.hashed-keys without larder.key-secret",
        "larder.caches.a.ttl=2d|larder.caches.a.ttl=PT48H is more than a day",
        "larder.ttl.slow=2d|larder.ttl.slow=PT48H is more than a day",
        "larder.caches.a.ttl=20m|with no tier but L1",
        "larder.redis.databases.qery=3|larder.redis.databases.qery: no cache has this purpose; there",
        "larder.caches.a.max-staleness=10s|larder.caches.a.max-staleness=PT10S",
      })
  void riskySettings_areWarnedOf(String property, String warning) {
    runner
        .withPropertyValues(property)
        .run(context -> assertThat(context.getBean(StartReport.class).risks())
            .anyMatch(risk -> risk.contains(warning)));
  }

  @Test
  @ExtendWith(OutputCaptureExtension.class)
  void eachRisk_isAWarningInTheLog_andEachTierALine(CapturedOutput output) {
    runner
        .withPropertyValues(
            "larder.key-prefix=shop",
            "REDIS_URL=redis://:secret@127.0.0.1:1",
            "larder.start-timeout=0",
            "larder.caches.a.ttl=2d",
            "larder.caches.b.hashed-keys=true")
        .run(context -> assertThat(context).hasNotFailed());

    assertThat(output)
        .containsPattern("WARN .*larder\\.caches\\.a\\.ttl=PT48H is more than a day")
        .containsPattern("WARN .*larder\\.caches\\.b\\.hashed-keys without larder\\.key-secret")
        .containsPattern("INFO .*Larder 'shop': tier L1, in this process")
        .containsPattern(
            "WARN .*Larder 'shop': tier L2, redis://127\\.0\\.0\\.1:1 \\(REDIS_URL\\), degraded")
        .doesNotContain("secret@");
    assertThat(output.toString().split("Larder 'shop': tier ", -1)).hasSize(3);
  }

  @Test
  void riskySettingsOfSharedTiers_areWarnedOf() {
    runner
        .withPropertyValues(
            "REDIS_URL=redis://cache.example:6379",
            "larder.start-timeout=0",
            "larder.caches.user_session.ttl=60")
        .run(context -> assertThat(context.getBean(StartReport.class).risks())
            .anyMatch(risk -> risk.startsWith("larder.key-prefix is 'larder'"))
            .anyMatch(risk -> risk.contains("without password or TLS"))
            .anyMatch(risk -> risk.contains("keeps sessions in L1")));
    runner
        .withPropertyValues(
            "larder.caches.a.ttl=5m",
            "larder.key-prefix=shop",
            "larder.redis.databases.view=2",
            "larder.redis.databases.books=3",
            "larder.caches.a.purpose=books")
        .run(context -> assertThat(context.getBean(StartReport.class).risks()).isEmpty());
  }
}
