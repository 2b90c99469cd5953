package dev.larder.spring.boot;

import dev.larder.CachePolicy;
import dev.larder.CachePolicyBuilder;
import dev.larder.ConfigurationException;
import dev.larder.key.KeySettings;
import dev.larder.spring.CachePolicies;
import dev.larder.spring.CacheSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is wrong with the properties, all of it together: property, value seen, what is allowed. */
final class PropertyFaults {

  private final List<String> faults = new ArrayList<>();

  private PropertyFaults() {}

  /**
   * Checks all of {@code larder.*} but what belongs to one cache.
   *
   * @throws ConfigurationException naming every wrong property
   */
  static void check(LarderProperties properties) {
    PropertyFaults found = new PropertyFaults();
    Duration least = Duration.ofMillis(1);
    Duration minute = Duration.ofMinutes(1);
    String prefix = properties.keyPrefix();
    found.check(
        prefix.matches("[A-Za-z0-9_.-]{1,64}"),
        "larder.key-prefix=" + prefix + " is not 1 to 64 letters, digits, _ . -");
    found.range("larder.tier-timeout", properties.tierTimeout(), least, minute);
    found.range("larder.log-timeout", properties.logTimeout(), least, minute);
    found.range("larder.heartbeat", properties.heartbeat(), least, minute);
    found.range(
        "larder.start-timeout", properties.startTimeout(), Duration.ZERO, Duration.ofMinutes(5));
    found.range("larder.max-tags", properties.maxTags(), 100, 100_000_000);
    found.range("larder.ring-size", properties.ringSize(), 100, 10_000_000);
    found.range("larder.retained-records", properties.retainedRecords(), 10_000, 100_000_000);
    Integer logs = properties.redis().database();
    found.check(logs == null || logs >= 0, "larder.redis.database=" + logs + " is not 0 or more");
    properties.redis().databases().forEach((purpose, database) -> {
      String property = "larder.redis.databases." + purpose;
      found.check(
          KeySettings.isPurpose(purpose),
          property + ": the purpose is not 1 to " + KeySettings.LONGEST_PURPOSE
              + " of a-z 0-9 _ -");
      found.check(database >= 0, property + "=" + database + " is not 0 or more");
    });
    found.range("larder.database.max-entries", properties.database().maxEntries(), 10, 100_000_000);
    found.range("larder.warming.hottest", properties.warming().hottest(), 0, 1_000);
    found.range("larder.switches.percent", properties.switches().percent(), 0, 100);
    properties
        .switches()
        .caches()
        .forEach((name, percent) -> found.range("larder.switches.caches." + name, percent, 0, 100));
    found.oneOf(
        "larder.health.impaired-status",
        properties.health().impairedStatus(),
        List.of("up", "down", "out-of-service", "unknown"));
    if (properties.session().enabled()) {
      found.session(properties.session());
    }
    if (properties.console().enabled()) {
      found.console(properties.console());
    }
    String secret = properties.keySecret();
    found.check(
        secret == null || secret.getBytes(StandardCharsets.UTF_8).length >= 16,
        "larder.key-secret has fewer than 16 bytes, which are too easy to guess");
    found.check(
        properties.valueSecret().stream()
            .allMatch(each -> each.getBytes(StandardCharsets.UTF_8).length >= 32),
        "larder.value-secret has fewer than 32 bytes, which are too easy to guess");
    found.raise();
  }

  private void session(LarderProperties.Session session) {
    Duration timeout = session.timeout();
    if (timeout != null && !timeout.isNegative()) {
      range("larder.session.timeout", timeout, Duration.ofSeconds(1), Duration.ofDays(366));
    }
    range("larder.session.redis-database", session.redisDatabase(), 0, 999);
    range(
        "larder.session.cleanup-interval",
        session.cleanupInterval(),
        Duration.ofSeconds(1),
        Duration.ofDays(1));
    range("larder.session.max-in-memory", session.maxInMemory(), 100, 10_000_000);
    oneOf(
        "larder.session.save-mode",
        session.saveMode(),
        List.of("on-set-attribute", "on-get-attribute", "always"));
    oneOf("larder.session.flush-mode", session.flushMode(), List.of("on-save", "immediate"));
  }

  private void console(LarderProperties.Console console) {
    check(
        console.path().matches("(/[A-Za-z0-9_.~-]+)+"),
        "larder.console.path=" + console.path() + " is not a path such as /larder");
    String token = console.token();
    check(
        token == null || token.matches("[!-~]{16,512}"),
        "larder.console.token is not 16 to 512 visible characters of ASCII");
    range("larder.console.history", console.history(), Duration.ZERO, Duration.ofHours(1));
    range("larder.console.max-streams", console.maxStreams(), 1, 1_000);
  }

  private void oneOf(String property, String value, List<String> allowed) {
    check(
        allowed.contains(value),
        property + "=" + value + " is none of " + String.join(", ", allowed));
  }

  /**
   * Checks {@code larder.caches} and the variables, before there are caches. What depends on the
   * policy that code declares is checked when the cache is made.
   *
   * @throws ConfigurationException naming every wrong property
   */
  static void check(CachePolicies policies, Set<String> variables) {
    PropertyFaults found = new PropertyFaults();
    for (String name : policies.cacheNames()) {
      CacheSettings settings = policies.settings(name);
      CachePolicyBuilder<String, String> generous = CachePolicy.of(String.class, String.class)
          .ttl(Duration.ofDays(366))
          .staleIfError(Duration.ofDays(366));
      found.attempt(() -> {
        if (settings.tiers() != null && settings.tiers().isEmpty()) {
          throw new ConfigurationException("larder.caches." + name + ".tiers names no tier");
        }
        policies.apply(name, generous.build());
      });
    }
    for (String variable : variables) {
      if (variable.matches("CACHE_[A-Z0-9_]+_TTL")) {
        String name = variable.substring("CACHE_".length(), variable.length() - "_TTL".length());
        found.attempt(() -> policies.ttlClass(name));
      }
    }
    found.raise();
  }

  private void attempt(Runnable check) {
    try {
      check.run();
    } catch (ConfigurationException fault) {
      faults.add(String.valueOf(fault.getMessage()));
    }
  }

  private void range(String property, Duration value, Duration least, Duration most) {
    check(
        value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
        property + "=" + value + " is not " + least + " to " + most);
  }

  private void range(String property, int value, int least, int most) {
    check(
        value >= least && value <= most,
        property + "=" + value + " is not " + least + " to " + most);
  }

  private void check(boolean holds, String fault) {
    if (!holds) {
      faults.add(fault);
    }
  }

  private void raise() {
    if (!faults.isEmpty()) {
      throw new ConfigurationException(String.join("; ", faults));
    }
  }
}
