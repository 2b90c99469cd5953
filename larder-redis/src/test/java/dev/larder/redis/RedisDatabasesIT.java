package dev.larder.redis;

import static dev.larder.redis.Stores.LONG;
import static dev.larder.redis.Stores.change;
import static dev.larder.redis.Stores.eventually;
import static dev.larder.redis.Stores.get;
import static dev.larder.redis.Stores.nonce;
import static dev.larder.redis.Stores.succeeds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.TierUnavailableException;
import dev.larder.log.Target;
import dev.larder.testkit.EmbeddedRedis;
import dev.larder.testkit.ForeignBytesContract;
import dev.larder.testkit.KeysContract;
import dev.larder.testkit.ServerStoreContract;
import dev.larder.testkit.StoreFixture;
import dev.larder.tier.Slot;
import dev.larder.tier.Store;
import dev.larder.tier.StoreSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Caches whose purpose has a Redis database of its own. */
class RedisDatabasesIT {

  private static final Map<String, Integer> VIEW_AND_QUERY = Map.of("view", 2, "query", 3);

  private static EmbeddedRedis redis;

  @BeforeAll
  static void start() {
    redis = EmbeddedRedis.start();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @BeforeEach
  void flush() {
    redis.flush();
  }

  private static RedisStore open(String keyPrefix, Map<String, Integer> databases) {
    return RedisStore.builder()
        .uri(redis.uri())
        .settings(new StoreSettings(keyPrefix, Stores.PATIENT, 10_000, 1_000, databases))
        .build();
  }

  /** Spreads the keys of the contracts over three databases. */
  private static StoreFixture stores() {
    return new StoreFixture() {
      @Override
      public Store open(String keyPrefix) {
        return RedisDatabasesIT.open(keyPrefix, VIEW_AND_QUERY);
      }

      @Override
      public String cache(String ending) {
        return List.of("contract", "view/contract", "query/contract", "api/contract")
            .get(Math.floorMod(ending.hashCode(), 4));
      }
    };
  }

  @Nested
  class TierIT extends ForeignBytesContract {
    @Override
    protected StoreFixture fixture() {
      return stores();
    }

    @Override
    protected void putForeign(String key) {
      int database = key.contains(":view/") ? 2 : key.contains(":query/") ? 3 : 0;
      inDatabase(database, "return redis.call('SET', '" + key + "', 'not of the cache')");
    }
  }

  @Nested
  class KeysIT extends KeysContract {
    @Override
    protected StoreFixture fixture() {
      return stores();
    }
  }

  @Nested
  class StoreIT extends ServerStoreContract {
    @Override
    protected StoreFixture fixture() {
      return stores();
    }
  }

  private static String inDatabase(int database, String script) {
    return redis.command("EVAL", "redis.call('SELECT', " + database + ") " + script, "0");
  }

  private static String exists(int database, String key) {
    return inDatabase(database, "return redis.call('EXISTS', '" + key + "')");
  }

  @Test
  void slots_lieInTheDatabaseOfTheirPurpose_andTheLogWhereTheAddressSays() {
    try (RedisStore store = open("app", VIEW_AND_QUERY)) {
      get(store.log().openEpoch(null, 0, 7, nonce()));
      get(store.tier().plant("app:view/page:v1:1", 0L, nonce(), LONG));
      get(store.tier().plant("app:query/list:v1:a/b", 0L, nonce(), LONG));
      get(store.tier().plant("app:api/answer:v1:1", 0L, nonce(), LONG));
      get(store.tier().plant("app:album:v1:view/1", 0L, nonce(), LONG));
      assertThat(exists(2, "app:view/page:v1:1")).contains("1");
      assertThat(exists(3, "app:query/list:v1:a/b")).contains("1");
      assertThat(exists(0, "app:api/answer:v1:1")).contains("1");
      assertThat(exists(0, "app:album:v1:view/1")).contains("1");
      assertThat(exists(0, "{larder:app}:log")).contains("1");
      assertThat(inDatabase(2, "return redis.call('DBSIZE')")).contains("1");
    }
  }

  @Test
  void invalidate_emptiesSlotsOfAllDatabases() {
    try (RedisStore store = open("app", VIEW_AND_QUERY)) {
      get(store.log().openEpoch(null, 0, 7, nonce()));
      List<String> keys = List.of("app:view/page:v1:1", "app:query/list:v1:1", "app:album:v1:1");
      keys.forEach(key -> get(store.tier().plant(key, 0L, nonce(), LONG)));
      get(store.invalidate(change(keys.stream().map(Target::key).toArray(Target[]::new)), LONG));
      assertThat(get(store.tier().readAll(keys)).values()).hasSize(3).containsOnly(Slot.Empty.FREE);
      assertThat(get(store.log().tail()).position().sequence()).isEqualTo(1);
    }
  }

  @Test
  void otherDatabases_areRefused_untilTheySayTheSame() {
    try (RedisStore first = open("app", VIEW_AND_QUERY)) {
      get(first.log().openEpoch(null, 0, 7, nonce()));
      for (Map<String, Integer> other :
          List.of(Map.<String, Integer>of(), Map.of("view", 2), Map.of("view", 2, "query", 4))) {
        try (RedisStore second = open("app", other)) {
          assertThatThrownBy(() -> get(second.log().tail()))
              .isInstanceOf(TierUnavailableException.class)
              .hasMessageContaining("query=3, view=2 says in {larder:app}:databases")
              .hasMessageContaining("configure the same");
        }
      }
      // One that goes without saying is the same.
      try (RedisStore same = open("app", Map.of("view", 2, "query", 3, "api", 0))) {
        assertThat(get(same.log().tail()).position()).isNotNull();
      }
      try (RedisStore stranger = open("other", Map.of())) {
        assertThat(succeeds(stranger.log().tail())).isTrue();
      }
    }
  }

  @Test
  void otherDatabases_refusedStoreComesBack_whenNobodySaysElse() {
    try (RedisStore first = open("app", VIEW_AND_QUERY)) {
      get(first.log().tail());
    }
    try (RedisStore second = open("app", Map.of("view", 5))) {
      assertThat(succeeds(second.log().tail())).isFalse();
      redis.command("DEL", "{larder:app}:databases", "{larder:app}:log");
      eventually(second::isConnected);
      assertThat(get(second.tier().plant("app:view/page:v1:1", 0L, nonce(), LONG)))
          .isTrue();
      assertThat(exists(5, "app:view/page:v1:1")).contains("1");
    }
  }
}
