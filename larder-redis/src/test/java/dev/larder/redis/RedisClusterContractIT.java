package dev.larder.redis;

import static dev.larder.redis.Stores.LONG;
import static dev.larder.redis.Stores.PATIENT;
import static dev.larder.redis.Stores.get;
import static dev.larder.redis.Stores.nonce;
import static dev.larder.redis.Stores.succeeds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.log.Change;
import dev.larder.log.Position;
import dev.larder.log.Target;
import dev.larder.testkit.BoardContract;
import dev.larder.testkit.EmbeddedRedis;
import dev.larder.testkit.ForeignBytesContract;
import dev.larder.testkit.InvalidationLogContract;
import dev.larder.testkit.KeysContract;
import dev.larder.testkit.ServerStoreContract;
import dev.larder.testkit.StoreFixture;
import dev.larder.tier.Slot;
import dev.larder.tier.StoreSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RedisClusterContractIT {

  private static RedisClusterNodes cluster;

  @BeforeAll
  static void start() {
    cluster = new RedisClusterNodes();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static StoreFixture stores() {
    return keyPrefix -> Stores.open(cluster.uri(), keyPrefix, PATIENT);
  }

  @Nested
  class TierIT extends ForeignBytesContract {
    @Override
    protected StoreFixture fixture() {
      return stores();
    }

    @Override
    protected void putForeign(String key) {
      cluster.command("SET", key, "not larder's");
    }
  }

  @Nested
  class LogIT extends InvalidationLogContract {
    @Override
    protected StoreFixture fixture() {
      return stores();
    }
  }

  @Nested
  class BoardIT extends BoardContract {
    @Override
    protected StoreFixture fixture() {
      return stores();
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

  @Test
  void slots_lieOnAllNodes() {
    try (RedisStore store = Stores.open(cluster.uri(), "spread", PATIENT)) {
      Map<String, Long> nonces = new HashMap<>();
      for (int i = 0; i < 300; i++) {
        nonces.put("spread:" + i, nonce());
      }
      assertThat(get(store.tier().plantAll(nonces, LONG))).hasSize(300);
      assertThat(cluster.nodes())
          .allSatisfy(
              node -> assertThat(Integer.parseInt(node.command("DBSIZE"))).isBetween(30, 300));
    }
  }

  /** A cluster has one database: purposes are told apart by their keys, and every node takes part. */
  @Test
  void purposes_areApartByTheirKeys() {
    StoreSettings settings =
        new StoreSettings("purposes", PATIENT, 10_000, 1_000, Map.of("view", 2, "query", 3));
    try (RedisStore store =
        RedisStore.builder().uri(cluster.uri()).settings(settings).build()) {
      Map<String, Long> nonces = Map.of(
          "purposes:view/club:1",
          nonce(),
          "purposes:query/club:1",
          nonce(),
          "purposes:club:1",
          nonce());
      get(store.tier().plantAll(nonces, LONG));
      nonces.forEach((key, nonce) ->
          assertThat(get(store.tier().read(key)).nonce()).as(key).isEqualTo(nonce));
    }
  }

  /** Slots lie all over the cluster, and no command may have keys of two hash slots. */
  @Test
  void invalidate_keysOfAllNodes() {
    try (RedisStore store = Stores.open(cluster.uri(), "apart", PATIENT)) {
      get(store.log().openEpoch(null, 0, 7, nonce()));
      Map<String, Long> nonces = new HashMap<>();
      List<Target> targets = new ArrayList<>(List.of(Target.tag("x")));
      for (int i = 0; i < 30; i++) {
        nonces.put("apart:" + i, nonce());
        targets.add(Target.key("apart:" + i));
      }
      get(store.tier().plantAll(nonces, LONG));
      Change change = Stores.change(targets.toArray(Target[]::new));
      Position position = get(store.invalidate(change, LONG)).position();
      assertThat(get(store.tier().readAll(nonces.keySet())).values())
          .hasSize(30)
          .containsOnly(Slot.Empty.FREE);
      assertThat(get(store.log().markers(List.of("tx")))).containsEntry("tx", position);
    }
  }

  @Test
  void connectionsKilled_allComesBack() {
    try (RedisStore store = Stores.open(cluster.uri(), "killed", PATIENT)) {
      Position opening = get(store.log().openEpoch(null, 0, 7, nonce())).position();
      for (int round = 0; round < 5; round++) {
        for (EmbeddedRedis node : cluster.nodes()) {
          node.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        }
        Stores.eventually(() -> succeeds(store.tier().read("a"))
            && succeeds(store.tier().read("b"))
            && succeeds(store.tier().read("c"))
            && succeeds(store.log().await(opening, 1, Duration.ofMillis(1))));
        Stores.eventually(() -> succeeds(store.log().append(Stores.change(Target.tag("x")), LONG)));
      }
    }
  }
}
