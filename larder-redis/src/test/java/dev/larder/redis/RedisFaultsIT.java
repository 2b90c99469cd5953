package dev.larder.redis;

import static dev.larder.redis.Stores.IMPATIENT;
import static dev.larder.redis.Stores.LONG;
import static dev.larder.redis.Stores.PATIENT;
import static dev.larder.redis.Stores.change;
import static dev.larder.redis.Stores.eventually;
import static dev.larder.redis.Stores.get;
import static dev.larder.redis.Stores.nonce;
import static dev.larder.redis.Stores.succeeds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.TierUnavailableException;
import dev.larder.log.LogLostException;
import dev.larder.log.LogRecord;
import dev.larder.log.Position;
import dev.larder.log.Tail;
import dev.larder.log.Target;
import dev.larder.testkit.EmbeddedRedis;
import dev.larder.tier.Slot;
import dev.larder.tier.Tier.Fill;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servers and links that fail under a store, really. */
class RedisFaultsIT {

  private EmbeddedRedis redis;

  @BeforeEach
  void start() {
    redis = EmbeddedRedis.start();
  }

  @AfterEach
  void stop() {
    redis.close();
  }

  private RedisStore open(Duration commandTimeout) {
    return Stores.open(redis.uri(), "faults", commandTimeout);
  }

  private static Position opened(RedisStore store) {
    return get(store.log().openEpoch(null, 0, 7, nonce())).position();
  }

  private static long filled(RedisStore store, String key) {
    long planted = nonce();
    long filled = nonce();
    assertThat(get(store.tier().plant(key, null, planted, LONG))).isTrue();
    assertThat(get(store.tier().fill(key, planted, new Fill(filled, new byte[] {1}, LONG))))
        .isTrue();
    return filled;
  }

  @Test
  void serverGone_callsFailAtOnceAndItComesBack() {
    // With a minute to answer in, whatever waits for an answer fails this test.
    try (RedisStore store = open(PATIENT)) {
      filled(store, "a");
      CompletionStage<List<LogRecord>> waiting = store.log().await(opened(store), 10, LONG);
      redis.kill();
      assertThatThrownBy(() -> get(waiting)).isInstanceOf(TierUnavailableException.class);
      eventually(() -> !store.isConnected());
      CompletionStage<Slot> read = store.tier().read("a");
      assertThat(read.toCompletableFuture()).isCompletedExceptionally();
      assertThat(store.log().tail().toCompletableFuture()).isCompletedExceptionally();
      redis.restartEmpty();
      eventually(store::isConnected);
      assertThat(get(store.tier().read("a"))).isEqualTo(Slot.Empty.FREE);
    }
  }

  @Test
  void serverGone_whatWasUnderWayFails() {
    try (RedisStore store = open(PATIENT)) {
      filled(store, "a");
      redis.pause();
      CompletionStage<Slot> read = store.tier().read("a");
      CompletionStage<Boolean> planted = store.tier().plant("b", 0L, 5, LONG);
      redis.kill();
      assertThatThrownBy(() -> get(read)).isInstanceOf(TierUnavailableException.class);
      assertThatThrownBy(() -> get(planted)).isInstanceOf(TierUnavailableException.class);
    }
  }

  @Test
  void serverRestartedEmpty_scriptsAreSentAgainAndTheLogIsLost() {
    try (RedisStore store = open(PATIENT)) {
      opened(store);
      long nonce = filled(store, "a");
      redis.restartEmpty();
      eventually(store::isConnected);
      assertThat(get(store.tier().fill("a", nonce, new Fill(5, new byte[1], LONG))))
          .isFalse();
      assertThatThrownBy(() -> get(store.log().append(change(Target.ALL), LONG)))
          .isInstanceOf(LogLostException.class);
      assertThat(get(store.log().tail()).isPresent()).isFalse();
      Tail reopened = get(store.log().openEpoch(null, 0, 8, 9));
      assertThat(reopened.nonce()).isEqualTo(9);
      assertThat(get(store.log().append(change(Target.ALL), LONG)).previousNonce())
          .isEqualTo(9);
      filled(store, "a");
    }
  }

  @Test
  void scriptsForgotten_areSentAgainInBulkToo() {
    try (RedisStore store = open(PATIENT)) {
      opened(store);
      Map<String, Long> nonces = new HashMap<>();
      Map<String, Fill> fills = new HashMap<>();
      for (int i = 0; i < 50; i++) {
        nonces.put("many:" + i, nonce());
        fills.put("many:" + i, new Fill(nonce(), new byte[] {1}, LONG));
      }
      assertThat(get(store.tier().plantAll(nonces, LONG))).hasSize(50);
      redis.command("SCRIPT", "FLUSH");
      assertThat(get(store.tier().fillAll(nonces, fills))).hasSize(50);
      redis.command("SCRIPT", "FLUSH");
      get(store.log().holdMarkers(List.of("ta", "tb"), LONG));
      redis.command("SCRIPT", "FLUSH");
      get(store.log().append(change(Target.ALL), LONG));
    }
  }

  @Test
  void flushed_slotsAndLogAreGoneAndTheStoreGoesOn() {
    try (RedisStore store = open(PATIENT)) {
      opened(store);
      filled(store, "a");
      redis.flush();
      assertThat(get(store.tier().read("a"))).isEqualTo(Slot.Empty.FREE);
      assertThat(get(store.log().tail()).isPresent()).isFalse();
      assertThat(store.isConnected()).isTrue();
    }
  }

  @Test
  void serverPaused_callsRunOutOfTimeThenFailAtOnceAndItComesBack() {
    try (RedisStore store = open(IMPATIENT)) {
      eventually(() -> succeeds(store.tier().read("a")));
      redis.pause();
      // Only the link's own time-out can end this one.
      assertThat(succeeds(store.tier().read("a"))).isFalse();
      eventually(() -> !store.isConnected());
      assertThat(store.tier().read("a").toCompletableFuture()).isCompletedExceptionally();
      redis.resume();
      eventually(() -> succeeds(store.tier().read("a")));
    }
  }

  @Test
  void serverPaused_aWaitForRecordsFailsAndWorksAgain() {
    try (RedisStore store = open(IMPATIENT)) {
      eventually(() -> succeeds(store.log().openEpoch(null, 0, 7, nonce())));
      Position opening = get(store.log().tail()).position();
      assertThat(get(store.log().await(opening, 10, Duration.ofMillis(1)))).isEmpty();
      redis.pause();
      assertThatThrownBy(() -> get(store.log().await(opening, 10, Duration.ofMillis(100))))
          .isInstanceOf(TierUnavailableException.class);
      redis.resume();
      eventually(() -> succeeds(store.log().append(change(Target.ALL), LONG)));
      eventually(() -> succeeds(store.log().await(opening, 10, LONG)));
    }
  }

  @Test
  void connectionsKilled_waitEndsAndAllComesBack() {
    try (RedisStore store = open(PATIENT)) {
      Position opening = opened(store);
      long nonce = filled(store, "a");
      for (int round = 0; round < 20; round++) {
        // An answer proves that the connection behind it is up.
        eventually(() -> succeeds(store.log().await(opening, 10, Duration.ofMillis(1))));
        CompletionStage<List<LogRecord>> waiting = store.log().await(opening, 10, LONG);
        redis.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        assertThat(succeeds(waiting)).isFalse();
        eventually(() -> succeeds(store.tier().read("a")));
        assertThat(get(store.tier().read("a")).nonce()).isEqualTo(nonce);
      }
    }
  }

  @Test
  void serverNotThereYet_openingSucceedsAndConnectsLater() {
    redis.kill();
    try (RedisStore store = open(PATIENT)) {
      assertThatThrownBy(() -> get(store.tier().read("a")))
          .isInstanceOf(TierUnavailableException.class)
          .hasMessageContaining("127.0.0.1:" + redis.port());
      assertThatThrownBy(() -> get(store.log().await(new Position("redis", 1, 0), 1, LONG)))
          .isInstanceOf(TierUnavailableException.class);
      redis.startAgain();
      eventually(store::isConnected);
      assertThat(get(store.tier().read("a"))).isEqualTo(Slot.Empty.FREE);
    }
  }

  @Test
  void close_serverPaused_doesNotHang() {
    RedisStore store = open(PATIENT);
    filled(store, "a");
    redis.pause();
    CompletionStage<Slot> read = store.tier().read("a");
    get(CompletableFuture.runAsync(store::close));
    assertThat(succeeds(read)).isFalse();
    assertThat(store.tier().read("a").toCompletableFuture()).isCompletedExceptionally();
  }

  @Test
  void close_serverGone_connectsNoMore() {
    RedisStore store = open(PATIENT);
    filled(store, "a");
    redis.kill();
    eventually(() -> !store.isConnected());
    store.close();
    redis.startAgain();
    assertThat(succeeds(store.tier().read("a"))).isFalse();
    assertThat(redis.command("INFO", "clients")).contains("connected_clients:1\r\n");
  }

  @Test
  void serverBecomesReplica_confirmsNothingAndComesBackAsPrimary() {
    try (RedisStore store = open(PATIENT);
        RedisStore another = open(PATIENT)) {
      opened(store);
      get(another.log().append(change(Target.tag("x")), LONG));
      redis.command("REPLICAOF", "127.0.0.1", "1");
      // A replica would answer both, with what it had when it last heard of its primary.
      assertThatThrownBy(() -> get(store.log().tail())).hasMessageContaining("READONLY");
      assertThatThrownBy(() -> get(another.log().markers(List.of("tx"))))
          .hasMessageContaining("READONLY");
      assertThat(store.isConnected()).isFalse();
      assertThat(another.isConnected()).isFalse();
      redis.command("REPLICAOF", "NO", "ONE");
      eventually(store::isConnected);
      assertThat(get(store.log().tail()).isPresent()).isTrue();
    }
  }
}
