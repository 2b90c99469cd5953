package dev.larder.integration;

import static dev.larder.integration.Site.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.CacheTier;
import dev.larder.Larder;
import dev.larder.Lookup;
import dev.larder.log.Position;
import dev.larder.testkit.EmbeddedRedis;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Redis that is too small for its entries drops what it likes: that costs loads and nothing else. */
class EvictionIT {

  private static final int MEGABYTE = 1 << 20;
  private static final int MAX_MEMORY = 20 * MEGABYTE;
  private static final int VALUE_LENGTH = 7_500;
  private static final int KEYS = 3 * MAX_MEMORY / VALUE_LENGTH;
  private static final int TAGS = KEYS / 4;
  private static final int SEED = 20_240;

  private final int[] versions = new int[KEYS];
  private long last;

  /** What a read ought to give now: too short to be compressed, so that it weighs in Redis what it does here. */
  private String now(long id) {
    String head = id + " v" + versions[(int) id] + " ";
    return head + ".".repeat(VALUE_LENGTH - head.length());
  }

  private static Cache<Long, String> cache(Larder node, CacheTier first, CacheTier... more) {
    return node.cache(
        "big",
        CachePolicy.of(Long.class, String.class)
            .tiers(first, more)
            .ttl(Duration.ofHours(1))
            .l1MaxEntries(KEYS / 20)
            .keyTags(id -> Set.of("of:" + id % TAGS))
            .build());
  }

  private static long figure(EmbeddedRedis redis, String section, String name) {
    return redis
        .command("INFO", section)
        .lines()
        .filter(line -> line.startsWith(name + ":"))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1).strip()))
        .findFirst()
        .orElseThrow();
  }

  private static Larder node(EmbeddedRedis redis) {
    return Larder.builder()
        .keyPrefix("small")
        .redis(redis.uri())
        .startTimeout(Duration.ofSeconds(60))
        .tierTimeout(Duration.ofSeconds(20))
        .logTimeout(Duration.ofSeconds(20))
        .build();
  }

  /** With the second the log goes as well, now and then. */
  @ParameterizedTest
  @ValueSource(strings = {"allkeys-lru", "allkeys-random"})
  void get_threeTimesWhatRedisHolds_isNeverStaleAndGoesOn(String policy) {
    try (EmbeddedRedis redis = EmbeddedRedis.start(
            "--maxmemory", Integer.toString(MAX_MEMORY), "--maxmemory-policy", policy);
        Larder one = node(redis);
        Larder two = node(redis);
        Larder three = node(redis)) {
      List<Cache<Long, String>> caches = List.of(
          cache(one, CacheTier.L1, CacheTier.L2),
          cache(two, CacheTier.L1, CacheTier.L2),
          cache(three, CacheTier.L2));
      Random random = new Random(SEED);
      for (int id = 0; id < KEYS; id++) {
        assertThat(caches.get(0).get((long) id, this::now)).isEqualTo(now(id));
        if (id % 10 == 0) {
          Position done = change(one, random.nextInt(TAGS));
          isNew(caches, done, last);
          // What was read lately is likelier to be held than any.
          isNew(caches, done, Math.max(0, id - random.nextInt(500)));
          isNew(caches, done, random.nextInt(KEYS));
        }
        if (id % (KEYS / 3) == KEYS / 4) {
          askALateNode(redis, random);
        }
      }
      assertThat(figure(redis, "stats", "evicted_keys")).isGreaterThan(KEYS / 2);
      assertThat(figure(redis, "memory", "used_memory")).isLessThan(2L * MAX_MEMORY);
      goOn(one, two, three);
      assertThat(caches.stream().map(cache -> cache.stats().l2Hits()))
          .allSatisfy(hits -> assertThat(hits).isGreaterThan(KEYS / 20));
      eventually().until(() -> {
        assertThat(caches.get(0).get(0L, this::now)).isEqualTo(now(0));
        return caches.get(2).get(0L) instanceof Lookup.Hit<String>;
      });
    }
  }

  /** Changes what carries a tag, and ends it. */
  private Position change(Larder node, int tag) {
    for (int id = tag; id < KEYS; id += TAGS) {
      versions[id]++;
      last = id;
    }
    return node.invalidateTags("of:" + tag).position().orElseThrow();
  }

  /** On the node that invalidated at once; on the others with nothing older than that. */
  private void isNew(List<Cache<Long, String>> caches, Position done, long id) {
    assertThat(caches.get(0).get(id, this::now)).isEqualTo(now(id));
    for (Cache<Long, String> cache : caches.subList(1, caches.size())) {
      assertThat(cache.atLeast(done).get(id, this::now)).isEqualTo(now(id));
    }
  }

  /** It finds a short log, so that for most entries it has to ask for markers, of which many are gone. */
  private void askALateNode(EmbeddedRedis redis, Random random) {
    redis.command("XTRIM", "{larder:small}:log", "MAXLEN", "20");
    try (Larder late = node(redis)) {
      Cache<Long, String> cache = cache(late, CacheTier.L2);
      for (int i = 0; i < KEYS / 10; i++) {
        long id = random.nextInt(KEYS);
        assertThat(cache.get(id, this::now)).isEqualTo(now(id));
      }
    }
  }

  private static void goOn(Larder... nodes) {
    for (Larder node : nodes) {
      assertThat(node.waitingInvalidations()).isZero();
      eventually()
          .until(() ->
              node.tiers().stream().allMatch(tier -> !tier.isDegraded() && tier.isConfirmed()));
    }
  }
}
