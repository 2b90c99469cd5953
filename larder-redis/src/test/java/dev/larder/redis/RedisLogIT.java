package dev.larder.redis;

import static dev.larder.redis.Stores.LONG;
import static dev.larder.redis.Stores.change;
import static dev.larder.redis.Stores.get;
import static dev.larder.redis.Stores.nonce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.log.InvalidationLog;
import dev.larder.log.LogLostException;
import dev.larder.log.LogRecord;
import dev.larder.log.Position;
import dev.larder.log.Tail;
import dev.larder.log.Target;
import dev.larder.testkit.EmbeddedRedis;
import dev.larder.tier.StoreSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link RedisLog} does beyond the contract of logs. */
class RedisLogIT {

  private static final String LOG = "{larder:log}:log";
  private static final String MARKER = "{larder:log}:m:tx";
  private static final Target TAG = Target.tag("x");

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
    store = Stores.open(redis, "log");
  }

  @AfterEach
  void close() {
    store.close();
  }

  private InvalidationLog log() {
    return store.log();
  }

  private Position opened() {
    return get(log().openEpoch(null, 0, 7, nonce())).position();
  }

  @Test
  void storedForm_isThatOfTheFirstVersion() {
    get(log().openEpoch(null, 0, 7, 11));
    get(log().append(change(TAG), LONG));
    String nonce = Long.toString(get(log().tail()).nonce());
    // Nodes of different versions share a server: names, ids and fields are fixed for ever.
    assertThat(redis.command("XRANGE", LOG, "7-1", "7-1"))
        .isEqualTo(String.join(
            "\n", "7-1", "n", nonce, "p", "11", "d", "1", nonce, "1", "node-1", "test", "tx"));
    assertThat(redis.command("GET", MARKER)).isEqualTo("7-1");
  }

  @Test
  void retained_olderRecordsAreDropped() {
    StoreSettings settings = new StoreSettings("log", Stores.PATIENT, 1_000, 1_000);
    try (RedisStore small =
        RedisStore.builder().uri(redis.uri()).settings(settings).build()) {
      Position opening = opened();
      List<CompletionStage<LogRecord>> appends = IntStream.range(0, 5_000)
          .mapToObj(i -> small.log().append(change(TAG), LONG))
          .toList();
      appends.forEach(Stores::get);
      // Whole nodes of the stream are dropped, of a hundred records each.
      assertThat(Long.parseLong(redis.command("XLEN", LOG))).isBetween(1_000L, 1_200L);
      LogRecord oldest = get(log().read(null, 1)).get(0);
      assertThat(oldest.position().sequence()).isGreaterThan(3_700);
      assertThat(get(log().read(opening, 1))).containsExactly(oldest);
    }
  }

  @Test
  void greatestNumbers_areKeptExactly() {
    long epoch = Long.MAX_VALUE;
    Tail tail = get(log().openEpoch(null, 0, epoch, Long.MIN_VALUE));
    assertThat(tail.position()).isEqualTo(new Position("redis", epoch, 0));
    LogRecord record = get(log().append(change(TAG), LONG));
    assertThat(record.position()).isEqualTo(new Position("redis", epoch, 1));
    assertThat(record.previousNonce()).isEqualTo(Long.MIN_VALUE);
    // Doubles are exact up to 2^53; the script's step is too.
    String high = epoch + "-9007199254740990";
    redis.command("XADD", LOG, high, "n", "5", "p", "1", "d", "1\n5\n0\n\n");
    assertThat(get(log().append(change(TAG), LONG)).position().sequence())
        .isEqualTo(9_007_199_254_740_991L);
  }

  @Test
  void markers_livesAreNeverShortened() {
    opened();
    get(log().append(change(TAG), Duration.ofSeconds(1_000)));
    assertThat(life()).isBetween(900_000L, 1_000_000L);
    get(log().append(change(TAG), Duration.ofSeconds(10)));
    assertThat(life()).isBetween(900_000L, 1_000_000L);
    get(log().holdMarkers(List.of("tx"), Duration.ofSeconds(10)));
    assertThat(life()).isBetween(900_000L, 1_000_000L);
    get(log().holdMarkers(List.of("tx"), Duration.ofSeconds(2_000)));
    assertThat(life()).isBetween(1_900_000L, 2_000_000L);
    redis.command("PERSIST", MARKER);
    get(log().append(change(TAG), Duration.ofSeconds(10)));
    assertThat(life()).isEqualTo(-1);
    get(log().holdMarkers(List.of("tx"), Duration.ofSeconds(10)));
    assertThat(life()).isEqualTo(-1);
  }

  private static long life() {
    return Long.parseLong(redis.command("PTTL", MARKER));
  }

  @Test
  void markerOfAnotherMaking_countsAsMissingUntilHeld() {
    Position opening = opened();
    redis.command("SET", MARKER, "what?");
    assertThat(get(log().markers(List.of("tx")))).isEmpty();
    get(log().holdMarkers(List.of("tx"), LONG));
    assertThat(get(log().markers(List.of("tx")))).isEqualTo(Map.of("tx", opening));
    redis.command("DEL", MARKER);
    redis.command("RPUSH", MARKER, "list");
    assertThat(get(log().markers(List.of("tx")))).isEmpty();
    get(log().holdMarkers(List.of("tx"), LONG));
    assertThat(get(log().markers(List.of("tx")))).isEqualTo(Map.of("tx", opening));
  }

  @Test
  void holdMarkers_noLog_failsAndCreatesNothing() {
    assertThatThrownBy(() -> get(log().holdMarkers(List.of("tx"), LONG)))
        .isInstanceOf(LogLostException.class);
    assertThat(redis.command("EXISTS", MARKER)).isEqualTo("0");
  }

  @Test
  void emptiedStream_opensAtAnyEpoch() {
    opened();
    get(log().append(change(TAG), LONG));
    redis.command("XTRIM", LOG, "MAXLEN", "0");
    assertThat(get(log().tail()).isPresent()).isFalse();
    assertThatThrownBy(() -> get(log().append(change(TAG), LONG)))
        .isInstanceOf(LogLostException.class);
    // The stream itself remembers 7-1 and would refuse this id.
    assertThat(get(log().openEpoch(null, 0, 3, 11)).position())
        .isEqualTo(new Position("redis", 3, 0));
  }

  @Test
  void openEpoch_notHigherThanSeen_isRefused() {
    Position opening = opened();
    long nonce = get(log().tail()).nonce();
    assertThatThrownBy(() -> get(log().openEpoch(opening, nonce, 7, 12)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(get(log().tail()).nonce()).isEqualTo(nonce);
  }

  @Test
  void entryOfAnotherMaking_isNotSkipped() {
    Position opening = opened();
    redis.command("XADD", LOG, "8-0", "what", "ever");
    assertThatThrownBy(() -> get(log().read(opening, 10))).hasMessageContaining("8-0");
    assertThatThrownBy(() -> get(log().await(opening, 10, LONG))).hasMessageContaining("8-0");
  }

  @Test
  void brokenText_isRefused() {
    Position opening = opened();
    assertThatThrownBy(() -> get(log().append(change(Target.tag("a\ud800")), LONG)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(get(log().tail()).position()).isEqualTo(opening);
  }

  @Test
  void limitBelowOne_isRefused() {
    Position opening = opened();
    assertThatThrownBy(() -> get(log().read(null, 0))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> get(log().await(opening, 0, LONG)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void reading_causesNoWrite() {
    opened();
    get(log().append(change(TAG), LONG));
    get(log().markers(List.of("tx")));
    String before = changes();
    get(log().tail());
    get(log().markers(List.of("tx")));
    get(log().read(null, 10));
    assertThat(changes()).isEqualTo(before);
  }

  /** How often the server's data changed since it was last saved. */
  private static String changes() {
    return redis
        .command("INFO", "persistence")
        .lines()
        .filter(line -> line.startsWith("rdb_changes_since_last_save"))
        .findFirst()
        .orElseThrow();
  }
}
