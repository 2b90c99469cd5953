package dev.larder.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.LarderBuilder;
import dev.larder.log.Change;
import dev.larder.log.Target;
import dev.larder.manage.Event;
import dev.larder.manage.FreshnessCount;
import dev.larder.manage.Verification;
import dev.larder.manage.Verification.Finding;
import dev.larder.redis.RedisStore;
import dev.larder.testkit.EmbeddedPostgreSql;
import dev.larder.testkit.EmbeddedRedis;
import dev.larder.tier.Slot;
import dev.larder.tier.StoreSettings;
import dev.larder.tier.Tier;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Larder with a fault put into it is to find that out itself, key by key; without one it is to find
 * nothing. Two nodes on real servers.
 */
@Timeout(120)
class FreshnessFaultsIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final long KEYS = 100;

  private static EmbeddedRedis redis;

  private @Nullable String databaseUrl;
  private final List<Larder> larders = new ArrayList<>();

  private record Node(Larder larder, Cache<Long, String> cache) {
    String slot(long id) {
      return larder.batch().key(cache, id).change().keys().get(0);
    }
  }

  @BeforeAll
  static void start() {
    redis = EmbeddedRedis.start();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @AfterEach
  void close() {
    larders.forEach(Larder::close);
    redis.flush();
  }

  private static RedisStore redisStore() {
    return RedisStore.builder()
        .uri(redis.uri())
        .settings(StoreSettings.ofDefaults("lab"))
        .build();
  }

  private Node node(Layout layout, Predicate<Change> isForgotten) {
    LarderBuilder builder = Larder.builder()
        .keyPrefix("lab")
        .tierTimeout(Duration.ofSeconds(20))
        .logTimeout(Duration.ofSeconds(20))
        .startTimeout(Duration.ofSeconds(60))
        .l2(new ForgetfulStore(redisStore(), isForgotten));
    if (layout.hasDatabase()) {
      if (databaseUrl == null) {
        databaseUrl = EmbeddedPostgreSql.shared().newDatabase().url();
      }
      builder.database(databaseUrl);
    }
    Larder larder = builder.build();
    larders.add(larder);
    return new Node(
        larder,
        larder.cache(
            "album",
            CachePolicy.of(Long.class, String.class)
                .ttl(Duration.ofHours(1))
                .tags((id, value) -> Set.of("of:" + id))
                .build()));
  }

  private static void readAll(Node... nodes) {
    for (Node node : nodes) {
      for (long id = 0; id < KEYS; id++) {
        node.cache.get(id, key -> "v1");
      }
    }
  }

  private void seeEachOther(Node one) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> assertThat(one.larder.management().overview().nodes()).hasSize(larders.size()));
  }

  /** Verifies until all that was invalidated is a second old; then what it says. */
  private static Verification verify(Node node, Consumer<Verification> asserted) {
    Verification[] last = new Verification[1];
    await().atMost(LIMIT).untilAsserted(() -> {
      last[0] = node.larder.management().verify(1_000);
      assertThat(last[0].unreachable()).isZero();
      asserted.accept(last[0]);
    });
    return last[0];
  }

  private static Set<String> slots(Verification verification) {
    return verification.findings().stream()
        .map(Finding::slot)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isTagOf(Change change, Predicate<Long> id) {
    return change.targets().stream()
        .anyMatch(target -> target.kind() == Target.Kind.TAG
            && id.test(Long.valueOf(target.id().substring("of:".length()))));
  }

  /** One in ten invalidations by tag never ends what the other node has in L1. */
  @Test
  void forgottenRecords_areFoundInL1_eachOfThem() {
    Node one = node(Layout.REDIS, any -> false);
    Node two = node(Layout.REDIS, change -> isTagOf(change, id -> id % 10 == 0));
    seeEachOther(one);
    readAll(one, two);
    for (long id = 0; id < KEYS; id++) {
      one.larder.invalidateTags("of:" + id);
    }
    Set<String> forgotten = new TreeSet<>();
    for (long id = 0; id < KEYS; id += 10) {
      forgotten.add(two.slot(id));
    }

    Verification found =
        verify(one, verification -> assertThat(slots(verification)).isEqualTo(forgotten));

    String node = two.larder.self().id();
    assertThat(found.findings()).allSatisfy(each -> {
      assertThat(each.where()).isEqualTo("L1 of node " + node);
      assertThat(each.delayMillis()).isGreaterThanOrEqualTo(1_000);
    });
    assertThat(two.larder.self().stale()).isGreaterThanOrEqualTo(10);
    assertThat(one.larder.self().stale()).isZero();
    assertThat(two.larder.management().events(0, 1_000))
        .filteredOn(event -> event.kind() == Event.Kind.STALE_FOUND)
        .extracting(Event::subject)
        .containsAll(forgotten);
  }

  /** A store that takes late fills without looking: what was invalidated is there again. */
  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDIS_DATABASE"})
  void lateFills_areFoundInL2_eachOfThem(Layout layout) {
    Node one = node(layout, any -> false);
    readAll(one);
    Map<String, byte[]> before = new HashMap<>();
    for (long id = 0; id < KEYS; id += 10) {
      before.put(one.slot(id), read(one.slot(id)));
    }
    for (long id = 0; id < KEYS; id++) {
      one.cache.invalidate(id);
    }
    before.forEach(this::putBack);

    Verification found =
        verify(one, verification -> assertThat(slots(verification)).isEqualTo(before.keySet()));

    assertThat(found.findings()).allSatisfy(each -> assertThat(each.where()).isEqualTo("L2 redis"));
    assertThat(count(found, FreshnessCount.Check.AFTER_1S)).isNotNull();
    assertThat(one.larder.self().stale()).isGreaterThanOrEqualTo(10);
  }

  private byte[] read(String slot) {
    try (RedisStore store = redisStore()) {
      Slot read = store.tier().read(slot).toCompletableFuture().join();
      ByteBuffer body = ((Slot.Filled) read).body();
      byte[] bytes = new byte[body.remaining()];
      body.get(bytes);
      return bytes;
    }
  }

  private void putBack(String slot, byte[] body) {
    try (RedisStore store = redisStore()) {
      Tier tier = store.tier();
      Duration life = Duration.ofHours(1);
      assertThat(tier.plant(slot, null, 4711, life).toCompletableFuture().join())
          .isTrue();
      assertThat(tier.fill(slot, 4711, new Tier.Fill(4712, body, life))
              .toCompletableFuture()
              .join())
          .isTrue();
    }
  }

  private static @Nullable FreshnessCount count(Verification found, FreshnessCount.Check check) {
    return found.sinceStart().stream()
        .filter(each -> each.check() == check && each.stale() > 0)
        .findFirst()
        .orElse(null);
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDIS_DATABASE"})
  void withoutAFault_nothingIsFound(Layout layout) {
    Node one = node(layout, any -> false);
    Node two = node(layout, any -> false);
    seeEachOther(one);
    for (int round = 0; round < 3; round++) {
      readAll(one, two);
      for (long id = 0; id < KEYS; id++) {
        Node writer = id % 2 == 0 ? one : two;
        if (id % 3 == 0) {
          writer.cache.invalidate(id);
        } else {
          writer.larder.invalidateTags("of:" + id);
        }
      }
    }
    readAll(one, two);
    verify(one, verification -> {
      assertThat(verification.findings()).isEmpty();
      // Both nodes for each change, and the slots of the keys.
      assertThat(verification.sampled()).isGreaterThan(2 * KEYS);
    });
    assertThat(one.larder.self().stale() + two.larder.self().stale()).isZero();
  }
}
