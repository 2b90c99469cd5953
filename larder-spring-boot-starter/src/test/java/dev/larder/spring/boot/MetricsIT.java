package dev.larder.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.spring.metrics.LarderHealth;
import dev.larder.testkit.EmbeddedRedis;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real application with Redis, Prometheus' registry, and what is said of it under docs/operations. */
class MetricsIT {

  private static final Pattern METRIC =
      Pattern.compile("\\b(?:larder|cache)_[a-z0-9_]+\\b(?!\\s*=)");

  private static EmbeddedRedis redis;
  private static ConfigurableApplicationContext application;

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Application {}

  @BeforeAll
  static void start() {
    redis = EmbeddedRedis.start();
    application = new SpringApplicationBuilder(Application.class)
        .web(WebApplicationType.NONE)
        .run(
            "--larder.redis.url=" + redis.uri(),
            "--larder.key-prefix=metrics",
            "--larder.start-timeout=60s",
            "--larder.tier-timeout=20s");
  }

  @AfterAll
  static void stop() {
    application.close();
    redis.close();
  }

  private static ConditionFactory patiently() {
    return Awaitility.await().atMost(Duration.ofSeconds(60));
  }

  private static String scrape() {
    return application.getBean(PrometheusMeterRegistry.class).scrape();
  }

  private static Path operations(String file) {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.exists(here.resolve("docs/operations"))) {
      here = here.getParent();
    }
    return here.resolve("docs/operations").resolve(file);
  }

  private static Cache<Long, String> cache(String name) {
    return application
        .getBean(Larder.class)
        .cache(
            name,
            CachePolicy.of(Long.class, String.class).ttl(Duration.ofMinutes(5)).build());
  }

  /** The samples of a scrape by the names that they have. */
  private static Set<String> scrapedNames() {
    Set<String> names = new TreeSet<>();
    scrape()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> names.add(line.split("[{ ]", 2)[0]));
    return names;
  }

  private static Set<String> metricsIn(List<String> expressions) {
    Set<String> names = new TreeSet<>();
    for (String expression : expressions) {
      // The names of labels stand in braces and after by, on.
      String bare =
          expression.replaceAll("\\{[^}]*}", "").replaceAll("\\b(by|on|ignoring) *\\([^)]*\\)", "");
      Matcher metric = METRIC.matcher(bare);
      boolean found = false;
      while (metric.find()) {
        names.add(metric.group());
        found = true;
      }
      assertThat(found).describedAs(expression).isTrue();
    }
    return names;
  }

  @Test
  void scrape_hasTheCachesAndTiers_andNoKeys() {
    Cache<Long, String> albums = cache("scraped");
    albums.get(987_654_321L, id -> "one");
    albums.get(987_654_321L, id -> "one");
    patiently()
        .untilAsserted(() -> assertThat(scrape())
            .contains("larder_gets_total{cache=\"scraped\",tier=\"l1\"} 1.0")
            .contains("larder_gets_total{cache=\"scraped\",tier=\"source\"} 1.0")
            .contains("cache_gets_total{cache=\"scraped\",cache_manager=\"larder\","
                + "name=\"scraped\",result=\"hit\"} 1.0")
            .contains("larder_loads_seconds_count{cache=\"scraped\"} 1")
            .contains("larder_fills_total{cache=\"scraped\"} 1.0")
            .contains("larder_tier_degraded{store=\"redis\",tier=\"l2\"} 0.0")
            .contains("larder_follower_confirmed_age_seconds{store=\"redis\",tier=\"l2\"}")
            .contains("larder_waiting 0.0")
            .doesNotContain("987654321"));
  }

  @Test
  void dashboard_asksForWhatIsThere() throws IOException {
    cache("dashboard").get(1L, id -> "one");
    JsonNode dashboard = JsonMapper.shared().readTree(operations("grafana-dashboard.json"));
    List<String> expressions = dashboard.get("panels").findValuesAsString("expr");
    assertThat(expressions).hasSizeGreaterThan(20);
    assertThat(dashboard.get("panels").findValuesAsString("id")).doesNotHaveDuplicates();
    assertThat(dashboard.get("templating").toString()).contains("label_values(larder_gets_total");
    patiently().untilAsserted(() -> assertThat(scrapedNames()).containsAll(metricsIn(expressions)));
  }

  @Test
  void alerts_askForWhatIsThere() throws IOException {
    cache("alerts").get(1L, id -> "one");
    Map<String, Object> rules = new Yaml(new SafeConstructor(new LoaderOptions()))
        .load(Files.readString(operations("prometheus-alerts.yml")));
    List<String> expressions = list(list(rules, "groups").get(0), "rules").stream()
        .map(rule -> {
          assertThat(rule).containsKeys("alert", "expr", "labels", "annotations");
          return String.valueOf(rule.get("expr"));
        })
        .toList();
    assertThat(expressions).hasSizeGreaterThan(8);
    patiently().untilAsserted(() -> assertThat(scrapedNames()).containsAll(metricsIn(expressions)));
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> list(Map<String, Object> map, String name) {
    return (List<Map<String, Object>>) map.get(name);
  }

  @Test
  void redisStops_healthSaysSoAndStaysUp_untilItIsBack() {
    LarderHealth health = application.getBean("larderHealthIndicator", LarderHealth.class);
    patiently()
        .untilAsserted(() -> assertThat(health.health().getDetails()).doesNotContainKey("reasons"));
    redis.kill();
    try {
      patiently().untilAsserted(() -> {
        assertThat(health.health().getDetails().get("reasons")).asString().contains("redis");
        assertThat(scrape()).containsPattern("larder_follower_confirmed_age_seconds\\S+ [1-9]");
      });
      assertThat(health.health().getStatus()).isEqualTo(Status.UP);
      application.getBean(Larder.class).invalidateTags("x");
      patiently().untilAsserted(() -> {
        assertThat(scrape()).contains("larder_waiting 1.0");
        assertThat(health.health().getDetails().get("reasons"))
            .asString()
            .contains("1 invalidation waits");
      });
    } finally {
      redis.startAgain();
    }
    // It came back without its log, which is all that is told then, for a minute.
    patiently().untilAsserted(() -> {
      assertThat(health.health().getDetails())
          .extractingByKey("reasons", InstanceOfAssertFactories.list(String.class))
          .singleElement()
          .asString()
          .contains("lost the log in redis");
      assertThat(scrape()).contains("larder_waiting 0.0");
    });
  }
}
