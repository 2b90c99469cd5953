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
import dev.larder.tier.Store;
import dev.larder.tier.StoreSettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Nodes on one Redis, and a database if need be, each of which may have a fault in it. */
final class FaultSite implements AutoCloseable {

  static final Duration LIMIT = Duration.ofSeconds(30);

  private final EmbeddedRedis redis;
  private final Opened opened = new Opened();
  private @Nullable String databaseUrl;

  /** One node with its cache, whose entries carry the tag {@code of:ID}. */
  record Member(Larder larder, Cache<Long, String> cache) {

    String slot(long id) {
      return larder.batch().key(cache, id).change().keys().get(0);
    }

    /** Ends the entry of an id: of every third by key, of the others by tag. */
    void end(long id) {
      if (id % 3 == 0) {
        cache.invalidate(id);
      } else {
        larder.invalidateTags("of:" + id);
      }
    }

    String id() {
      return larder.self().id();
    }

    /** What its own checks have counted. */
    FreshnessCount count(FreshnessCount.Check check) {
      return larder.self().freshness().stream()
          .filter(each -> each.check() == check)
          .findFirst()
          .orElseThrow();
    }

    List<Event> staleFound() {
      return larder.management().events(0, 10_000).stream()
          .filter(event -> event.kind() == Event.Kind.STALE_FOUND)
          .toList();
    }
  }

  FaultSite(EmbeddedRedis redis) {
    this.redis = redis;
  }

  RedisStore redisStore() {
    return redisStore(redis.port());
  }

  /** A store that reaches Redis at another port, a proxy's. */
  RedisStore redisStore(int port) {
    return RedisStore.builder()
        .uri("redis://127.0.0.1:" + port)
        .settings(StoreSettings.ofDefaults("lab"))
        .build();
  }

  /** A node without a fault. */
  Member node(Layout layout) {
    return node(layout, redisStore(), builder -> {});
  }

  /** A node whose store has a fault. */
  Member node(Layout layout, UnaryOperator<Store> fault) {
    return node(layout, fault.apply(redisStore()), builder -> {});
  }

  Member node(Layout layout, Store store, Consumer<LarderBuilder> options) {
    LarderBuilder builder = Larder.builder()
        .keyPrefix("lab")
        .tierTimeout(Duration.ofSeconds(20))
        .logTimeout(Duration.ofSeconds(20))
        .startTimeout(Duration.ofSeconds(60))
        .l2(store);
    if (layout.hasDatabase()) {
      if (databaseUrl == null) {
        databaseUrl = EmbeddedPostgreSql.shared().newDatabase().url();
      }
      builder.database(databaseUrl);
    }
    options.accept(builder);
    Larder larder = opened.add(builder.build());
    return new Member(
        larder,
        larder.cache(
            "album",
            CachePolicy.of(Long.class, String.class)
                .ttl(Duration.ofHours(1))
                .tags((id, value) -> Set.of("of:" + id))
                .build()));
  }

  /** What an operator opens: the store, and no caches. */
  Larder operator() {
    return opened.add(Larder.builder()
        .keyPrefix("lab")
        .l2(redisStore())
        .startTimeout(Duration.ofSeconds(60))
        .build());
  }

  /** Waits until a node sees so many. */
  static void seesNodes(Larder larder, int nodes) {
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(larder.management().overview().nodes()).hasSize(nodes));
  }

  /** Verifies until what it says is as it should be, which it is once all that was invalidated is old enough. */
  static Verification verify(Larder larder, Consumer<Verification> asserted) {
    Verification[] last = new Verification[1];
    await().atMost(LIMIT).untilAsserted(() -> {
      last[0] = larder.management().verify(10_000);
      assertThat(last[0].unreachable()).isZero();
      asserted.accept(last[0]);
    });
    return last[0];
  }

  /** Slot keys of all stale copies. */
  static Set<String> slots(Verification verification) {
    return verification.findings().stream()
        .map(Finding::slot)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether a change is about the tag of an id. */
  static boolean isTagOf(Change change, Predicate<Long> id) {
    return change.targets().stream()
        .anyMatch(target -> target.kind() == Target.Kind.TAG
            && id.test(Long.valueOf(target.id().substring("of:".length()))));
  }

  @Override
  public void close() {
    opened.close();
  }
}
