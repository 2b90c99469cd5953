package dev.larder.spring.cache;

import dev.larder.CacheTier;
import dev.larder.Larder;
import dev.larder.LarderBuilder;
import dev.larder.spring.CachePolicies;
import dev.larder.spring.CacheSettings;
import dev.larder.testkit.EmbeddedPostgreSql;
import dev.larder.testkit.EmbeddedRedis;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** One Redis and one PostgreSQL for all tests of this JVM, and larders on them. */
final class Servers {

  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final EmbeddedRedis REDIS = EmbeddedRedis.start();
  private static final String DATABASE =
      EmbeddedPostgreSql.shared().newDatabase().url();

  private Servers() {}

  /** A key prefix that no other test has. */
  static String freshPrefix() {
    return "spring" + NAMES.incrementAndGet();
  }

  /** A larder with the stores of a layout; its time-outs suit a busy machine. */
  static Larder larder(Layout layout, String keyPrefix) {
    LarderBuilder builder = Larder.builder()
        .keyPrefix(keyPrefix)
        .startTimeout(Duration.ofSeconds(30))
        .tierTimeout(Duration.ofSeconds(10))
        .logTimeout(Duration.ofSeconds(10));
    if (layout.has(CacheTier.L2)) {
      builder.redis(REDIS.uri());
    }
    if (layout.has(CacheTier.DATABASE)) {
      builder.database(DATABASE);
    }
    return builder.build();
  }

  /** Policies that keep the caches to the tiers of a layout, with types for some of them. */
  static CachePolicies policies(Layout layout, Map<String, String> types, String... untyped) {
    Map<String, CacheSettings> settings = new HashMap<>();
    types.forEach((cache, type) -> settings.put(cache, settings(layout.tiers(), type)));
    Arrays.stream(untyped).forEach(cache -> settings.put(cache, settings(layout.tiers(), null)));
    return new CachePolicies(settings, Map.of(), name -> null);
  }

  private static CacheSettings settings(Set<CacheTier> tiers, String type) {
    return new CacheSettings(
        type,
        tiers,
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
        null,
        null,
        null,
        null,
        Duration.ofSeconds(60),
        null);
  }
}
