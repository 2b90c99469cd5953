package dev.larder.redis;

import static dev.larder.redis.Stores.LONG;
import static dev.larder.redis.Stores.PATIENT;
import static dev.larder.redis.Stores.change;
import static dev.larder.redis.Stores.get;
import static dev.larder.redis.Stores.nonce;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.log.Change;
import dev.larder.log.Position;
import dev.larder.log.Target;
import dev.larder.testkit.EmbeddedRedis;
import dev.larder.tier.Slot;
import dev.larder.tier.StoreSettings;
import dev.larder.tier.Tier.Fill;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a store meets servers of different set-up. */
class RedisStoreIT {

  private EmbeddedRedis redis;

  private void start(String... options) {
    redis = EmbeddedRedis.start(options);
  }

  @AfterEach
  void stop() {
    if (redis != null) {
      redis.close();
    }
  }

  /** Calls everything a store has. */
  private static void useAll(RedisStore store) {
    get(store.tier().plant("app:a", 0L, 5, LONG));
    get(store.tier().plant("app:a", 0L, 5, LONG));
    assertThat(get(store.tier().fill("app:a", 5, new Fill(6, new byte[1], LONG))))
        .isTrue();
    assertThat(get(store.tier().read("app:a")).nonce()).isEqualTo(6);
    assertThat(get(store.tier().touch("app:a", 6, LONG))).isTrue();
    assertThat(get(store.tier().release("app:a", 6))).isTrue();
    get(store.tier().plantAll(Map.of("app:b", 7L, "app:c", 8L), LONG));
    assertThat(get(store.tier().readAll(List.of("app:b")))).hasSize(1);
    get(store.tier().delete(List.of("app:b", "app:c")));
    Position opening = get(store.log().openEpoch(null, 0, 7, nonce())).position();
    get(store.invalidate(change(Target.key("app:a"), Target.tag("x")), LONG));
    assertThat(get(store.log().tail()).position()).isEqualTo(opening.next());
    assertThat(get(store.log().read(opening, 10))).hasSize(1);
    assertThat(get(store.log().await(opening, 10, LONG))).hasSize(1);
    assertThat(get(store.log().markers(List.of("tx")))).hasSize(1);
    get(store.log().holdMarkers(List.of("tx", "ty"), LONG));
    get(store.tier().keys("app:", "", "", 100));
    get(store.board().pin("nodes", "a", new byte[] {1}, LONG));
    assertThat(get(store.board().notes("nodes"))).containsOnlyKeys("a");
    get(store.board().unpin("nodes", List.of("a")));
  }

  @Test
  void accessList_asDocumented_isEnough() {
    start();
    redis.command(
        "ACL",
        "SETUSER",
        "app",
        "on",
        ">secret",
        "resetkeys",
        "~app:*",
        "~{larder:app}:*",
        "+@read",
        "+@write",
        "+@scripting",
        "+@connection",
        "+time",
        "-@dangerous");
    String uri = "redis://app:secret@127.0.0.1:" + redis.port();
    try (RedisStore store = Stores.open(uri, "app", PATIENT)) {
      useAll(store);
      assertThat(get(store.warnings())).isEmpty();
    }
  }

  @Test
  void wrongPassword_isToldWithoutItsTextAndTriedOn() {
    start();
    redis.command("ACL", "SETUSER", "app", "on", ">correct", "~*", "+@all");
    String uri = "redis://app:hunter2@127.0.0.1:" + redis.port();
    try (RedisStore store = Stores.open(uri, "app", PATIENT)) {
      // The client may see its own end of the refused connection first, and the answer at its next
      // try.
      Stores.eventually(() -> failureOf(store).contains("WRONGPASS"));
      redis.command("ACL", "SETUSER", "app", "resetpass", ">hunter2");
      Stores.eventually(store::isConnected);
      useAll(store);
    }
  }

  private static String failureOf(RedisStore store) {
    String failure = get(store.tier().read("app:a").handle((slot, cause) -> String.valueOf(cause)));
    assertThat(failure).doesNotContain("hunter2");
    return failure;
  }

  @Test
  void database_isSelectedAndAWrongOneIsTold() {
    start("--databases", "4");
    try (RedisStore store = Stores.open(redis.uri() + "/3", "app", PATIENT)) {
      get(store.tier().plant("app:a", 0L, 5, LONG));
      // The placeholder, and what says in which database entries lie.
      assertThat(redis.command("INFO", "keyspace")).contains("db3:keys=2");
    }
    try (RedisStore store = Stores.open(redis.uri() + "/4", "app", PATIENT)) {
      assertThat(store.tier().read("app:a").handle((slot, failure) -> failure.toString()))
          .succeedsWithin(Duration.ofSeconds(30))
          .asString()
          .contains("DB index is out of range");
    }
  }

  @Test
  void nodeOfACluster_isRefusedUntilTheAddressSaysSo() {
    start("--cluster-enabled", "yes");
    redis.command(Stream.concat(
            Stream.of("CLUSTER", "ADDSLOTS"), IntStream.range(0, 16_384).mapToObj(String::valueOf))
        .toArray(String[]::new));
    Stores.eventually(() -> redis.command("CLUSTER", "INFO").contains("cluster_state:ok"));
    try (RedisStore store = Stores.open(redis, "app")) {
      assertThat(failureOf(store)).contains("node of a cluster", "redis-cluster://");
    }
    try (RedisStore store =
        Stores.open("redis-cluster://127.0.0.1:" + redis.port(), "app", PATIENT)) {
      useAll(store);
    }
  }

  @Test
  void invalidate_isOneCommand() {
    start();
    try (RedisStore store = Stores.open(redis, "app")) {
      get(store.log().openEpoch(null, 0, 7, nonce()));
      Change change = change(Target.key("app:a"), Target.key("app:b"), Target.tag("x"));
      // Until the server knows the script, its text follows its digest.
      get(store.invalidate(change, LONG));
      try (CommandMonitor monitor = new CommandMonitor(redis)) {
        get(store.invalidate(change, LONG));
        assertThat(monitor.fromClients()).containsExactly("evalsha");
      }
    }
  }

  @Test
  void invalidate_moreKeysThanACommandTakes() {
    start();
    try (RedisStore store = Stores.open(redis, "app")) {
      get(store.log().openEpoch(null, 0, 7, nonce()));
      Map<String, Long> nonces = new HashMap<>();
      List<Target> targets = new ArrayList<>(List.of(Target.tag("x")));
      for (int i = 0; i < 600; i++) {
        nonces.put("app:" + i, nonce());
        targets.add(Target.key("app:" + i));
      }
      get(store.tier().plantAll(nonces, LONG));
      get(store.invalidate(change(targets.toArray(Target[]::new)), LONG));
      assertThat(get(store.tier().readAll(nonces.keySet())).values()).containsOnly(Slot.Empty.FREE);
      assertThat(get(store.log().tail()).position().sequence()).isEqualTo(1);
    }
  }

  @Test
  void invalidate_logLost_emptiesTheSlots() {
    start();
    try (RedisStore store = Stores.open(redis, "app")) {
      get(store.tier().plant("app:a", 0L, 5, LONG));
      assertThat(Stores.succeeds(store.invalidate(change(Target.key("app:a")), LONG)))
          .isFalse();
      assertThat(get(store.tier().read("app:a"))).isEqualTo(Slot.Empty.FREE);
    }
  }

  @Test
  void callersClient_isUsedAndStaysOpen() {
    start();
    RedisURI uri = RedisURI.create("127.0.0.1", redis.port());
    RedisClient client = RedisClient.create(uri);
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      StoreSettings settings = new StoreSettings("app", PATIENT, 10_000, 1_000);
      RedisStore store =
          RedisStore.builder().client(client, uri).settings(settings).build();
      useAll(store);
      store.close();
      assertThat(Stores.succeeds(store.tier().read("app:a"))).isFalse();
      assertThat(connection.sync().ping()).isEqualTo("PONG");
      try (RedisStore again =
          RedisStore.builder().client(client, uri).settings(settings).build()) {
        assertThat(get(again.tier().read("app:a"))).isEqualTo(Slot.Empty.FREE);
      }
      assertThat(connection.sync().ping()).isEqualTo("PONG");
    } finally {
      client.shutdown(0, 2, TimeUnit.SECONDS);
    }
  }

  @Test
  void close_endsAllThreads() {
    start();
    RedisStore store = Stores.open(redis, "app");
    useAll(store);
    assertThat(threads()).isPositive();
    store.close();
    Stores.eventually(() -> threads() == 0);
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("larder-redis"))
        .filter(Thread::isAlive)
        .count();
  }

  @ParameterizedTest
  @ValueSource(strings = {"allkeys-lru", "allkeys-lfu", "allkeys-random", "volatile-lru"})
  void warnings_policyThatCouldDropMarkers_isNamed(String policy) {
    start("--maxmemory", "50mb", "--maxmemory-policy", policy);
    try (RedisStore store = Stores.open(redis, "app")) {
      assertThat(get(store.warnings())).singleElement().asString().contains(policy);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"noeviction", "volatile-ttl"})
  void warnings_policyThatKeepsThem_isFine(String policy) {
    start("--maxmemory", "50mb", "--maxmemory-policy", policy);
    try (RedisStore store = Stores.open(redis, "app")) {
      assertThat(get(store.warnings())).isEmpty();
    }
  }

  @Test
  void warnings_noLimit_isFine() {
    start("--maxmemory-policy", "allkeys-lru");
    try (RedisStore store = Stores.open(redis, "app")) {
      assertThat(get(store.warnings())).isEmpty();
    }
  }

  @Test
  void outOfMemory_writesFailAndReadsAndDeletesDoNot() {
    start("--maxmemory", "50mb", "--maxmemory-policy", "noeviction");
    try (RedisStore store = Stores.open(redis, "app")) {
      get(store.tier().plant("app:a", 0L, 5, LONG));
      get(store.log().openEpoch(null, 0, 7, nonce()));
      redis.command("CONFIG", "SET", "maxmemory", "1");
      assertThat(Stores.succeeds(store.tier().plant("app:b", 0L, 6, LONG))).isFalse();
      assertThat(Stores.succeeds(store.log().append(change(Target.ALL), LONG))).isFalse();
      assertThat(get(store.tier().read("app:a")).nonce()).isEqualTo(5);
      assertThat(get(store.log().tail()).isPresent()).isTrue();
      get(store.tier().delete(List.of("app:a")));
      assertThat(get(store.tier().read("app:a"))).isEqualTo(Slot.Empty.FREE);
      redis.command("CONFIG", "SET", "maxmemory", "0");
      get(store.log().append(change(Target.ALL), LONG));
    }
  }
}
