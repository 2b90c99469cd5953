package dev.larder.redis;

import static dev.larder.redis.Stores.LONG;
import static dev.larder.redis.Stores.get;
import static dev.larder.redis.Stores.nonce;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.EmbeddedRedis;
import dev.larder.tier.Slot;
import dev.larder.tier.Tier;
import dev.larder.tier.Tier.Fill;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link RedisTier} does beyond the contract of tiers. */
class RedisTierIT {

  private static EmbeddedRedis redis;

  private RedisStore store;

  @BeforeAll
  static void start() {
    redis = EmbeddedRedis.start();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @BeforeEach
  void open() {
    redis.flush();
    store = Stores.open(redis, "tier");
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Tier tier() {
    return store.tier();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Fill fill(String body) {
    return new Fill(nonce(), bytes(body), LONG);
  }

  @Test
  void read_costsOneGet() {
    get(tier().read("a"));
    redis.command("CONFIG", "RESETSTAT");
    get(tier().read("a"));
    assertThat(commandsRun()).containsExactly("get");
  }

  @Test
  void readAll_costsOneMget() {
    List<String> keys = List.of("a", "b", "c");
    get(tier().readAll(keys));
    redis.command("CONFIG", "RESETSTAT");
    get(tier().readAll(keys));
    assertThat(commandsRun()).containsExactly("mget");
  }

  @Test
  void plantOverNothing_costsOneSet() {
    get(tier().read("a"));
    redis.command("CONFIG", "RESETSTAT");
    assertThat(get(tier().plant("a", 0L, 5, LONG))).isTrue();
    assertThat(commandsRun()).containsExactly("set");
  }

  /** Names of the commands that the server ran since its counters were reset. */
  private static List<String> commandsRun() {
    return redis
        .command("INFO", "commandstats")
        .lines()
        .filter(line -> line.startsWith("cmdstat_"))
        .map(line -> line.substring("cmdstat_".length(), line.indexOf(':')))
        .filter(name -> !name.startsWith("config") && !name.equals("info"))
        .toList();
  }

  @Test
  void changes_ofABigEntry_readItsHeaderOnly() {
    long planted = nonce();
    long big = nonce();
    assertThat(get(tier().plant("a", 0L, planted, LONG))).isTrue();
    assertThat(get(tier().fill("a", planted, new Fill(big, new byte[8 << 20], LONG))))
        .isTrue();
    redis.command("CONFIG", "RESETSTAT");
    for (int i = 0; i < 200; i++) {
      assertThat(get(tier().touch("a", big, LONG))).isTrue();
      assertThat(get(tier().fill("a", big ^ 1, fill("late")))).isFalse();
    }
    assertThat(commandsRun()).doesNotContain("get").contains("getrange");
  }

  @Test
  void keyOfAnotherType_isForeign() {
    redis.command("RPUSH", "list", "a", "b");
    assertThat(get(tier().read("list"))).isEqualTo(Slot.Empty.FOREIGN);
    assertThat(get(tier().fill("list", 5, fill("v")))).isFalse();
    assertThat(get(tier().release("list", 5))).isFalse();
    assertThat(get(tier().touch("list", 5, LONG))).isFalse();
    assertThat(get(tier().plant("list", 5L, 6, LONG))).isFalse();
    assertThat(redis.command("LLEN", "list")).isEqualTo("2");
    assertThat(get(tier().plant("list", 0L, 6, LONG))).isTrue();
    assertThat(get(tier().read("list"))).isEqualTo(new Slot.Placeholder(6));
  }

  @Test
  void keyOfAnotherType_plantAnything_replaces() {
    redis.command("RPUSH", "list", "a");
    assertThat(get(tier().plant("list", null, 6, LONG))).isTrue();
    assertThat(get(tier().read("list"))).isEqualTo(new Slot.Placeholder(6));
  }

  @Test
  void bytesThatLookLikeOurs_scriptsAndReadersAgree() {
    // Escapes of redis.call in Lua write any bytes; a client that sends text cannot.
    Map<String, Boolean> foreign = Map.of(
        "\\177P12345678", false,
        "\\177P123456789", true,
        "\\177L12345678", false,
        "\\177L1234567", true,
        "\\177Q12345678", true,
        "\\176L12345678", true,
        "", true);
    foreign.forEach((value, isForeign) -> {
      redis.command("EVAL", "return redis.call('SET', KEYS[1], '" + value + "')", "1", "a");
      assertThat(get(tier().read("a")) == Slot.Empty.FOREIGN).as(value).isEqualTo(isForeign);
      assertThat(get(tier().plant("a", 0L, 6, LONG))).as(value).isEqualTo(isForeign);
    });
  }

  @Test
  void extremeLives_areBounded() {
    get(tier().plant("long", 0L, 5, Duration.ofSeconds(Long.MAX_VALUE)));
    assertThat(Long.parseLong(redis.command("PTTL", "long"))).isPositive();
    for (Duration none : List.of(Duration.ZERO, Duration.ofNanos(1), Duration.ofSeconds(-5))) {
      assertThat(get(tier().plant("short", null, 5, none))).isTrue();
      assertThat(get(tier().touch("long", 5, Duration.ofSeconds(Long.MAX_VALUE))))
          .isTrue();
    }
    Stores.eventually(() -> get(tier().read("short")) instanceof Slot.Empty);
  }

  @Test
  void lives_areInMilliseconds() {
    get(tier().plant("a", 0L, 5, Duration.ofSeconds(100)));
    assertThat(Long.parseLong(redis.command("PTTL", "a"))).isBetween(40_000L, 100_000L);
    get(tier().fill("a", 5, new Fill(6, new byte[1], Duration.ofSeconds(300))));
    assertThat(Long.parseLong(redis.command("PTTL", "a"))).isBetween(240_000L, 300_000L);
    get(tier().touch("a", 6, Duration.ofSeconds(600)));
    assertThat(Long.parseLong(redis.command("PTTL", "a"))).isBetween(540_000L, 600_000L);
  }

  @Test
  void manyMoreKeysThanAFlushTakes() {
    Map<String, Long> nonces = new HashMap<>();
    Map<String, Fill> fills = new HashMap<>();
    Set<String> free = new HashSet<>();
    for (int i = 0; i < 3_500; i++) {
      String key = "many:" + i;
      nonces.put(key, nonce());
      fills.put(key, fill(key));
      if (i % 7 == 0) {
        get(tier().plant(key, 0L, 99, LONG));
      } else {
        if (i % 11 == 0) {
          redis.command("SET", key, "foreign");
        }
        free.add(key);
      }
    }
    assertThat(get(tier().plantAll(nonces, LONG))).containsExactlyInAnyOrderElementsOf(free);
    assertThat(get(tier().fillAll(nonces, fills))).containsExactlyInAnyOrderElementsOf(free);
    Map<String, Slot> slots = get(tier().readAll(nonces.keySet()));
    assertThat(slots).hasSize(3_500);
    slots.forEach((key, slot) ->
        assertThat(slot.nonce()).isEqualTo(free.contains(key) ? fills.get(key).nonce() : 99));
    get(tier().delete(nonces.keySet()));
    // What says in which databases entries lie is no slot.
    assertThat(redis.command("KEYS", "*")).isEqualTo("{larder:tier}:databases");
  }

  @Test
  void cancelledCalls_shiftNobodysAnswer() {
    int keys = 200;
    Map<String, Long> nonces = new HashMap<>();
    for (int i = 0; i < keys; i++) {
      nonces.put("key:" + i, 1_000L + i);
    }
    get(tier().plantAll(nonces, LONG));
    Random random = new Random(42);
    List<CompletableFuture<Slot>> kept = new ArrayList<>();
    List<Long> expected = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      int key = random.nextInt(keys);
      CompletableFuture<Slot> read = tier().read("key:" + key).toCompletableFuture();
      if (random.nextInt(4) == 0) {
        read.cancel(true);
      } else {
        kept.add(read);
        expected.add(1_000L + key);
      }
      if (i % 500 == 0) {
        CompletableFuture.allOf(kept.toArray(CompletableFuture[]::new)).join();
      }
    }
    for (int i = 0; i < kept.size(); i++) {
      assertThat(get(kept.get(i)).nonce()).isEqualTo(expected.get(i));
    }
  }

  @Test
  void tooMuchUnderWay_isRefusedAndPassesOver() {
    get(tier().read("a"));
    redis.pause();
    List<CompletableFuture<Slot>> reads = new ArrayList<>();
    for (int i = 0; i < 25_000; i++) {
      reads.add(tier().read("a").toCompletableFuture());
    }
    Stores.eventually(() -> refused(reads) == 5_000);
    redis.resume();
    assertThat(reads.stream().filter(Stores::succeeds).count()).isEqualTo(20_000);
  }

  private static long refused(List<CompletableFuture<Slot>> reads) {
    return reads.stream().filter(CompletableFuture::isCompletedExceptionally).count();
  }

  @Test
  void size_isNotKnown() {
    assertThat(get(tier().size("tier:"))).isEqualTo(-1);
  }
}
