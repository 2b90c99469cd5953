package dev.larder.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.CachePolicyBuilder;
import dev.larder.CacheTier;
import dev.larder.Larder;
import dev.larder.LarderBuilder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Pages and queries in Redis databases of their own, under one log. */
class PurposesIT extends OnRedis {

  private final AtomicInteger version = new AtomicInteger(1);
  private final AtomicInteger pageLoads = new AtomicInteger();
  private final AtomicInteger queryLoads = new AtomicInteger();

  private final class Instance {
    final Larder larder;
    private final Cache<Long, String> pages;
    private final Cache<Long, String> queries;

    Instance() {
      this(withDatabases().startTimeout(Duration.ofSeconds(60)));
    }

    Instance(LarderBuilder builder) {
      larder = opened.add(builder
          .keyPrefix("racing")
          .tierTimeout(Duration.ofSeconds(20))
          .logTimeout(Duration.ofSeconds(20))
          .build());
      pages = larder.cache(
          "club_page", policy(CachePolicy.of(Long.class, String.class).purpose("view")));
      queries = larder.cache(
          "members", policy(CachePolicy.of(Long.class, String.class).purpose("query")));
    }

    private CachePolicy<Long, String> policy(CachePolicyBuilder<Long, String> builder) {
      return builder
          .ttl(Duration.ofHours(1))
          .keyTags(id -> List.of("club:" + id))
          .build();
    }

    String page(long id) {
      return pages.get(id, key -> {
        pageLoads.incrementAndGet();
        return "page " + version;
      });
    }

    String members(long id) {
      return queries.get(id, key -> {
        queryLoads.incrementAndGet();
        return "members " + version;
      });
    }
  }

  private static LarderBuilder withDatabases() {
    String uri = redis.uri();
    return Larder.builder().redis(uri).redisDatabase("view", 2).redisDatabase("query", 3);
  }

  private static String inDatabase(int database, String command) {
    return redis.command(
        "EVAL", "redis.call('SELECT', " + database + ") return redis.call(" + command + ")", "0");
  }

  @Test
  void flushOfOneDatabase_costsMissesOfItsPurposeAlone() {
    Instance first = new Instance();
    first.page(1);
    first.members(1);
    inDatabase(2, "'FLUSHDB'");
    Instance second = new Instance();
    second.page(1);
    second.members(1);
    assertThat(pageLoads).hasValue(2);
    assertThat(queryLoads).hasValue(1);
  }

  @Test
  void tag_endsEntriesOfAllPurposes_onAllInstances() {
    Instance first = new Instance();
    Instance second = new Instance();
    for (Instance each : List.of(first, second)) {
      each.page(1);
      each.members(1);
    }
    version.set(2);
    first.larder.invalidateTags("club:1");
    assertThat(second.larder.catchUp().toCompletableFuture().join()).isTrue();
    for (Instance each : List.of(first, second)) {
      assertThat(each.page(1)).isEqualTo("page 2");
      assertThat(each.members(1)).isEqualTo("members 2");
    }
    assertThat(pageLoads).hasValue(2);
    assertThat(inDatabase(3, "'KEYS', '*'")).isEqualTo("racing:query/members:v1:1L");
  }

  @Test
  void key_endsItsEntry_inItsDatabase() {
    Instance first = new Instance();
    first.members(1);
    version.set(2);
    first.queries.invalidate(1L);
    assertThat(inDatabase(3, "'DBSIZE'")).isEqualTo("0");
    assertThat(new Instance().members(1)).isEqualTo("members 2");
  }

  @Test
  void instanceWithOtherDatabases_readsTheSourceAndNothingElse() {
    Instance first = new Instance();
    first.page(1);
    Instance stranger =
        new Instance(Larder.builder().redis(redis.uri()).startTimeout(Duration.ZERO));
    assertThat(stranger.page(1)).isEqualTo("page 1");
    version.set(2);
    assertThat(stranger.page(1)).isEqualTo("page 2");
    assertThat(stranger.larder.tiers()).singleElement().satisfies(tier -> {
      assertThat(tier.tier()).isEqualTo(CacheTier.L2);
      assertThat(tier.isConfirmed()).isFalse();
    });
    assertThat(inDatabase(0, "'EXISTS', 'racing:view/club_page:v1:1L'")).isEqualTo("0");
  }
}
